import { Failure } from '#engine/platform/failure.ts'
import type { Actor } from '#shared/model/journal.ts'
import { mentionId } from '#shared/util/ids.ts'
import { isDecidedOn } from '#engine/store/queries/decided-on.ts'
import { caseOfMention } from '#engine/store/queries/cases.ts'
import { entriesOfCase } from '#engine/store/queries/journal.ts'
import type { Store } from '#engine/store/store.ts'
import type { Ledger } from './ledger.ts'
import type { Undone } from './undo.ts'

export interface WithdrawDeps {
  store: Store
  ledger: Ledger
  undo(entry: number, actor: Actor): Undone
}

/**
 * For mentions that are about to go: takes back the cases that nobody has touched, and names the rows that have to stay,
 * because a person decided something about them or something of theirs has left the house. Inside a transaction of the ledger.
 * `data`: what the entries say of why.
 */
export function withdrawCases(
  { store, ledger, undo }: WithdrawDeps,
  seqs: readonly number[],
  actor: Actor,
  data: Record<string, unknown>,
): Set<number> {
  const staying = new Set<number>()
  for (const seq of seqs) {
    const id = mentionId(store.stationId, seq)
    if (isDecidedOn(store, seq, id)) {
      staying.add(seq)
      continue
    }
    const known = caseOfMention(store, id)
    if (!known) continue
    try {
      const [opened] = entriesOfCase(store, known.id)
      if (opened) undo(opened.seq, actor)
      ledger.withdraw(known, actor, data)
    } catch (error) {
      // Something followed after all.
      if (!(error instanceof Failure)) throw error
      staying.add(seq)
    }
  }
  return staying
}
