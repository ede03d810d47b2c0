import { firstValue } from '#engine/store/connections.ts'
import type { Reads } from '#engine/store/reads.ts'
import { caseTable } from '#engine/store/tables/cases.ts'
import { CLOCK_RUNS } from './case-counts.ts'
import type { StoredCase } from './cases.ts'

/**
 * The plus signs keep the walk on the index of open cases, which has the due time in it: state by state SQLite would read each
 * row, and remember which it had.
 */
const runs = CLOCK_RUNS.replaceAll('state', '+state')
const under = (until: string): string => `WHERE state <> 'closed' AND due_at <= ? AND ${until} IS NULL AND ${runs}`
const running = (until: string, more = ''): string => `${under(until)} ${more} ORDER BY due_at, seq LIMIT ?`

/**
 * When the first clock ends that `casesToWarn` and `casesOfDeskToWarn` would give; null: none does. Most looks find none, and
 * to ask that costs a tenth of asking for whole cases.
 */
export const firstToWarn = (db: Reads, before: number): number | null =>
  firstValue<number | null>(db, `SELECT min(due_at) FROM cases ${under('warned_at')}`, before) ?? null

const firstToEscalate = `SELECT min(due_at) FROM cases ${under('escalated_at')}`

/** Cases whose clock runs out before `before` and that nobody was warned of, nearest first. */
export const casesToWarn = (db: Reads, before: number, limit: number): StoredCase[] =>
  caseTable.all(db, running('warned_at'), before, limit)

/** The same of one desk; a case that is with none may have its clock from any. */
export const casesOfDeskToWarn = (db: Reads, deskId: string, before: number, limit: number): StoredCase[] =>
  caseTable.all(db, running('warned_at', 'AND (desk_id = ? OR desk_id IS NULL)'), before, deskId, limit)

/** Cases whose clock has run out and that were not escalated, longest ago first. */
export const casesToEscalate = (db: Reads, now: number, limit: number): StoredCase[] =>
  firstValue<number | null>(db, firstToEscalate, now) === null
    ? []
    : caseTable.all(db, running('escalated_at'), now, limit)
