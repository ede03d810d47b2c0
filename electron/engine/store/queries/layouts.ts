import { ATTENTION_FROM, WallLayout } from '#shared/model/wall.ts'
import { readable } from '#engine/store/broken-rows.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import { layoutTable } from '#engine/store/tables/station.ts'

/** Saved walls in the order they were made. */
export const readLayouts = (db: Reads): WallLayout[] =>
  readable(
    db,
    'wall_layouts',
    layoutTable.all(db, 'ORDER BY position'),
    ({ id }) => id,
    ({ id, name, panes, attention }) => WallLayout.parse({ id, name, panes, attention }),
  )

/** Makes a wall or changes it in place. One that was saved before walls had attention has it as they begin with it. */
export const writeLayout = (db: Writes, layout: WallLayout): void =>
  layoutTable.put(db, {
    ...layout,
    attention: layout.attention ?? ATTENTION_FROM,
    position: layoutTable.nextOf(db, 'position'),
  })

/** false: there is no such wall. */
export const removeLayout = (db: Writes, id: string): boolean => layoutTable.remove(db, id)
