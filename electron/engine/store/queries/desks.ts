import type { Desk } from '#shared/model/desk.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import { allRows, statement } from '#engine/store/connections.ts'
import { deskTable } from '#engine/store/tables/bodies.ts'

/** All desks, archived ones too, in the order in which they were made. */
export const readDesks = (db: Reads): Desk[] => deskTable.all(db, 'ORDER BY position, id').map(({ body }) => body)

/** Inserts at the end, or replaces in place. */
export const writeDesk = (db: Writes, desk: Desk, at: number): void =>
  deskTable.put(db, { id: desk.id, position: deskTable.nextOf(db, 'position'), body: desk, updatedAt: at })

export interface DeskNumbers {
  deskId: string
  /** Cases that are not closed. */
  open: number
  overdue: number
}

/** Open and overdue cases by desk. `now` in ms. */
export function deskNumbers(db: Reads, now: number): DeskNumbers[] {
  return allRows<DeskNumbers>(
    db,
    `SELECT desk_id AS deskId, COUNT(*) AS open,
       SUM(due_at <= @now AND (state IN ('routed', 'accepted', 'new') OR (state = 'replied' AND promise IS NOT NULL)) IS TRUE) AS overdue
     FROM cases WHERE desk_id IS NOT NULL AND state <> 'closed' GROUP BY desk_id`,
    { now },
  ).map((row) => ({ ...row, overdue: row.overdue ?? 0 }))
}

/** Median minutes from routing to answer of the answers since `since`, by desk. */
export function deskReplyMinutes(db: Reads, since: number): Map<string, number> {
  const rows = statement<{ deskId: string; minutes: number }>(
    db,
    `WITH answers AS (
       SELECT desk_id, MAX(replied_at - routed_at, 0) AS took,
         ROW_NUMBER() OVER (PARTITION BY desk_id ORDER BY replied_at - routed_at) AS place,
         COUNT(*) OVER (PARTITION BY desk_id) AS n
       FROM cases WHERE replied_at >= ? AND desk_id IS NOT NULL AND routed_at IS NOT NULL)
     SELECT desk_id AS deskId, AVG(took) / 60000.0 AS minutes FROM answers
     WHERE place IN ((n + 1) / 2, (n + 2) / 2) GROUP BY desk_id`,
  ).all(since)
  return new Map(rows.map((row) => [row.deskId, row.minutes]))
}
