import type { Reads, Writes } from '../reads.ts'
import { statement } from '../connections.ts'

/** What the connector asked to remember, or null on the first fetch. */
export function readCursor(db: Reads, sourceId: string): string | null {
  const row = statement(db, 'SELECT cursor FROM cursors WHERE source_id = ?').get(sourceId) as
    { cursor: string } | undefined
  return row?.cursor ?? null
}

/** Called inside the transaction that stores the rows the cursor stands for. null forgets it. */
export function writeCursor(db: Writes, sourceId: string, cursor: string | null, at: number): void {
  if (cursor === null) {
    statement(db, 'DELETE FROM cursors WHERE source_id = ?').run(sourceId)
    return
  }
  statement(
    db,
    `INSERT INTO cursors (source_id, cursor, updated_at) VALUES (?, ?, ?)
     ON CONFLICT (source_id) DO UPDATE SET cursor = excluded.cursor, updated_at = excluded.updated_at`,
  ).run(sourceId, cursor, at)
}
