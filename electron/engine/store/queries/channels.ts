import type { Channel } from '#shared/model/handoff.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import { channelTable } from '#engine/store/tables/bodies.ts'

export interface StoredChannel {
  channel: Channel
  /** Keys that have a secret in the keychain under `channel id/key`. */
  secretKeys: string[]
}

export const readChannels = (db: Reads): StoredChannel[] =>
  channelTable.all(db, 'ORDER BY desk_id, id').map(({ body, secretKeys }) => ({ channel: body, secretKeys }))

export const writeChannel = (db: Writes, { channel, secretKeys }: StoredChannel, at: number): void =>
  channelTable.put(db, { id: channel.id, deskId: channel.deskId, body: channel, secretKeys, updatedAt: at })

export const deleteChannel = (db: Writes, id: string): void => void channelTable.remove(db, id)
