import type { Reads } from '#engine/store/reads.ts'
import { caseTable } from '#engine/store/tables/cases.ts'
import { CLOCK_RUNS } from './case-counts.ts'
import type { StoredCase } from './cases.ts'

const running = (until: string, more = ''): string =>
  `WHERE state <> 'closed' AND ${CLOCK_RUNS} AND due_at <= ? AND ${until} IS NULL ${more} ORDER BY due_at, seq LIMIT ?`

/** Cases whose clock runs out before `before` and that nobody was warned of, nearest first. */
export const casesToWarn = (db: Reads, before: number, limit: number): StoredCase[] =>
  caseTable.all(db, running('warned_at'), before, limit)

/** The same of one desk; a case that is with none may have its clock from any. */
export const casesOfDeskToWarn = (db: Reads, deskId: string, before: number, limit: number): StoredCase[] =>
  caseTable.all(db, running('warned_at', 'AND (desk_id = ? OR desk_id IS NULL)'), before, deskId, limit)

/** Cases whose clock has run out and that were not escalated, longest ago first. */
export const casesToEscalate = (db: Reads, now: number, limit: number): StoredCase[] =>
  caseTable.all(db, running('escalated_at'), now, limit)
