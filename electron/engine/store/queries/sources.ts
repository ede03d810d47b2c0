import type { Source } from '#shared/model/source.ts'
import type { Reads, Writes } from '../reads.ts'
import { statement } from '../connections.ts'

export interface StoredSource {
  source: Source
  network: string
  /** Keys that have a secret in the keychain. */
  secretKeys: string[]
}

interface Row {
  id: string
  connector: string
  network: string
  name: string
  enabled: number
  config: string
  secret_keys: string
  created_at: number
}

const COLUMNS = 'id, connector, network, name, enabled, config, secret_keys, created_at'

const fromRow = (row: Row): StoredSource => ({
  source: {
    id: row.id,
    connector: row.connector,
    name: row.name,
    enabled: row.enabled === 1,
    config: JSON.parse(row.config) as Record<string, unknown>,
    createdAt: row.created_at,
  },
  network: row.network,
  secretKeys: JSON.parse(row.secret_keys) as string[],
})

/** Oldest first, without the removed ones. */
export function listSources(db: Reads): StoredSource[] {
  const rows = statement(db, `SELECT ${COLUMNS} FROM sources WHERE removed_at IS NULL ORDER BY created_at, id`).all()
  return (rows as Row[]).map(fromRow)
}

export function findSource(db: Reads, id: string): StoredSource | undefined {
  const row = statement(db, `SELECT ${COLUMNS} FROM sources WHERE id = ? AND removed_at IS NULL`).get(id)
  return row === undefined ? undefined : fromRow(row as Row)
}

/** The file source that an import of this name continues, so that importing a file twice finds its duplicates. */
export function findSourceByName(db: Reads, connector: string, name: string): StoredSource | undefined {
  const row = statement(
    db,
    `SELECT ${COLUMNS} FROM sources WHERE connector = ? AND name = ? AND removed_at IS NULL ORDER BY created_at`,
  ).get(connector, name)
  return row === undefined ? undefined : fromRow(row as Row)
}

export function saveSource(db: Writes, { source, network, secretKeys }: StoredSource): void {
  statement(
    db,
    `INSERT INTO sources (id, connector, network, name, enabled, config, secret_keys, created_at)
     VALUES (@id, @connector, @network, @name, @enabled, @config, @secretKeys, @createdAt)
     ON CONFLICT (id) DO UPDATE SET connector = excluded.connector, network = excluded.network, name = excluded.name,
       enabled = excluded.enabled, config = excluded.config, secret_keys = excluded.secret_keys`,
  ).run({
    id: source.id,
    connector: source.connector,
    network,
    name: source.name,
    enabled: source.enabled ? 1 : 0,
    config: JSON.stringify(source.config),
    secretKeys: JSON.stringify(secretKeys),
    createdAt: source.createdAt,
  })
}

export function removeSource(db: Writes, id: string, at: number): void {
  statement(db, 'UPDATE sources SET removed_at = ?, enabled = 0, secret_keys = ? WHERE id = ?').run(at, '[]', id)
}
