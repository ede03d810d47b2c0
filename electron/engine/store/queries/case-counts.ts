import type { CaseState } from '#shared/model/case.ts'
import { priorities, type Priority } from '#shared/model/rule.ts'
import { statement } from '#engine/store/connections.ts'
import type { Reads } from '#engine/store/reads.ts'

/** States in which the customer has not heard back. */
export const WAITING = `state IN ('new', 'routed', 'accepted')`
/** Cases with a running clock: nobody has answered, or something was promised. */
export const CLOCK_RUNS = `(${WAITING} OR (state = 'replied' AND promise IS NOT NULL))`

/** An officer has to decide: which desk, or what to do about what a desk outside said. */
export const UNDECIDED = `(state = 'new' OR (desk_says IS NOT NULL AND state <> 'closed'))`

export interface CaseCounts {
  /** Not closed. */
  open: number
  /** Waits for a person's decision. */
  undecided: number
  /** The clock has run out: nobody has answered, or a promise was not kept. */
  overdue: number
  /** Nobody has answered yet. */
  waiting: number
}

export function caseCounts(db: Reads, now: number): CaseCounts {
  const row = statement(
    db,
    `SELECT COUNT(*) AS open, TOTAL(${UNDECIDED}) AS undecided,
       TOTAL(${CLOCK_RUNS} AND due_at <= @now) AS overdue, TOTAL(${WAITING}) AS waiting
     FROM cases WHERE state <> 'closed'`,
  ).get({ now }) as CaseCounts
  return { ...row }
}

export interface WaitingRow {
  caseId: string
  mentionSeq: number
  mentionId: string
  deskId: string | null
  dueAt: number | null
  priority: Priority
  state: CaseState
}

/** Cases that nobody has answered, nearest due time first, those without a clock last. */
export function waitingCases(db: Reads, limit: number): WaitingRow[] {
  const rows = statement(
    db,
    `SELECT id AS caseId, mention_seq AS mentionSeq, mention_id AS mentionId, desk_id AS deskId, due_at AS dueAt,
       rank, state
     FROM cases WHERE ${WAITING} ORDER BY due_at IS NULL, due_at, rank, seq LIMIT ?`,
  ).all(limit) as (Omit<WaitingRow, 'priority'> & { rank: number })[]
  return rows.map(({ rank, ...row }) => ({ ...row, priority: priorities[rank] ?? 'normal' }))
}

/** Median minutes from seeing a mention to replying to it, over the replies given in [from, to); null: there was none. Of a clock that was set back: 0. */
export function medianMinutesToReply(db: Reads, from: number, to: number): number | null {
  const row = statement(
    db,
    `WITH answers AS (
       SELECT MAX(replied_at - seen_at, 0) AS took, ROW_NUMBER() OVER (ORDER BY replied_at - seen_at) AS place,
         COUNT(*) OVER () AS n
       FROM cases WHERE replied_at >= ? AND replied_at < ?)
     SELECT AVG(took) / 60000.0 AS minutes FROM answers WHERE place IN ((n + 1) / 2, (n + 2) / 2)`,
  ).get(from, to) as { minutes: number | null }
  return row.minutes
}
