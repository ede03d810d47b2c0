import type { Actor } from '#shared/model/journal.ts'
import { caseOfMention } from '#engine/store/queries/cases.ts'
import type { Store } from '#engine/store/store.ts'
import type { Ledger } from './ledger.ts'

/** These mentions belong to another problem now: their open cases go along, each by an entry of the journal that says where to and why. */
export function followProblem(
  { store, ledger }: { store: Store; ledger: Ledger },
  mentionIds: readonly string[],
  problem: { id: string; label: string | null; because: readonly string[] },
  by: Actor,
): void {
  ledger.transact(() => {
    const { id: problemId, label, because } = problem
    const data = { ...(label === null ? null : { name: label }), ...(because.length > 0 ? { because } : null) }
    for (const id of mentionIds) {
      const known = caseOfMention(store, id)
      if (!known || known.state === 'closed' || known.problemId === problemId) continue
      ledger.change(known, { kind: 'case.grouped', after: { problemId }, data }, by)
    }
  })
}
