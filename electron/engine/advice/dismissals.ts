import type { Actor, JournalEntry } from '#shared/model/journal.ts'
import { appendEntry } from '#engine/store/queries/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { readDismissed, removeDismissed, writeDismissed } from '#engine/store/queries/dismissed-proposals.ts'
import type { Store } from '#engine/store/store.ts'
import type { Undoer } from '#engine/cases/undo.ts'

/** Proposed rules that officers put aside. Remembered until twice as many corrections speak for them. */
export function createDismissals({ store, clock }: { store: Store; clock: Clock }) {
  function put(key: string, support: number, dismissed: boolean, actor: Actor): void {
    if (dismissed) writeDismissed(store, { key, support, at: clock.now(), byName: actor.name })
    else removeDismissed(store, key)
  }

  const undo: Undoer = (entry: JournalEntry, actor) => {
    const { key, support, name, dismissed } = entry.data as { key: string; support: number; name: string; dismissed: boolean } // prettier-ignore
    store.transaction(() => {
      put(key, support, !dismissed, actor)
      const data = { key, support, name, dismissed: !dismissed, undoes: entry.seq }
      appendEntry(store, { at: clock.now(), kind: 'proposal.dismissed', actor, data })
    })
    return dismissed ? 'The proposal stands again.' : 'The proposal is put aside again.'
  }

  return {
    undo,
    /** Returns the journal entry that `undo` takes back. */
    set(input: { key: string; support: number; name: string; dismissed: boolean }, actor: Actor): number {
      return store.transaction(() => {
        put(input.key, input.support, input.dismissed, actor)
        return appendEntry(store, { at: clock.now(), kind: 'proposal.dismissed', actor, data: { ...input } })
      })
    },
    /** Whether it is still put aside with so many corrections speaking for it. */
    of(key: string, support: number): { at: number; by: string } | null {
      const row = readDismissed(store).get(key)
      return row && support < row.support * 2 ? { at: row.at, by: row.byName } : null
    },
  }
}
export type Dismissals = ReturnType<typeof createDismissals>
