import type { WallLayout } from '#shared/model/wall.ts'
import { useClient } from '#renderer/client/station.ts'
import { toProblem, type WireProblem } from '#renderer/client/wire-error.ts'

const SAVE_AFTER_MS = 600

/** Keeps changed layouts on the station, a moment after the last change; one at a time. `failed` is told why not. */
export function useLayoutSaving(failed: (message: string) => void) {
  const client = useClient()
  let timer: ReturnType<typeof setTimeout> | undefined
  let unsaved: WallLayout | null = null
  let saving: WallLayout | null = null

  function keep(layout: WallLayout) {
    if (unsaved && unsaved.id !== layout.id) flush()
    unsaved = layout
    clearTimeout(timer)
    timer = setTimeout(flush, SAVE_AFTER_MS)
  }
  function flush() {
    clearTimeout(timer)
    const layout = unsaved
    unsaved = null
    if (layout) void save(layout)
  }
  async function save(layout: WallLayout) {
    saving = layout
    try {
      await client.station.saveLayout(layout)
    } catch (error) {
      failed(toProblem(error).message)
    } finally {
      if (saving === layout) saving = null
    }
  }
  return {
    keep,
    flush,
    /** Changed here and not known to be kept yet, the older first. */
    pending: () => [saving, unsaved].filter((layout) => layout !== null),
    /** null: it is gone. */
    async remove(id: string): Promise<WireProblem | null> {
      if (unsaved?.id === id) unsaved = null
      try {
        await client.station.removeLayout({ id })
      } catch (error) {
        const problem = toProblem(error)
        if (problem.code !== 'wall.layoutGone') return problem
      }
      return null
    },
  }
}
