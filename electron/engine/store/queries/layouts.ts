import { WallLayout } from '#shared/model/wall.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import { statement } from '#engine/store/connections.ts'

interface Row {
  id: string
  name: string
  panes: string
}

/** Saved walls in the order they were made. */
export function readLayouts(db: Reads): WallLayout[] {
  const rows = statement(db, 'SELECT id, name, panes FROM wall_layouts ORDER BY position').all() as Row[]
  return rows.map(({ id, name, panes }) => WallLayout.parse({ id, name, panes: JSON.parse(panes) }))
}

/** Makes a wall or changes it in place. */
export function writeLayout(db: Writes, layout: WallLayout): void {
  statement(
    db,
    `INSERT INTO wall_layouts (id, name, position, panes)
     VALUES (?, ?, (SELECT coalesce(max(position), 0) + 1 FROM wall_layouts), ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, panes = excluded.panes`,
  ).run(layout.id, layout.name, JSON.stringify(layout.panes))
}

/** false: there is no such wall. */
export function removeLayout(db: Writes, id: string): boolean {
  return statement(db, 'DELETE FROM wall_layouts WHERE id = ?').run(id).changes > 0
}
