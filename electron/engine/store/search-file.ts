import Database from 'better-sqlite3'
import { makeOwnFile } from '#engine/platform/own-only.ts'
import { rmSync } from 'node:fs'
import { FTS_TOKENIZE } from '#shared/query/search-text.ts'

/** Grows with every change of what `searchText` makes of a mention: an index of another format is made anew. */
export const SEARCH_FORMAT = 5

/**
 * The full-text index lives in a file of its own, written by a thread of its own (indexer.ts): its merges then never
 * stop ingest, and since it can be made again from the mentions at any time, damage to it costs nothing but work.
 * Rowid = `mention.seq`. The text is `searchText` of the query language: folded tokens separated by spaces, so the
 * tokenizer has nothing left to do but to split at spaces.
 */

export function openSearchFile(file: string, stationId: string): Database.Database {
  try {
    return open(file, stationId)
  } catch (error) {
    const code = String((error as { code?: unknown }).code ?? '')
    if (!code.startsWith('SQLITE_CORRUPT') && !code.startsWith('SQLITE_NOTADB') && !(error instanceof Stale))
      throw error
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
    return open(file, stationId)
  }
}

/** Entries beyond the newest mention that are removed one by one; more than that, and the index is made anew. */
const FEW = 20_000

/**
 * Before anything is stored: an index that is ahead of the mentions (after a power cut, or when a backup took their place)
 * holds words of rows that will be given out again; one that lacks rows (of an import that was taken back after the backup)
 * is made anew. Returns the last row that the index has then. `countUpTo`: how many mentions there are up to a row.
 */
export function prepareSearchFile(
  file: string,
  stationId: string,
  { lastSeq, countUpTo }: { lastSeq: number; countUpTo(seq: number): number },
): number {
  let db = openSearchFile(file, stationId)
  const uptoSeq = (): number => db.prepare('SELECT upto_seq FROM search_state').pluck().get() as number
  const entries = (): number => db.prepare('SELECT count(*) FROM mention_fts_docsize').pluck().get() as number
  const surplus = uptoSeq() - lastSeq
  if (surplus > FEW || (surplus <= 0 && entries() < countUpTo(uptoSeq()))) {
    db.close()
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
    db = openSearchFile(file, stationId)
  } else if (surplus > 0) {
    const drop = db.transaction(() => {
      db.prepare('DELETE FROM mention_fts WHERE rowid > ?').run(lastSeq)
      db.prepare('UPDATE search_state SET upto_seq = ?').run(lastSeq)
    })
    drop.immediate()
  }
  const upto = uptoSeq()
  db.close()
  return upto
}

class Stale extends Error {}

function open(file: string, stationId: string): Database.Database {
  makeOwnFile(file)
  const db = new Database(file, { timeout: 5000 })
  try {
    db.pragma('journal_mode = WAL')
    // A power cut may take the last moments; the indexer finds out by comparing `upto_seq` and goes on from there.
    db.pragma('synchronous = NORMAL')
    db.pragma('temp_store = MEMORY')
    db.pragma('cache_size = -16384')
    const version = Number(db.pragma('user_version', { simple: true }))
    if (version === 0) create(db, stationId)
    else if (version !== SEARCH_FORMAT) throw new Stale()
    else {
      const found = db.prepare('SELECT station_id FROM search_state').pluck().get()
      if (found !== stationId) throw new Stale()
    }
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function create(db: Database.Database, stationId: string): void {
  const build = db.transaction(() => {
    db.exec(`
      CREATE TABLE search_state (
        id INTEGER PRIMARY KEY CHECK (id = 1), station_id TEXT NOT NULL, upto_seq INTEGER NOT NULL
      ) STRICT;
      CREATE VIRTUAL TABLE mention_fts USING fts5(
        body, content='', contentless_delete=1, tokenize="${FTS_TOKENIZE}"
      );
      -- Merging is the indexer's decision, in small pieces and when nothing else is to do.
      INSERT INTO mention_fts(mention_fts, rank) VALUES ('automerge', 0);
      INSERT INTO mention_fts(mention_fts, rank) VALUES ('crisismerge', 1000);
      INSERT INTO mention_fts(mention_fts, rank) VALUES ('usermerge', 8);
    `)
    db.prepare('INSERT INTO search_state (id, station_id, upto_seq) VALUES (1, ?, 0)').run(stationId)
    db.pragma(`user_version = ${SEARCH_FORMAT}`)
  })
  build.immediate()
}
