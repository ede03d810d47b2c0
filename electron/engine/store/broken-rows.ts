import { connectionOf } from './connections.ts'
import type { Reads } from './reads.ts'

/** `table key` → why, by connection: what was met while reading. */
const met = new WeakMap<object, Map<string, string>>()
/** One that is met again and again must not fill the memory. */
const MOST = 10_000

/** Remembers that a row cannot be read as what it should be. */
export function noteBroken(db: Reads, table: string, key: unknown, error: unknown): void {
  const connection = connectionOf(db)
  let rows = met.get(connection)
  if (!rows) met.set(connection, (rows = new Map()))
  if (rows.size < MOST) rows.set(`${table} ${String(key)}`, error instanceof Error ? error.message : String(error))
}

/**
 * What `read` makes of a row; undefined, and remembered, when it cannot. One row that a bad sector or another program changed
 * must not take all the others with it. What SQLite itself finds damaged is thrown: that is no row's affair.
 */
export function readOrSkip<T>(db: Reads, table: string, key: () => unknown, read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (String((error as { code?: unknown }).code ?? '').startsWith('SQLITE_')) throw error
    noteBroken(db, table, key(), error)
    return undefined
  }
}

/** The same of many rows: those that can be read. */
export const readable = <Row, T>(
  db: Reads,
  table: string,
  rows: readonly Row[],
  keyOf: (row: Row) => unknown,
  read: (row: Row) => T,
): T[] =>
  rows.flatMap((row) => {
    const one = readOrSkip(
      db,
      table,
      () => keyOf(row),
      () => read(row),
    )
    return one === undefined ? [] : [one]
  })

/** Rows that were met over this connection and left out, named `table key`. */
export const brokenMet = (db: Reads): string[] => [...(met.get(connectionOf(db))?.keys() ?? [])]

/** Columns that hold JSON, and by what a row of the table is named. */
const jsonColumns: readonly [table: string, key: string, columns: readonly string[]][] = [
  ['cases', 'id', ['tags', 'explanation', 'skills', 'pending_reply', 'promise', 'desk_says']],
  ['mention', 'seq', ['links', 'driving', 'intent', 'aspects']],
  ['desks', 'id', ['body']],
  ['rules', 'id', ['body']],
  ['people', 'id', ['body']],
  ['channels', 'id', ['body', 'secret_keys']],
  ['canned_replies', 'id', ['body']],
  ['sources', 'id', ['config', 'secret_keys']],
  ['wall_layouts', 'id', ['panes']],
  ['parcels', 'id', ['content']],
  ['crisis', 'id', ['content']],
  ['journal', 'seq', ['data']],
]

/** Tables that are read as a whole, where one row less is better than none at all. A person is asked for one by one. */
export const mayLackRows: ReadonlySet<string> = new Set([
  ...jsonColumns.map(([table]) => table).filter((table) => table !== 'people'),
  'settings',
])

/** All rows of the file whose JSON is none, named `table key`; at most `limit` of each table. Walks the tables. */
export function brokenRows(db: Reads, { limit }: { limit: number }): string[] {
  const connection = connectionOf(db)
  return jsonColumns.flatMap(([table, key, all]) => {
    const there = connection.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[]
    const broken = all.filter((column) => there.includes(column)).map((column) => `NOT json_valid(${column})`)
    if (broken.length === 0) return []
    const rows = connection.prepare(`SELECT ${key} FROM ${table} WHERE ${broken.join(' OR ')} LIMIT ?`).pluck()
    return rows.all(limit).map((name) => `${table} ${String(name)}`)
  })
}
