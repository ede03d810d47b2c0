import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import type { JournalEntry } from '#shared/model/journal.ts'

/**
 * What happened to the case after the answer was written that speaks against sending it unseen: in words, with what to do;
 * null: it still fits. Pure. `later`: the case's entries after the one that let the answer go. `known`: answers that had been
 * written before it, its own id among them: two letters in a row are meant as two.
 */
export function standsAgainst(known: ReadonlySet<unknown>, later: readonly JournalEntry[]): Said | null {
  for (const { kind, data, actor } of later) {
    const after = (data.after ?? {}) as { closeReason?: string }
    if (
      data.because !== undefined &&
      (kind === 'case.noted' || kind === 'case.reopened' || kind === 'case.confirmed')
    ) {
      return said('reply.customerWroteAgain')
    }
    if (kind === 'case.closed' && after.closeReason !== 'answered' && after.closeReason !== 'confirmed') {
      return said('reply.closedBefore', { who: actor.name })
    }
    if (kind === 'case.replied' && !known.has(data.answer)) {
      return said('reply.answeredMeanwhile', { who: actor.name })
    }
    if (kind === 'case.routed') {
      return said('reply.deskChangedBefore', { who: actor.name })
    }
  }
  return null
}
