import type { Database } from 'better-sqlite3'
import { canonicalJson } from '#shared/util/canonical-json.ts'
import { mentionId } from '#shared/util/ids.ts'
import { connectionOf, statement } from '#engine/store/connections.ts'
import { CHAIN_START, chainHash, journalColumns, type JournalRow } from '#engine/store/journal-chain.ts'
import type { Reads } from '#engine/store/reads.ts'
import { rowOf } from '#engine/store/station-id.ts'
import type { Projection } from './projection.ts'
import { columnsOf, type ProjectedTable } from './tables.ts'

export type BaselineTable = Pick<ProjectedTable, 'table' | 'key' | 'where'>

/** Rows in one entry. */
const AT_ONCE = 250

interface Baseline {
  /** The first entry of a baseline: what was told before it is not needed to make the tables again. */
  first: boolean
  table: string
  rows: Record<string, unknown>[]
}

/**
 * For a migration: tells the journal what stands in the projected tables as they are. Needed for files whose journal did not
 * tell everything, and again when such a table changes its shape. Nothing is written for a station that is new. `tables`: of the
 * version that the migration goes to, written down there: what is projected today may not have been then.
 */
export function writeBaseline(db: Database, tables: readonly BaselineTable[]): void {
  const last = db.prepare('SELECT seq, at, hash FROM journal ORDER BY seq DESC LIMIT 1').get() as
    { seq: number; at: number; hash: Buffer } | undefined
  let { seq, hash }: { seq: number; hash: Uint8Array } = last ?? { seq: 0, hash: CHAIN_START }
  const insert = db.prepare(
    `INSERT INTO journal (${journalColumns}, hash) VALUES
     (@seq, @at, @kind, @actor_kind, @actor_id, @actor_name, @mention_id, @case_id, @data, @hash)`,
  )
  const station = db.prepare('SELECT station_id FROM station').pluck().get() as string
  /** Rows of this file mean nothing to another station: it is told which mention. */
  const told = ({ mention_seq: seq, ...row }: Record<string, unknown>): Record<string, unknown> =>
    typeof seq === 'number' ? { mention_id: mentionId(station, seq), ...row } : row
  let first = true
  function tell(table: string, rows: Record<string, unknown>[]): void {
    const row: JournalRow = {
      seq: ++seq,
      // Nothing happened at this moment: it stands as it did when last something was decided.
      at: last?.at ?? 0,
      kind: 'station.baselined',
      actor_kind: 'engine',
      actor_id: 'earshot',
      actor_name: 'Earshot',
      mention_id: null,
      case_id: null,
      data: canonicalJson({ first, table, rows } satisfies Baseline),
    }
    hash = chainHash(hash, row)
    insert.run({ ...row, hash })
    first = false
  }
  for (const { table, key, where = 'true' } of tables) {
    let rows: Record<string, unknown>[] = []
    for (const row of db.prepare(`SELECT ${columnsOf(db, table)} FROM ${table} WHERE ${where} ORDER BY ${key}`).all()) {
      rows.push(told(row as Record<string, unknown>))
      if (rows.length < AT_ONCE) continue
      tell(table, rows)
      rows = []
    }
    if (rows.length > 0) tell(table, rows)
  }
  if (first && last) tell('', [])
}

/** Never live: the rows are there. */
export const baselined: Projection = (db, { data }) => {
  const { table, rows } = data as unknown as Baseline
  if (rows.length === 0) return
  const known = columnsOf(connectionOf(db), table).split(', ')
  for (const told of rows) {
    const row: Record<string, unknown> = { ...told, mention_seq: rowOf(db, String(told.mention_id)) }
    const columns = known.filter((name) => name in row)
    const places = columns.map((column) => `@${column}`)
    statement(db, `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places.join(', ')})`).run(row)
  }
}

/** The entry that the newest baseline begins with; 0: there is none, and the journal tells everything. */
export const baselineSeq = (db: Reads): number =>
  statement<{ seq: number | null }>(
    db,
    `SELECT max(seq) AS seq FROM journal WHERE kind = 'station.baselined' AND data ->> 'first' = 1`,
  ).get()?.seq ?? 0
