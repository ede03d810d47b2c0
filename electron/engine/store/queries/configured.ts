import { allRows, run } from '#engine/store/connections.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'

type Row = Record<string, unknown>

/** Entries that told how a channel or a source is configured, oldest first, `data` as it was written. */
export const configuredEntries = (db: Reads): { seq: number; kind: string; data: string }[] =>
  allRows(
    db,
    `SELECT seq, kind, data FROM journal WHERE kind IN ('channel.saved', 'channel.removed', 'source.saved', 'source.removed')
       OR (kind = 'station.baselined' AND data ->> 'table' IN ('channels', 'sources')) ORDER BY seq`,
  )

/** As the table has them. */
export const channelRows = (db: Reads): Row[] => allRows(db, 'SELECT id, body, secret_keys FROM channels')

/** Also of those that were removed. */
export const sourceRows = (db: Reads): Row[] =>
  allRows(db, 'SELECT id, connector, name, enabled, created_at, config, secret_keys, removed_at FROM sources')

export const writeChannelRow = (db: Writes, { id, body, secret_keys: keys }: Row): number =>
  run(db, 'UPDATE channels SET body = ?, secret_keys = ? WHERE id = ?', body, keys, id)

export const writeSourceRow = (db: Writes, { id, config, secret_keys: keys }: Row): number =>
  run(db, 'UPDATE sources SET config = ?, secret_keys = ? WHERE id = ?', config, keys, id)
