import type { Reads } from '#engine/store/reads.ts'
import { rowOf } from '#engine/store/station-id.ts'
import { allValues, statement } from '#engine/store/connections.ts'

export interface DecidedCase {
  caseId: string
  mentionId: string
  deskId: string
  rank: number
}

/** The newest cases that went to a desk and that somebody took there, newest first. */
export const decidedCases = (db: Reads, limit: number): DecidedCase[] =>
  statement<DecidedCase>(
    db,
    `SELECT id AS caseId, mention_id AS mentionId, desk_id AS deskId, rank FROM cases
     WHERE desk_id IS NOT NULL AND (accepted_at IS NOT NULL OR state IN ('replied', 'closed'))
       AND (close_reason IS NULL OR close_reason NOT IN ('spam', 'notOurs', 'duplicate'))
     ORDER BY seq DESC LIMIT ?`,
  ).all(limit)

export const mentionOfCase = (db: Reads, caseId: string): string | undefined =>
  statement<{ id: string }>(db, 'SELECT mention_id AS id FROM cases WHERE id = ?').get(caseId)?.id

/** Cases that wait for a decision and that nobody has touched since they were opened, newest first. */
export const waitingUntouched = (db: Reads, limit: number): string[] =>
  allValues<string>(
    db,
    `SELECT id FROM cases WHERE state <> 'closed' AND state = 'new' AND held = 1 AND version = 1 ORDER BY seq DESC LIMIT ?`,
    limit,
  )

/** The last answer that was given in a case; null: none, or given elsewhere. */
export const lastReply = (db: Reads, caseId: string): string | null => replyOf(db, caseId)?.text ?? null

export interface GivenReply {
  text: string
  at: number
}

export const replyOf = (db: Reads, caseId: string): GivenReply | undefined =>
  statement<GivenReply>(
    db,
    `SELECT json_extract(data, '$.text') AS text, at FROM journal
     WHERE case_id = ? AND kind IN ('case.replied', 'case.approved', 'answer.queued') AND json_valid(data) AND json_extract(data, '$.text') <> ''
     ORDER BY seq DESC LIMIT 1`,
  ).get(caseId)

export interface SolvedCase {
  caseId: string
  mentionId: string
  deskId: string | null
  outcome: string
  repliedAt: number | null
  updatedAt: number
}

/**
 * Cases of one problem that were answered or whose outcome was recorded, newest first: those of the mention's group now,
 * wherever merging and splitting has put it.
 */
export const solvedCasesOfProblem = (
  db: Reads,
  mentionId: string,
  problemId: string | null,
  limit: number,
): SolvedCase[] =>
  statement<SolvedCase>(
    db,
    `SELECT id AS caseId, mention_id AS mentionId, desk_id AS deskId, outcome, replied_at AS repliedAt, updated_at AS updatedAt
     FROM cases
     WHERE mention_seq IN (
         SELECT mention_seq FROM problem_member WHERE no = (SELECT no FROM problem_member WHERE mention_seq = @mentionSeq)
         UNION SELECT mention_seq FROM cases WHERE problem_id = @problemId AND problem_id IS NOT NULL)
       AND mention_seq <> @mentionSeq AND (replied_at IS NOT NULL OR outcome <> '')
     ORDER BY updated_at DESC LIMIT @limit`,
  ).all({ mentionSeq: rowOf(db, mentionId), problemId, limit })
