import { firstValue } from '#engine/store/connections.ts'
import type { Reads } from '#engine/store/reads.ts'
import { caseTable } from '#engine/store/tables/cases.ts'
import type { StoredCase } from './cases.ts'

/** Cases that wait for a person of their desk: by priority, then nearest due time, then longest waiting. */
export const queuedCases = (db: Reads, limit: number): StoredCase[] =>
  // Asked every few seconds, and mostly there are none: whole cases cost ten times as much to ask for.
  firstValue(db, 'SELECT 1 FROM cases WHERE queued_at IS NOT NULL LIMIT 1') === undefined
    ? []
    : caseTable.all(
        db,
        'WHERE queued_at IS NOT NULL ORDER BY rank, due_at IS NULL, due_at, queued_at, seq LIMIT ?',
        limit,
      )
