import type { Actor } from '#shared/model/journal.ts'
import { defaultLayout } from '#shared/model/default-layout.ts'
import type { WallLayout } from '#shared/model/wall.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { appendEntry } from '#engine/store/queries/journal.ts'
import { readLayouts } from '#engine/store/queries/layouts.ts'
import type { Store } from '#engine/store/store.ts'

/** Saved walls; each change is an entry of the journal, and the row follows from it. */
export function wallLayouts({ store, clock }: { store: Store; clock: Clock }) {
  const saved = (id: string): WallLayout | null => readLayouts(store).find((one) => one.id === id) ?? null
  return {
    layouts: () => readLayouts(store),
    saveLayout(layout: WallLayout, actor: Actor): void {
      store.transaction(() => {
        // The built-in wall was there without being kept; beside another it is kept like any, and goes only when somebody removes it.
        const first = readLayouts(store).length === 0 && layout.id !== defaultLayout.id
        for (const after of first ? [defaultLayout, layout] : [layout]) {
          const data = { before: saved(after.id), after }
          appendEntry(store, { at: clock.now(), kind: 'layout.saved', actor, data })
        }
      })
    },
    /** false: there is no such layout. */
    removeLayout(id: string, actor: Actor): boolean {
      const before = saved(id)
      if (!before) return false
      store.transaction(() => appendEntry(store, { at: clock.now(), kind: 'layout.removed', actor, data: { before } }))
      return true
    },
  }
}
