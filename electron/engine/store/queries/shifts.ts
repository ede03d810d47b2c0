import type { Shift } from '#shared/model/shift.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import { shiftTable } from '#engine/store/tables/shifts.ts'

/** Newest first. */
export const readShifts = (db: Reads): Shift[] => shiftTable.all(db, 'ORDER BY started_at DESC, id')

export const shiftById = (db: Reads, id: string): Shift | undefined => shiftTable.get(db, id)

export const runningShift = (db: Reads): Shift | undefined => shiftTable.one(db, 'WHERE ended_at IS NULL')

/** Inserts or replaces. */
export const writeShift = (db: Writes, shift: Shift): void => shiftTable.put(db, shift)
