import { Desk } from '#shared/model/desk.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import { statement } from '#engine/store/connections.ts'

/** All desks, archived ones too, in the order in which they were made. */
export function readDesks(db: Reads): Desk[] {
  const rows = statement<{ body: string }>(db, 'SELECT body FROM desks ORDER BY position, id').all()
  return rows.map((row) => Desk.parse(JSON.parse(row.body)))
}

/** Inserts at the end, or replaces in place. */
export function writeDesk(db: Writes, desk: Desk, at: number): void {
  statement(
    db,
    `INSERT INTO desks (id, position, body, updated_at)
     VALUES (@id, (SELECT COALESCE(MAX(position), 0) + 1 FROM desks), @body, @at)
     ON CONFLICT (id) DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at`,
  ).run({ id: desk.id, body: JSON.stringify(desk), at })
}

export interface DeskNumbers {
  deskId: string
  /** Cases that are not closed. */
  open: number
  overdue: number
}

/** Open and overdue cases by desk. `now` in ms. */
export function deskNumbers(db: Reads, now: number): DeskNumbers[] {
  return statement<DeskNumbers>(
    db,
    `SELECT desk_id AS deskId, COUNT(*) AS open,
       SUM(due_at <= @now AND (state IN ('routed', 'accepted', 'new') OR (state = 'replied' AND promise IS NOT NULL)) IS TRUE) AS overdue
     FROM cases WHERE desk_id IS NOT NULL AND state <> 'closed' GROUP BY desk_id`,
  )
    .all({ now })
    .map((row) => ({ ...row, overdue: row.overdue ?? 0 }))
}

/** Median minutes from routing to answer of the answers since `since`, by desk. */
export function deskReplyMinutes(db: Reads, since: number): Map<string, number> {
  const rows = statement<{ deskId: string; minutes: number }>(
    db,
    `WITH answers AS (
       SELECT desk_id, replied_at - routed_at AS took,
         ROW_NUMBER() OVER (PARTITION BY desk_id ORDER BY replied_at - routed_at) AS place,
         COUNT(*) OVER (PARTITION BY desk_id) AS n
       FROM cases WHERE replied_at >= ? AND desk_id IS NOT NULL AND routed_at IS NOT NULL)
     SELECT desk_id AS deskId, AVG(took) / 60000.0 AS minutes FROM answers
     WHERE place IN ((n + 1) / 2, (n + 2) / 2) GROUP BY desk_id`,
  ).all(since)
  return new Map(rows.map((row) => [row.deskId, row.minutes]))
}
