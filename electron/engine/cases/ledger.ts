import type { Actor } from '#shared/model/journal.ts'
import { createSignal } from '#shared/util/signal.ts'
import { appendEntry } from '#engine/store/queries/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { deleteCase, putCase, type StoredCase } from '#engine/store/queries/cases.ts'
import type { Store } from '#engine/store/store.ts'
import type { Change } from './commands.ts'
import { fieldsBefore, onlyChanged, project } from '#engine/store/case-projection.ts'

/** A case as it is now, and the number of the journal entry that made it so. */
export interface Recorded {
  case: StoredCase
  entry: number
}

/** The only writer of cases: each change is a journal entry and the row that follows from it, in one transaction. */
export interface Ledger {
  /** Runs `work` in a transaction; listeners hear of the changed cases once it is committed. */
  transact<T>(work: () => T): T
  /** Inside `transact`. */
  open(fresh: Omit<StoredCase, 'version' | 'updatedAt'>, actor: Actor, data?: Record<string, unknown>): Recorded
  /** Inside `transact`. */
  change(known: StoredCase, change: Change, actor: Actor): Recorded
  /** Inside `transact`: the case is no more, with its mention; its entries stay. */
  withdraw(known: StoredCase, actor: Actor, data: Record<string, unknown>): void
  /** Cases that were changed by one transaction, each as it is after it. */
  onChanged(listener: (changed: readonly StoredCase[]) => void): () => void
}

/** Whoever decides this has dealt with what a desk outside said. */
const settlesDesk = new Set<Change['kind']>(['case.routed', 'case.replied', 'case.approved', 'case.closed', 'case.confirmed']) // prettier-ignore

export function createLedger({ store, clock }: { store: Store; clock: Clock }): Ledger {
  const committed = createSignal<[readonly StoredCase[]]>()
  let changed = new Map<string, StoredCase>()
  let depth = 0

  function record(
    known: StoredCase | undefined,
    caseId: string,
    mentionId: string,
    actor: Actor,
    kind: Change['kind'],
    data: Record<string, unknown>,
  ): Recorded {
    const at = clock.now()
    const entry = appendEntry(store, { at, kind, actor, mentionId, caseId, data })
    const next = project(known, { caseId, at, data }) as StoredCase
    putCase(store, next)
    changed.set(next.id, next)
    return { case: next, entry }
  }

  return {
    transact(work) {
      depth++
      try {
        return store.transaction(work)
      } catch (error) {
        // What an inner failure rolled back was never changed.
        if (depth === 1) changed.clear()
        throw error
      } finally {
        depth--
        if (depth === 0 && changed.size > 0) {
          const told = [...changed.values()]
          changed = new Map()
          committed.tell(told)
        }
      }
    },

    open({ id, ...after }, actor, data = {}) {
      return record(undefined, id, after.mentionId, actor, 'case.opened', { ...data, before: {}, after })
    },

    change(known, { kind, after, data = {} }, actor) {
      const fields = onlyChanged(known, settlesDesk.has(kind) ? { deskSays: null, ...after } : after)
      return record(known, known.id, known.mentionId, actor, kind, {
        ...data,
        before: fieldsBefore(known, fields),
        after: fields,
      })
    },

    withdraw({ id, mentionId }, actor, data) {
      const entry = { at: clock.now(), kind: 'case.withdrawn', actor, mentionId, caseId: id } as const
      appendEntry(store, { ...entry, data: { ...data, before: {}, after: {} } })
      deleteCase(store, id)
    },

    onChanged: committed.on,
  }
}
