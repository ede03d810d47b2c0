import type { Reads } from '#engine/store/reads.ts'
import { caseTable } from '#engine/store/tables/cases.ts'
import type { StoredCase } from './cases.ts'

/** Cases that wait for a person of their desk: by priority, then nearest due time, then longest waiting. */
export const queuedCases = (db: Reads, limit: number): StoredCase[] =>
  caseTable.all(db, 'WHERE queued_at IS NOT NULL ORDER BY rank, due_at IS NULL, due_at, queued_at, seq LIMIT ?', limit)
