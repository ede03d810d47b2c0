import type { Shift } from '#shared/model/shift.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import { statement } from '#engine/store/connections.ts'

interface ShiftRow {
  id: string
  name: string
  officer: string
  started_at: number
  ended_at: number | null
  note: string
}

const columns = 'id, name, officer, started_at, ended_at, note'
const fromRow = (row: ShiftRow): Shift => ({
  id: row.id,
  name: row.name,
  officer: row.officer,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  note: row.note,
})

/** Newest first. */
export const readShifts = (db: Reads): Shift[] =>
  statement<ShiftRow>(db, `SELECT ${columns} FROM shifts ORDER BY started_at DESC, id`).all().map(fromRow)

export function shiftById(db: Reads, id: string): Shift | undefined {
  const row = statement<ShiftRow>(db, `SELECT ${columns} FROM shifts WHERE id = ?`).get(id)
  return row && fromRow(row)
}

export function runningShift(db: Reads): Shift | undefined {
  const row = statement<ShiftRow>(db, `SELECT ${columns} FROM shifts WHERE ended_at IS NULL`).get()
  return row && fromRow(row)
}

/** Inserts or replaces. */
export function writeShift(db: Writes, shift: Shift): void {
  statement(
    db,
    `INSERT INTO shifts (${columns}) VALUES (@id, @name, @officer, @startedAt, @endedAt, @note)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, officer = excluded.officer, started_at = excluded.started_at,
       ended_at = excluded.ended_at, note = excluded.note`,
  ).run({ ...shift })
}
