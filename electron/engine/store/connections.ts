import Database, { type Statement } from 'better-sqlite3'
import { existsSync } from 'node:fs'
import type { Reads, Writes } from './reads.ts'

const key = Symbol('connection')

interface Behind {
  db: Connection
  statements: Map<string, Statement>
  /** Those that give the first column alone. */
  plucked: Map<string, Statement>
}

/** An open file, for the store's own use. Its reads and writes take it as it is. */
export type Connection = Database.Database & Writes

/** Lets `owner` stand for a connection wherever the store's reads and writes ask for one. */
export function lend<Owner extends object>(owner: Owner, db: Database.Database): Owner & Writes {
  const behind: Behind = { db: db as Connection, statements: new Map(), plucked: new Map() }
  return Object.defineProperty(owner, key, { value: behind }) as Owner & Writes
}

const behind = (reads: Reads): Behind => (reads as unknown as { [key]: Behind })[key]

export const connectionOf = (reads: Reads): Connection => behind(reads).db

/**
 * The prepared statement for `sql`, compiled once. Only for texts that are written in the source: a text put together at
 * run time would fill the cache. A statement that is once plucked stays plucked.
 */
export function statement<Row = unknown>(reads: Reads, sql: string): Statement<unknown[], Row> {
  const { db, statements } = behind(reads)
  let found = statements.get(sql)
  if (found === undefined) statements.set(sql, (found = db.prepare(sql)))
  return found as Statement<unknown[], Row>
}

function plucked<T>(reads: Reads, sql: string): Statement<unknown[], T> {
  const { db, plucked } = behind(reads)
  let found = plucked.get(sql)
  if (found === undefined) plucked.set(sql, (found = db.prepare(sql).pluck()))
  return found as Statement<unknown[], T>
}

/** What a SELECT finds: whole rows, or the first column alone. */
export const allRows = <Row>(reads: Reads, sql: string, ...values: unknown[]): Row[] =>
  statement<Row>(reads, sql).all(...values)
export const firstValue = <T>(reads: Reads, sql: string, ...values: unknown[]): T | undefined =>
  plucked<T>(reads, sql).get(...values)
export const allValues = <T>(reads: Reads, sql: string, ...values: unknown[]): T[] =>
  plucked<T>(reads, sql).all(...values)

/** Says how many rows it changed. */
export const run = (writes: Writes, sql: string, ...values: unknown[]): number =>
  statement(writes, sql).run(...values).changes

/**
 * The writing connection. WAL with NORMAL: a crash of the program loses nothing, a power cut at most the last moments,
 * never the file. Checkpoints are the indexer's work, so that no commit waits for the disk.
 */
export function openWritable(file: string): Connection {
  const db = new Database(file, { timeout: 5000 })
  try {
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = NORMAL')
    db.pragma('foreign_keys = ON')
    db.pragma('temp_store = MEMORY')
    db.pragma('cache_size = -65536')
    // A log that begins anew would be cut to this by the commit that does it: measured 180 to 440 ms for 64 MiB on ext4. So it
    // keeps the size that it needs, and only what a very long read made of it is cut off; the indexer does so in quiet moments.
    db.pragma('journal_size_limit = 268435456')
    return lend(db, db)
  } catch (error) {
    db.close()
    throw error
  }
}

/** A read-only connection with the full-text index beside it, under the schema name `search`. */
export function openReadable(file: string, searchFile: string | null): Connection {
  const db = new Database(file, { readonly: true, timeout: 5000 })
  db.pragma('temp_store = MEMORY')
  db.pragma('cache_size = -32768')
  if (searchFile && existsSync(searchFile)) {
    db.prepare('ATTACH ? AS search').run(searchFile)
    db.pragma('search.cache_size = -16384')
  }
  db.pragma('query_only = ON')
  return lend(db, db)
}

/** A file of its own for what is built again beside `like`: the same tables, empty, for the same station. Gone when it is closed. */
export function openScratch(like: Reads): Connection {
  const db = new Database('')
  db.pragma('journal_mode = OFF')
  db.pragma('synchronous = OFF')
  const schema = statement<{ sql: string }>(
    like,
    `SELECT sql FROM main.sqlite_schema WHERE type IN ('table', 'index') AND sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
     ORDER BY type DESC, rowid`,
  )
  for (const { sql } of schema.all()) db.exec(sql)
  const station = statement(like, 'SELECT id, station_id, hash_seed, created_at FROM station').raw().get()
  if (station)
    db.prepare('INSERT INTO station (id, station_id, hash_seed, created_at) VALUES (?, ?, ?, ?)').run(station)
  return lend(db, db)
}
