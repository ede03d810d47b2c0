import type { JournalEntry } from '#shared/model/journal.ts'

/**
 * What happened to the case after the answer was written that speaks against sending it unseen: in words, with what to do;
 * null: it still fits. Pure. `later`: the case's entries after the one that let the answer go. `known`: answers that had been
 * written before it, its own id among them: two letters in a row are meant as two.
 */
export function standsAgainst(known: ReadonlySet<unknown>, later: readonly JournalEntry[]): string | null {
  for (const { kind, data, actor } of later) {
    const after = (data.after ?? {}) as { closeReason?: string }
    if (
      data.because !== undefined &&
      (kind === 'case.noted' || kind === 'case.reopened' || kind === 'case.confirmed')
    ) {
      return 'The customer wrote again before it left. Read that first; send the answer again if it still fits.'
    }
    if (kind === 'case.closed' && after.closeReason !== 'answered' && after.closeReason !== 'confirmed') {
      return `${actor.name} closed the case before it left. Open it again to answer.`
    }
    if (kind === 'case.replied' && !known.has(data.answer)) {
      return `${actor.name} answered meanwhile. Send it again if it still fits.`
    }
    if (kind === 'case.routed') {
      return `${actor.name} gave the case to another desk before it left. Send it again if it still fits.`
    }
  }
  return null
}
