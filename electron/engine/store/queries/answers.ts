import type { Answer } from '#shared/model/answer.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import { statement } from '#engine/store/connections.ts'
import type { RowOf } from '#engine/store/table.ts'
import { answerAccountTable, answerTable } from '#engine/store/tables/answers.ts'

export type AnswerRow = RowOf<typeof answerTable>
export type AnsweringAccount = RowOf<typeof answerAccountTable>

/** Inserts, or writes how far it came. */
export const putAnswer = (db: Writes, row: AnswerRow): void => answerTable.put(db, row)

export const answerById = (db: Reads, id: string): AnswerRow | undefined => answerTable.one(db, 'WHERE id = ?', id)

/** Oldest first. */
export const answersOfCase = (db: Reads, caseId: string): AnswerRow[] =>
  answerTable.all(db, 'WHERE case_id = ? ORDER BY seq', caseId)

/** Sources with something due. */
export const sourcesWithAnswersDue = (db: Reads, now: number): string[] =>
  statement<{ id: string }>(db, 'SELECT DISTINCT source_id AS id FROM answers WHERE next_attempt_at <= ?')
    .all(now)
    .map(({ id }) => id)

/** What this source sends next, in the order in which it was written. */
export const nextAnswerDue = (db: Reads, sourceId: string, now: number): AnswerRow | undefined =>
  answerTable.one(
    db,
    'WHERE next_attempt_at <= ? AND source_id = ? ORDER BY next_attempt_at, seq LIMIT 1',
    now,
    sourceId,
  )

/** When the first one after `now` is due; null: nothing waits. */
export const nextAnswerAfter = (db: Reads, now: number): number | null =>
  statement<{ at: number | null }>(db, 'SELECT min(next_attempt_at) AS at FROM answers WHERE next_attempt_at > ?').get(
    now,
  )?.at ?? null

/** What was on its way when the machine went down. */
export const answersInterrupted = (db: Reads): AnswerRow[] =>
  answerTable.all(db, "WHERE state = 'sending' ORDER BY seq")

/** The answer that is this post of a network; null when it is none of ours. `url` finds it on a server that gave it another id. */
export const answerThatIs = (
  db: Reads,
  network: string,
  externalId: string | null,
  url: string | null,
): AnswerRow | undefined =>
  (externalId === null
    ? undefined
    : answerTable.one(db, 'WHERE external_id = ? AND network = ?', externalId, network)) ??
  (url === null ? undefined : answerTable.one(db, 'WHERE url = ? AND network = ?', url, network))

export const answeringAccounts = (db: Reads): AnsweringAccount[] => answerAccountTable.all(db, '')

export const putAnsweringAccount = (db: Writes, account: AnsweringAccount): void => answerAccountTable.put(db, account)

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
