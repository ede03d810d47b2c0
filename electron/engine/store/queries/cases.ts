import type { Case } from '#shared/model/case.ts'
import { priorities } from '#shared/model/rule.ts'
import { connectionOf, statement } from '#engine/store/connections.ts'
import { rowOf } from '#engine/store/station-id.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'

/** A case with what only the store keeps beside it. */
export interface StoredCase extends Case {
  /** Keys of the mention's author and conversation. */
  authorKey: number | null
  threadKey: number | null
  /** When the running clock started: opening, or the last opening again. */
  clockFrom: number
  /** How many of the desk's actions for long waiting have been taken since `queuedAt`. */
  waited: number
}

interface CaseRow {
  id: string
  mention_id: string
  author_key: number | null
  thread_key: number | null
  state: string
  desk_id: string | null
  officer_id: string | null
  rank: number
  tags: string
  held: number
  needs_approval: number
  explanation: string
  published_at: number
  seen_at: number
  opened_at: number
  routed_at: number | null
  accepted_at: number | null
  replied_at: number | null
  confirmed_at: number | null
  closed_at: number | null
  close_reason: string | null
  reopened: number
  clock_from: number
  due_at: number | null
  problem_id: string | null
  skills: string
  queued_at: number | null
  waited: number
  pending_reply: string | null
  promise: string | null
  outcome: string
  handoff: string
  answer: string
  desk_says: string | null
  warned_at: number | null
  escalated_at: number | null
  version: number
  updated_at: number
}

export const caseColumns = `id, mention_id, author_key, thread_key, state, desk_id, officer_id, rank, tags, held, needs_approval,
  explanation, published_at, seen_at, opened_at, routed_at, accepted_at, replied_at, confirmed_at, closed_at,
  close_reason, reopened, clock_from, due_at, problem_id, skills, queued_at, waited, pending_reply, promise, outcome, handoff, answer, desk_says,
  warned_at, escalated_at, version, updated_at`

export function caseFromRow(row: unknown): StoredCase {
  const r = row as CaseRow
  return {
    id: r.id,
    mentionId: r.mention_id,
    authorKey: r.author_key,
    threadKey: r.thread_key,
    state: r.state as Case['state'],
    deskId: r.desk_id,
    officerId: r.officer_id,
    priority: priorities[r.rank] ?? 'normal',
    tags: JSON.parse(r.tags) as string[],
    held: r.held === 1,
    needsApproval: r.needs_approval === 1,
    explanation: JSON.parse(r.explanation) as Case['explanation'],
    publishedAt: r.published_at,
    seenAt: r.seen_at,
    openedAt: r.opened_at,
    routedAt: r.routed_at,
    acceptedAt: r.accepted_at,
    repliedAt: r.replied_at,
    confirmedAt: r.confirmed_at,
    closedAt: r.closed_at,
    closeReason: r.close_reason as Case['closeReason'],
    reopened: r.reopened,
    clockFrom: r.clock_from,
    dueAt: r.due_at,
    problemId: r.problem_id,
    skills: JSON.parse(r.skills) as Case['skills'],
    queuedAt: r.queued_at,
    waited: r.waited,
    pendingReply: r.pending_reply === null ? null : (JSON.parse(r.pending_reply) as Case['pendingReply']),
    promise: r.promise === null ? null : (JSON.parse(r.promise) as Case['promise']),
    outcome: r.outcome,
    handoff: r.handoff as Case['handoff'],
    answer: r.answer as Case['answer'],
    deskSays: r.desk_says === null ? null : (JSON.parse(r.desk_says) as Case['deskSays']),
    warnedAt: r.warned_at,
    escalatedAt: r.escalated_at,
    version: r.version,
    updatedAt: r.updated_at,
  }
}

/** The case as the wire knows it. */
export function publicCase(stored: StoredCase): Case {
  const { authorKey: _author, threadKey: _thread, clockFrom: _from, waited: _waited, ...rest } = stored
  return rest
}

/** Inserts or replaces the projection's row. */
export function putCase(db: Writes, c: StoredCase): void {
  statement(
    db,
    `INSERT INTO cases (mention_seq, ${caseColumns}) VALUES (
      @mention_seq, @id, @mention_id, @author_key, @thread_key, @state, @desk_id, @officer_id, @rank, @tags, @held, @needs_approval, @explanation,
      @published_at, @seen_at, @opened_at, @routed_at, @accepted_at, @replied_at, @confirmed_at, @closed_at,
      @close_reason, @reopened, @clock_from, @due_at, @problem_id, @skills, @queued_at, @waited, @pending_reply, @promise,
      @outcome, @handoff, @answer, @desk_says, @warned_at, @escalated_at, @version, @updated_at)
    ON CONFLICT (id) DO UPDATE SET state = excluded.state, desk_id = excluded.desk_id, officer_id = excluded.officer_id,
      rank = excluded.rank, tags = excluded.tags, held = excluded.held, needs_approval = excluded.needs_approval,
      explanation = excluded.explanation, routed_at = excluded.routed_at, accepted_at = excluded.accepted_at,
      replied_at = excluded.replied_at, confirmed_at = excluded.confirmed_at, closed_at = excluded.closed_at,
      close_reason = excluded.close_reason, reopened = excluded.reopened, clock_from = excluded.clock_from,
      due_at = excluded.due_at, problem_id = excluded.problem_id, skills = excluded.skills,
      queued_at = excluded.queued_at, waited = excluded.waited, pending_reply = excluded.pending_reply, promise = excluded.promise,
      outcome = excluded.outcome, handoff = excluded.handoff, answer = excluded.answer, desk_says = excluded.desk_says, warned_at = excluded.warned_at,
      escalated_at = excluded.escalated_at, version = excluded.version, updated_at = excluded.updated_at`,
  ).run({
    id: c.id,
    mention_seq: rowOf(db, c.mentionId),
    mention_id: c.mentionId,
    author_key: c.authorKey,
    thread_key: c.threadKey,
    state: c.state,
    desk_id: c.deskId,
    officer_id: c.officerId,
    rank: priorities.indexOf(c.priority),
    tags: JSON.stringify(c.tags),
    held: c.held ? 1 : 0,
    needs_approval: c.needsApproval ? 1 : 0,
    explanation: JSON.stringify(c.explanation),
    published_at: c.publishedAt,
    seen_at: c.seenAt,
    opened_at: c.openedAt,
    routed_at: c.routedAt,
    accepted_at: c.acceptedAt,
    replied_at: c.repliedAt,
    confirmed_at: c.confirmedAt,
    closed_at: c.closedAt,
    close_reason: c.closeReason,
    reopened: c.reopened,
    clock_from: c.clockFrom,
    due_at: c.dueAt,
    problem_id: c.problemId,
    skills: JSON.stringify(c.skills),
    queued_at: c.queuedAt,
    waited: c.waited,
    pending_reply: c.pendingReply === null ? null : JSON.stringify(c.pendingReply),
    promise: c.promise === null ? null : JSON.stringify(c.promise),
    outcome: c.outcome,
    handoff: c.handoff,
    answer: c.answer,
    desk_says: c.deskSays === null ? null : JSON.stringify(c.deskSays),
    warned_at: c.warnedAt,
    escalated_at: c.escalatedAt,
    version: c.version,
    updated_at: c.updatedAt,
  })
}

export function caseById(db: Reads, id: string): StoredCase | undefined {
  const row = statement(db, `SELECT ${caseColumns} FROM cases WHERE id = ?`).get(id)
  return row === undefined ? undefined : caseFromRow(row)
}

export function caseOfMention(db: Reads, mentionId: string): StoredCase | undefined {
  const row = statement(db, `SELECT ${caseColumns} FROM cases WHERE mention_id = ?`).get(mentionId)
  return row === undefined ? undefined : caseFromRow(row)
}

/** How many cases the authors with these keys have had. */
export function caseCountsOfAuthors(db: Reads, authorKeys: readonly number[]): Map<number, number> {
  const rows = statement<{ key: number; n: number }>(
    db,
    `SELECT author_key AS key, COUNT(*) AS n FROM cases
     WHERE author_key IN (SELECT value FROM json_each(?)) GROUP BY author_key`,
  ).all(JSON.stringify(authorKeys))
  return new Map(rows.map((row) => [row.key, row.n]))
}

/** Tags of an author's newest 50 cases, each once. */
export function tagsOfAuthor(db: Reads, authorKey: number): string[] {
  const rows = statement<{ tag: string }>(
    db,
    `SELECT DISTINCT t.value AS tag FROM (SELECT tags FROM cases WHERE author_key = ? ORDER BY seq DESC LIMIT 50) c,
       json_each(c.tags) t`,
  ).all(authorKey)
  return rows.map((row) => row.tag)
}

/** The newest case of an author in a conversation: the one that their next message there is about. */
export function caseOfConversation(db: Reads, threadKey: number, authorKey: number): StoredCase | undefined {
  const row = statement(
    db,
    `SELECT ${caseColumns} FROM cases WHERE thread_key = ? AND author_key = ? ORDER BY seq DESC LIMIT 1`,
  ).get(threadKey, authorKey)
  return row === undefined ? undefined : caseFromRow(row)
}

/** Every case, oldest first. For rebuilding and checking; walks the table. */
export function* allCases(db: Reads): Generator<StoredCase> {
  for (const row of connectionOf(db).prepare(`SELECT ${caseColumns} FROM cases ORDER BY seq`).iterate())
    yield caseFromRow(row)
}

/** Before they are made again from the journal. */
export const deleteCases = (db: Writes): void => {
  statement(db, 'DELETE FROM cases').run()
}
