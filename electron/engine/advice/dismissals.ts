import { said } from '#shared/words/said.ts'
import type { Actor } from '#shared/model/journal.ts'
import { appendEntry } from '#engine/store/queries/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Dismissal } from '#engine/store/projections/knowledge.ts'
import { readDismissed } from '#engine/store/queries/dismissed-proposals.ts'
import type { Store } from '#engine/store/store.ts'
import type { Undoer } from '#engine/cases/undo.ts'

/** Proposed rules that officers put aside. Remembered until twice as many corrections speak for them. */
export function createDismissals({ store, clock }: { store: Store; clock: Clock }) {
  /** Returns the journal entry that `undo` takes back. */
  const set = (input: Dismissal & { undoes?: number }, actor: Actor): number =>
    store.transaction(() =>
      appendEntry(store, { at: clock.now(), kind: 'proposal.dismissed', actor, data: { ...input } }),
    )

  const undo: Undoer = ({ seq, data }, actor) => {
    const { key, support, name, dismissed } = data as unknown as Dismissal
    set({ key, support, name, dismissed: !dismissed, undoes: seq }, actor)
    return dismissed ? said('undo.proposalStands') : said('undo.proposalAside')
  }

  return {
    undo,
    set,
    /** Whether it is still put aside with so many corrections speaking for it. */
    of(key: string, support: number): { at: number; by: string } | null {
      const row = readDismissed(store, key)
      return row && support < row.support * 2 ? { at: row.at, by: row.byName } : null
    },
  }
}
export type Dismissals = ReturnType<typeof createDismissals>
