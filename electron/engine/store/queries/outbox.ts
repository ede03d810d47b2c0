import { Channel, type Handoff } from '#shared/model/handoff.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import { statement } from '#engine/store/connections.ts'

export interface StoredChannel {
  channel: Channel
  /** Keys that have a secret in the keychain under `channel id/key`. */
  secretKeys: string[]
}

const channelFromRow = (row: { body: string; secret_keys: string }): StoredChannel => ({
  channel: Channel.parse(JSON.parse(row.body)),
  secretKeys: JSON.parse(row.secret_keys) as string[],
})

export const readChannels = (db: Reads): StoredChannel[] =>
  statement<{ body: string; secret_keys: string }>(db, 'SELECT body, secret_keys FROM channels ORDER BY desk_id, id')
    .all()
    .map(channelFromRow)

export function writeChannel(db: Writes, { channel, secretKeys }: StoredChannel, at: number): void {
  statement(
    db,
    `INSERT INTO channels (id, desk_id, body, secret_keys, updated_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET desk_id = excluded.desk_id, body = excluded.body,
       secret_keys = excluded.secret_keys, updated_at = excluded.updated_at`,
  ).run(channel.id, channel.deskId, JSON.stringify(channel), JSON.stringify(secretKeys), at)
}

export function deleteChannel(db: Writes, id: string): void {
  statement(db, 'DELETE FROM channels WHERE id = ?').run(id)
}

/** `sending`: on its way this very moment, or when the machine went down. */
export type OutboxState = 'queued' | 'sending' | 'sent' | 'failed' | 'unknown'

export interface OutboxRow {
  id: string
  caseId: string
  channelId: string
  channelName: string
  /** JSON text that the senders make their message from; fixed when the case was handed off. */
  payload: string
  state: OutboxState
  attempts: number
  createdAt: number
  nextAttemptAt: number | null
  sentAt: number | null
  advice: string | null
  /** Until when its links hold; null: it was never sent, or none were asked for. */
  linksUntil: number | null
  /** An attempt ended without a word: a copy may have arrived. 0 or 1. */
  maybeThere: number
}

const columns = `id, case_id AS caseId, channel_id AS channelId, channel_name AS channelName, payload, state, attempts,
  created_at AS createdAt, next_attempt_at AS nextAttemptAt, sent_at AS sentAt, advice,
  links_until AS linksUntil, maybe_there AS maybeThere`

export function insertOutbox(db: Writes, row: OutboxRow): void {
  statement(
    db,
    `INSERT INTO outbox (id, case_id, channel_id, channel_name, payload, state, attempts, created_at, next_attempt_at, sent_at, advice, links_until, maybe_there)
     VALUES (@id, @caseId, @channelId, @channelName, @payload, @state, @attempts, @createdAt, @nextAttemptAt, @sentAt, @advice, @linksUntil, @maybeThere)`,
  ).run({ ...row })
}

export function updateOutbox(db: Writes, row: OutboxRow): void {
  statement(
    db,
    `UPDATE outbox SET state = @state, attempts = @attempts, next_attempt_at = @nextAttemptAt, sent_at = @sentAt,
       advice = @advice, links_until = @linksUntil, maybe_there = @maybeThere WHERE id = @id`,
  ).run({
    id: row.id,
    state: row.state,
    attempts: row.attempts,
    nextAttemptAt: row.nextAttemptAt,
    sentAt: row.sentAt,
    advice: row.advice,
    linksUntil: row.linksUntil,
    maybeThere: row.maybeThere,
  })
}

export const outboxById = (db: Reads, id: string): OutboxRow | undefined =>
  statement<OutboxRow>(db, `SELECT ${columns} FROM outbox WHERE id = ?`).get(id)

/** Oldest first. */
export const outboxOfCase = (db: Reads, caseId: string): OutboxRow[] =>
  statement<OutboxRow>(db, `SELECT ${columns} FROM outbox WHERE case_id = ? ORDER BY seq`).all(caseId)

/** What is due, in the order in which it was handed off. */
export const outboxDue = (db: Reads, now: number, limit: number): OutboxRow[] =>
  statement<OutboxRow>(
    db,
    `SELECT ${columns} FROM outbox WHERE next_attempt_at <= ? AND state = 'queued' ORDER BY next_attempt_at, seq LIMIT ?`,
  ).all(now, limit)

/** What was on its way when the machine went down. */
export const outboxInterrupted = (db: Reads): OutboxRow[] =>
  statement<OutboxRow>(db, `SELECT ${columns} FROM outbox WHERE state = 'sending' ORDER BY seq`).all()

export const nextOutboxAt = (db: Reads): number | null =>
  statement<{ at: number | null }>(
    db,
    `SELECT MIN(next_attempt_at) AS at FROM outbox WHERE next_attempt_at IS NOT NULL`,
  ).get()?.at ?? null

export const publicHandoff = (row: OutboxRow): Handoff => ({
  id: row.id,
  caseId: row.caseId,
  channelId: row.channelId,
  channelName: row.channelName,
  state: row.state === 'sending' ? 'queued' : row.state,
  attempts: row.attempts,
  createdAt: row.createdAt,
  nextAttemptAt: row.nextAttemptAt,
  sentAt: row.sentAt,
  advice: row.advice,
})

/** true: this mail is new here, and is now kept as taken for an answer to the hand-off. Inside the answer's transaction. */
export const claimDeskLetter = (db: Writes, messageId: string, handoffId: string, at: number): boolean =>
  statement(
    db,
    'INSERT INTO desk_letters (message_id, handoff_id, at) VALUES (?, ?, ?) ON CONFLICT (message_id) DO NOTHING',
  ).run(messageId, handoffId, at).changes > 0
