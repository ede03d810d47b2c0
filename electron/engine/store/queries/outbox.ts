import { Channel, type Handoff } from '#shared/model/handoff.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import { statement } from '#engine/store/connections.ts'
import type { RowOf } from '#engine/store/table.ts'
import { outboxTable } from '#engine/store/tables/outbox.ts'

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

export type OutboxRow = RowOf<typeof outboxTable>

/** Inserts, or writes how far it came. */
export const putOutbox = (db: Writes, row: OutboxRow): void => outboxTable.put(db, row)

export const outboxById = (db: Reads, id: string): OutboxRow | undefined => outboxTable.one(db, 'WHERE id = ?', id)

/** Oldest first. */
export const outboxOfCase = (db: Reads, caseId: string): OutboxRow[] =>
  outboxTable.all(db, 'WHERE case_id = ? ORDER BY seq', caseId)

/** What is due, in the order in which it was handed off. */
export const outboxDue = (db: Reads, now: number, limit: number): OutboxRow[] =>
  outboxTable.all(
    db,
    "WHERE next_attempt_at <= ? AND state = 'queued' ORDER BY next_attempt_at, seq LIMIT ?",
    now,
    limit,
  )

/** What was on its way when the machine went down. */
export const outboxInterrupted = (db: Reads): OutboxRow[] => outboxTable.all(db, "WHERE state = 'sending' ORDER BY seq")

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
