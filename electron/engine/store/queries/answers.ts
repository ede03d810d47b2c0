import type { Answer, AnswerState, AnswerWay } from '#shared/model/answer.ts'
import type { Actor } from '#shared/model/journal.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import { statement } from '#engine/store/connections.ts'

export interface AnswerRow {
  id: string
  caseId: string
  way: AnswerWay
  sourceId: string
  sourceName: string
  network: string
  /** Whose name it leaves under; null: not known. */
  account: string | null
  text: string
  actor: Actor
  /** Journal entry that let it go. */
  entry: number
  state: AnswerState
  attempts: number
  /** An attempt ended without a word from the network. */
  maybeThere: boolean
  /** Wanted back while it was on its way. */
  takeBack: boolean
  createdAt: number
  triedAt: number | null
  nextAttemptAt: number | null
  sentAt: number | null
  externalId: string | null
  url: string | null
  advice: string | null
}

interface Stored extends Omit<AnswerRow, 'actor' | 'maybeThere' | 'takeBack'> {
  actor: string
  maybeThere: number
  takeBack: number
}

const columns = `id, case_id AS caseId, way, source_id AS sourceId, source_name AS sourceName, network, account, text, actor, entry,
  state, attempts, maybe_there AS maybeThere, take_back AS takeBack, created_at AS createdAt, tried_at AS triedAt,
  next_attempt_at AS nextAttemptAt, sent_at AS sentAt, external_id AS externalId, url, advice`

const fromRow = (row: Stored): AnswerRow => ({
  ...row,
  actor: JSON.parse(row.actor) as Actor,
  maybeThere: row.maybeThere === 1,
  takeBack: row.takeBack === 1,
})
const toRow = (row: AnswerRow): Stored => ({
  ...row,
  actor: JSON.stringify(row.actor),
  maybeThere: row.maybeThere ? 1 : 0,
  takeBack: row.takeBack ? 1 : 0,
})

/** Inserts, or writes how far it came. */
export function putAnswer(db: Writes, row: AnswerRow): void {
  statement(
    db,
    `INSERT INTO answers (id, case_id, way, source_id, source_name, network, account, text, actor, entry, state, attempts,
       maybe_there, take_back, created_at, tried_at, next_attempt_at, sent_at, external_id, url, advice)
     VALUES (@id, @caseId, @way, @sourceId, @sourceName, @network, @account, @text, @actor, @entry, @state, @attempts,
       @maybeThere, @takeBack, @createdAt, @triedAt, @nextAttemptAt, @sentAt, @externalId, @url, @advice)
     ON CONFLICT (id) DO UPDATE SET account = excluded.account, entry = excluded.entry, state = excluded.state,
       attempts = excluded.attempts, maybe_there = excluded.maybe_there, take_back = excluded.take_back,
       tried_at = excluded.tried_at, next_attempt_at = excluded.next_attempt_at, sent_at = excluded.sent_at,
       external_id = excluded.external_id, url = excluded.url, advice = excluded.advice`,
  ).run({ ...toRow(row) })
}

function one(db: Reads, where: string, ...values: unknown[]): AnswerRow | undefined {
  const row = statement<Stored>(db, `SELECT ${columns} FROM answers WHERE ${where}`).get(...values)
  return row && fromRow(row)
}

export const answerById = (db: Reads, id: string): AnswerRow | undefined => one(db, 'id = ?', id)

/** Oldest first. */
export const answersOfCase = (db: Reads, caseId: string): AnswerRow[] =>
  statement<Stored>(db, `SELECT ${columns} FROM answers WHERE case_id = ? ORDER BY seq`).all(caseId).map(fromRow)

/** Sources with something due. */
export const sourcesWithAnswersDue = (db: Reads, now: number): string[] =>
  statement<{ id: string }>(db, 'SELECT DISTINCT source_id AS id FROM answers WHERE next_attempt_at <= ?')
    .all(now)
    .map(({ id }) => id)

/** What this source sends next, in the order in which it was written. */
export const nextAnswerDue = (db: Reads, sourceId: string, now: number): AnswerRow | undefined =>
  one(db, 'next_attempt_at <= ? AND source_id = ? ORDER BY next_attempt_at, seq LIMIT 1', now, sourceId)

/** When the first one after `now` is due; null: nothing waits. */
export const nextAnswerAfter = (db: Reads, now: number): number | null =>
  statement<{ at: number | null }>(db, 'SELECT min(next_attempt_at) AS at FROM answers WHERE next_attempt_at > ?').get(
    now,
  )?.at ?? null

/** What was on its way when the machine went down. */
export const answersInterrupted = (db: Reads): AnswerRow[] =>
  statement<Stored>(db, `SELECT ${columns} FROM answers WHERE state = 'sending' ORDER BY seq`).all().map(fromRow)

/** The answer that is this post of a network; null when it is none of ours. `url` finds it on a server that gave it another id. */
export const answerThatIs = (
  db: Reads,
  network: string,
  externalId: string | null,
  url: string | null,
): AnswerRow | undefined =>
  (externalId === null ? undefined : one(db, 'external_id = ? AND network = ?', externalId, network)) ??
  (url === null ? undefined : one(db, 'url = ? AND network = ?', url, network))

export interface AnsweringAccount {
  sourceId: string
  network: string
  name: string
  /** As `author.id` of drafts; null: drafts do not tell. */
  authorId: string | null
  /** Characters that its server takes; null: not said. */
  limit: number | null
  checkedAt: number
}

export const answeringAccounts = (db: Reads): AnsweringAccount[] =>
  statement<AnsweringAccount>(
    db,
    `SELECT source_id AS sourceId, network, name, author_id AS authorId, most AS "limit", checked_at AS checkedAt
     FROM answer_accounts`,
  ).all()

export function putAnsweringAccount(db: Writes, account: AnsweringAccount): void {
  statement(
    db,
    `INSERT INTO answer_accounts (source_id, network, name, author_id, most, checked_at)
     VALUES (@sourceId, @network, @name, @authorId, @limit, @checkedAt)
     ON CONFLICT (source_id) DO UPDATE SET network = excluded.network, name = excluded.name,
       author_id = excluded.author_id, most = excluded.most, checked_at = excluded.checked_at`,
  ).run({ ...account })
}

/** The network's payload of a mention as it was received; null: not kept. */
export const rawOfMention = (db: Reads, seq: number): string | null =>
  statement<{ raw: string }>(db, 'SELECT raw FROM mention_raw WHERE seq = ?').get(seq)?.raw ?? null

export const publicAnswer = (row: AnswerRow): Answer => ({
  id: row.id,
  caseId: row.caseId,
  way: row.way,
  sourceId: row.sourceId,
  sourceName: row.sourceName,
  as: row.account,
  text: row.text,
  state: row.state,
  url: row.url,
  advice: row.advice,
  attempts: row.attempts,
  by: row.actor.name,
  at: row.createdAt,
  nextAttemptAt: row.nextAttemptAt,
  sentAt: row.sentAt,
})
