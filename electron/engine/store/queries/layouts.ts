import { WallLayout } from '#shared/model/wall.ts'
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
    ({ id, name, panes }) => WallLayout.parse({ id, name, panes }),
  )

/** Makes a wall or changes it in place. */
export const writeLayout = (db: Writes, layout: WallLayout): void =>
  layoutTable.put(db, { ...layout, position: layoutTable.nextOf(db, 'position') })

/** false: there is no such wall. */
export const removeLayout = (db: Writes, id: string): boolean => layoutTable.remove(db, id)
