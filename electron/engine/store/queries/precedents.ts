import type { ReadableDb } from '#engine/store/handles.ts'
import { statement } from '#engine/store/statement.ts'

export interface DecidedCase {
  caseId: string
  mentionSeq: number
  deskId: string
  rank: number
}

/** The newest cases that went to a desk and that somebody took there, newest first. */
export const decidedCases = (db: ReadableDb, limit: number): DecidedCase[] =>
  statement<DecidedCase>(
    db,
    `SELECT id AS caseId, mention_seq AS mentionSeq, desk_id AS deskId, rank FROM cases
     WHERE desk_id IS NOT NULL AND (accepted_at IS NOT NULL OR state IN ('replied', 'closed'))
       AND (close_reason IS NULL OR close_reason NOT IN ('spam', 'notOurs', 'duplicate'))
     ORDER BY seq DESC LIMIT ?`,
  ).all(limit)

/** The last answer that was given in a case; null: none, or given elsewhere. */
export function lastReply(db: ReadableDb, caseId: string): string | null {
  const row = statement<{ text: string | null }>(
    db,
    `SELECT json_extract(data, '$.text') AS text FROM journal
     WHERE case_id = ? AND kind IN ('case.replied', 'case.approved') AND json_extract(data, '$.text') <> ''
     ORDER BY seq DESC LIMIT 1`,
  ).get(caseId)
  return row?.text ?? null
}
