import type { Actor } from '#shared/model/journal.ts'
import { caseOfMention } from '#engine/store/queries/cases.ts'
import type { Store } from '#engine/store/store.ts'
import type { Ledger } from './ledger.ts'

/** These mentions belong to another problem now: their open cases go along, each by an entry of the journal. */
export function followProblem(
  { store, ledger }: { store: Store; ledger: Ledger },
  mentionIds: readonly string[],
  problemId: string,
  by: Actor,
): void {
  ledger.transact(() => {
    for (const id of mentionIds) {
      const known = caseOfMention(store, id)
      if (!known || known.state === 'closed' || known.problemId === problemId) continue
      ledger.change(known, { kind: 'case.grouped', after: { problemId } }, by)
    }
  })
}
