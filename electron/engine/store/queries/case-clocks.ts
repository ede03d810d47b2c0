import type { Reads } from '#engine/store/reads.ts'
import { caseTable } from '#engine/store/tables/cases.ts'
import { CLOCK_RUNS } from './case-counts.ts'
import type { StoredCase } from './cases.ts'

const running = (until: string): string =>
  `WHERE state <> 'closed' AND ${CLOCK_RUNS} AND due_at <= ? AND ${until} IS NULL ORDER BY due_at, seq LIMIT ?`

/** Cases whose clock runs out before `before` and that nobody was warned of, nearest first. */
export const casesToWarn = (db: Reads, before: number, limit: number): StoredCase[] =>
  caseTable.all(db, running('warned_at'), before, limit)

/** Cases whose clock has run out and that were not escalated, longest ago first. */
export const casesToEscalate = (db: Reads, now: number, limit: number): StoredCase[] =>
  caseTable.all(db, running('escalated_at'), now, limit)
