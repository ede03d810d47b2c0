import type { Suggestion } from '#shared/contract/cases.ts'
import type { Mention } from '#shared/model/mention.ts'
import { priorities, type Priority } from '#shared/model/rule.ts'
import { documentOfMention } from '#shared/query/document.ts'
import { Precedents, votes } from '#engine/routing/precedents.ts'
import type { StoredCase } from '#engine/store/queries/cases.ts'
import { mentionBySeq } from '#engine/store/queries/mentions.ts'
import { decidedCases, lastReply } from '#engine/store/queries/precedents.ts'
import type { Store } from '#engine/store/store.ts'
import type { DeskBook } from './desk-book.ts'

const MOST = 5_000
/** Cases that vote, and how alike they must at least be. */
const VOTERS = 25
const ALIKE = 0.1
const EXAMPLES = 3

const unwanted = new Set<StoredCase['closeReason']>(['spam', 'notOurs', 'duplicate'])
const isDecided = (c: StoredCase): boolean =>
  c.deskId !== null &&
  (c.acceptedAt !== null || c.state === 'replied' || c.state === 'closed') &&
  !unwanted.has(c.closeReason)

/** Words that tell where a mention belongs. Facets of author and network, and who is addressed, are not its subject. */
const termsOf = (mention: Mention): string[] =>
  [...documentOfMention(mention).terms].filter((term) => !term.includes('=') && !term.startsWith('@'))

/** Suggests from what was decided before, with the cases that it rests on. Learns from each case that somebody takes. */
export function createSuggestions({ store, book }: { store: Store; book: DeskBook }) {
  const { db } = store
  let precedents: Precedents | null = null

  function learn(into: Precedents, caseId: string, mentionSeq: number, deskId: string, priority: Priority): void {
    const mention = mentionBySeq(db, store.stationId, mentionSeq)
    if (mention) into.add({ caseId, deskId, priority }, termsOf(mention))
  }

  /** Read when first asked for: a station that only collects does not pay for it. */
  function known(): Precedents {
    if (precedents === null) {
      precedents = new Precedents(MOST)
      for (const { caseId, mentionSeq, deskId, rank } of decidedCases(db, MOST).reverse()) {
        learn(precedents, caseId, mentionSeq, deskId, priorities[rank] ?? 'normal')
      }
    }
    return precedents
  }

  return {
    changed(cases: readonly StoredCase[]): void {
      if (precedents === null) return
      for (const c of cases) {
        if (isDecided(c)) learn(precedents, c.id, c.mentionSeq, c.deskId as string, c.priority)
        else precedents.remove(c.id)
      }
    },

    suggest(mention: Mention, ownCaseId: string | null): Suggestion[] {
      const found = known()
        .nearest(termsOf(mention), VOTERS + 1, ALIKE)
        .filter(({ precedent }) => precedent.caseId !== ownCaseId)
        .slice(0, VOTERS)
      return votes(found).flatMap(({ deskId, priority, certainty, precedents: like }) => {
        const desk = book.desk(deskId)
        if (!desk || desk.archived) return []
        const examples = like.slice(0, EXAMPLES).map(({ precedent }) => ({
          caseId: precedent.caseId,
          text: textOf(precedent.caseId),
          reply: lastReply(db, precedent.caseId),
        }))
        return [
          { deskId, deskName: desk.name, priority: priority as Priority, certainty, precedents: like.length, examples },
        ]
      })
    },
  }

  function textOf(caseId: string): string {
    const row = db.prepare('SELECT mention_seq AS seq FROM cases WHERE id = ?').get(caseId) as
      { seq: number } | undefined
    return row === undefined ? '' : (mentionBySeq(db, store.stationId, row.seq)?.text.slice(0, 280) ?? '')
  }
}
