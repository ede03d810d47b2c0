import { Channel } from '#shared/model/handoff.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import { readable } from '#engine/store/broken-rows.ts'
import { allRows, statement } from '#engine/store/connections.ts'

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
  readable(
    db,
    'channels',
    allRows<{ id: string; body: string; secret_keys: string }>(
      db,
      'SELECT id, body, secret_keys FROM channels ORDER BY desk_id, id',
    ),
    ({ id }) => id,
    channelFromRow,
  )

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
