import { CannedReply } from '#shared/model/canned.ts'
import type { ReadableDb, WritableDb } from '#engine/store/handles.ts'
import { statement } from '#engine/store/statement.ts'

export const readCanned = (db: ReadableDb): CannedReply[] =>
  statement<{ body: string }>(db, 'SELECT body FROM canned_replies ORDER BY id')
    .all()
    .map((row) => CannedReply.parse(JSON.parse(row.body)))
    .sort((a, b) => a.name.localeCompare(b.name) || a.lang.localeCompare(b.lang))

export function writeCanned(db: WritableDb, canned: CannedReply, at: number): void {
  statement(
    db,
    `INSERT INTO canned_replies (id, body, updated_at) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at`,
  ).run(canned.id, JSON.stringify(canned), at)
}

/** Whether there was one. */
export const deleteCanned = (db: WritableDb, id: string): boolean =>
  statement(db, 'DELETE FROM canned_replies WHERE id = ?').run(id).changes > 0
