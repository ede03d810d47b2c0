import type { Alert } from '#shared/model/alert.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import { statement } from '#engine/store/connections.ts'
import type { RowOf } from '#engine/store/table.ts'
import { alertTable, watchTable } from '#engine/store/tables/alerts.ts'

/** A card with the key by which others find it. */
export type StoredAlert = Alert & { key: string }

const fromRow = ({ content, ...row }: RowOf<typeof alertTable>): StoredAlert => ({
  ...content,
  ...row,
  // Cards of before do not say so.
  silenced: content.silenced ?? null,
})

export const alertById = (db: Reads, id: string): StoredAlert | undefined => {
  const row = alertTable.get(db, id)
  return row && fromRow(row)
}

export function writeAlert(db: Writes, { id, key, state, since, resolvedAt, ...content }: StoredAlert): void {
  alertTable.put(db, { id, key, state, since, resolvedAt, content })
}

/** Not over, the oldest first. */
export const openAlerts = (db: Reads): StoredAlert[] =>
  alertTable.all(db, "WHERE state <> 'resolved' ORDER BY since, id").map(fromRow)

/** Over since then, the newest first. */
export const alertsOver = (db: Reads, since: number, limit: number): StoredAlert[] =>
  alertTable
    .all(db, 'WHERE resolved_at IS NOT NULL AND resolved_at >= ? ORDER BY resolved_at DESC, id LIMIT ?', since, limit)
    .map(fromRow)

/** The newest card of a key, over or not. */
export const newestOfKey = (db: Reads, key: string): StoredAlert | undefined => {
  const row = alertTable.one(db, 'WHERE key = ? ORDER BY since DESC, id DESC LIMIT 1', key)
  return row && fromRow(row)
}

/** Whether an entry was taken back. */
export const wasTakenBack = (db: Reads, seq: number): boolean =>
  statement(
    db,
    `SELECT 1 FROM journal WHERE seq > ? AND kind = 'alert.undone' AND json_extract(data, '$.undoes') = ? LIMIT 1`,
  ).get(seq, seq) !== undefined

/** Those whose name begins so, with what follows it for a name. */
export const watchStates = (db: Reads, prefix: string): RowOf<typeof watchTable>[] =>
  watchTable
    .all(db, 'WHERE name >= ? AND name < ?', prefix, `${prefix}\u{10FFFF}`)
    .map((row) => ({ ...row, name: row.name.slice(prefix.length) }))
export const putWatchState = (db: Writes, row: RowOf<typeof watchTable>): void => watchTable.put(db, row)
export const removeWatchState = (db: Writes, name: string): boolean => watchTable.remove(db, name)
