import { CannedReply } from '#shared/model/canned.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import { statement } from '#engine/store/connections.ts'

export const readCanned = (db: Reads): CannedReply[] =>
  statement<{ body: string }>(db, 'SELECT body FROM canned_replies ORDER BY id')
    .all()
    .map((row) => CannedReply.parse(JSON.parse(row.body)))
    .sort((a, b) => a.name.localeCompare(b.name) || a.lang.localeCompare(b.lang))

export function writeCanned(db: Writes, canned: CannedReply, at: number): void {
  statement(
    db,
    `INSERT INTO canned_replies (id, body, updated_at) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at`,
  ).run(canned.id, JSON.stringify(canned), at)
}

/** Whether there was one. */
export const deleteCanned = (db: Writes, id: string): boolean =>
  statement(db, 'DELETE FROM canned_replies WHERE id = ?').run(id).changes > 0
