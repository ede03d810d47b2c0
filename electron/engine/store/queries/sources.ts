import type { Source } from '#shared/model/source.ts'
import type { Reads, Writes } from '../reads.ts'
import { statement } from '../connections.ts'
import { sourceTable, type SourceRow } from '../tables/sources.ts'

export interface StoredSource extends Pick<SourceRow, 'network' | 'secretKeys'> {
  source: Source
}

const stored = ({ network, secretKeys, ...source }: SourceRow): StoredSource => ({ source, network, secretKeys })

function find(db: Reads, which: string, ...values: string[]): StoredSource | undefined {
  const row = sourceTable.one(db, `WHERE ${which} AND removed_at IS NULL ORDER BY created_at`, ...values)
  return row && stored(row)
}

/** Oldest first, without the removed ones. */
export const listSources = (db: Reads): StoredSource[] =>
  sourceTable.all(db, 'WHERE removed_at IS NULL ORDER BY created_at, id').map(stored)

export const findSource = (db: Reads, id: string): StoredSource | undefined => find(db, 'id = ?', id)

/** The file source that an import of this name continues, so that importing a file twice finds its duplicates. */
export const findSourceByName = (db: Reads, connector: string, name: string): StoredSource | undefined =>
  find(db, 'connector = ? AND name = ?', connector, name)

export const saveSource = (db: Writes, { source, network, secretKeys }: StoredSource): void =>
  sourceTable.put(db, { ...source, network, secretKeys })

export function removeSource(db: Writes, id: string, at: number): void {
  statement(db, 'UPDATE sources SET removed_at = ?, enabled = 0, secret_keys = ? WHERE id = ?').run(at, '[]', id)
}
