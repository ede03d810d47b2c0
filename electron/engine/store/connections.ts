import Database from 'better-sqlite3'
import { existsSync } from 'node:fs'
import type { ReadableDb, WritableDb } from './handles.ts'

/**
 * The writing connection. WAL with NORMAL: a crash of the program loses nothing, a power cut at most the last moments,
 * never the file. Checkpoints are the indexer's work, so that no commit waits for the disk.
 */
export function openWritable(file: string): WritableDb {
  const db = new Database(file, { timeout: 5000 })
  try {
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = NORMAL')
    db.pragma('foreign_keys = ON')
    db.pragma('temp_store = MEMORY')
    db.pragma('cache_size = -65536')
    // A log that begins anew would be cut to this by the commit that does it: measured 180 to 440 ms for 64 MiB on ext4. So it
    // keeps the size that it needs, and only what a very long read made of it is cut off.
    db.pragma('journal_size_limit = 1073741824')
    return db as WritableDb
  } catch (error) {
    db.close()
    throw error
  }
}

/** A read-only connection with the full-text index beside it, under the schema name `search`. */
export function openReadable(file: string, searchFile: string | null): ReadableDb {
  const db = new Database(file, { readonly: true, timeout: 5000 })
  db.pragma('temp_store = MEMORY')
  db.pragma('cache_size = -32768')
  if (searchFile && existsSync(searchFile)) {
    db.prepare('ATTACH ? AS search').run(searchFile)
    db.pragma('search.cache_size = -16384')
  }
  db.pragma('query_only = ON')
  return db as ReadableDb
}
