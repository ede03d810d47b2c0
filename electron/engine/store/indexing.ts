import type { Database } from 'better-sqlite3'
import { statSync } from 'node:fs'
import { searchText } from '#shared/query/search-text.ts'
import { documentOfMention } from '#shared/query/document.ts'
import { allValues, type Connection } from './connections.ts'
import { mentionBySeq, mentionsAfter } from './queries/mentions.ts'

/** Rows of one index transaction: short, so that nothing is far behind and a crash repeats little. */
const STEP = 2000
/** Bytes of a log that is cut off as soon as nobody is held up by it. A busy hour without a long read stays below. */
export const LONG_LOG = 64 * 1024 ** 2

/**
 * Keeps the full-text index up with the mentions. Plain functions over two connections; the thread around it is
 * indexer-worker.ts. (`prepareSearchFile` has seen to it that the index is not ahead of the mentions.)
 */
export class Indexing {
  readonly #main: Connection
  readonly #search: Database
  #upto: number
  #segments = 0

  constructor(main: Connection, search: Database) {
    this.#main = main
    this.#search = search
    this.#upto = search.prepare('SELECT upto_seq FROM search_state').pluck().get() as number
  }

  get upto(): number {
    return this.#upto
  }

  /** Adds given token streams when they continue the index without a hole; false: they do not. */
  add(firstSeq: number, texts: readonly string[]): boolean {
    if (firstSeq !== this.#upto + 1) return false
    this.#insert(texts.map((text, i) => ({ seq: firstSeq + i, text })))
    return true
  }

  /** Indexes the next rows that are not yet; false: nothing was left. */
  catchUp(): boolean {
    const rows = mentionsAfter(this.#main, this.#upto, STEP)
    if (rows.length === 0) return false
    this.#insert(rows.map((mention) => ({ seq: mention.seq, text: searchText(documentOfMention(mention)) })))
    return rows.length === STEP
  }

  #insert(rows: readonly { seq: number; text: string }[]): void {
    const insert = this.#search.prepare('INSERT INTO mention_fts (rowid, body) VALUES (?, ?)')
    const upto = rows.at(-1)!.seq
    const run = this.#search.transaction(() => {
      for (const row of rows) insert.run(row.seq, row.text)
      this.#search.prepare('UPDATE search_state SET upto_seq = ?').run(upto)
    })
    run.immediate()
    this.#upto = upto
    this.#segments++
  }

  /** Drops rows [firstSeq, lastSeq] that the store does not have any more. */
  prune(firstSeq: number, lastSeq: number): void {
    const indexed = this.#search
      .prepare('SELECT id FROM mention_fts_docsize WHERE id BETWEEN ? AND ?')
      .pluck()
      .all(firstSeq, lastSeq) as number[]
    const there = new Set(
      allValues<number>(this.#main, 'SELECT seq FROM mention WHERE seq BETWEEN ? AND ?', firstSeq, lastSeq),
    )
    const gone = indexed.filter((seq) => !there.has(seq))
    if (gone.length === 0) return
    const drop = this.#search.prepare('DELETE FROM mention_fts WHERE rowid = ?')
    this.#search.transaction(() => gone.forEach((seq) => drop.run(seq))).immediate()
    this.#segments++
  }

  /** Makes the entries of rows anew that are in the index; those that are not in it yet come as they are then. */
  again(seqs: readonly number[]): void {
    const drop = this.#search.prepare('DELETE FROM mention_fts WHERE rowid = ?')
    const insert = this.#search.prepare('INSERT INTO mention_fts (rowid, body) VALUES (?, ?)')
    this.#search
      .transaction(() => {
        for (const seq of seqs) {
          const mention = seq <= this.#upto ? mentionBySeq(this.#main, seq) : undefined
          if (mention && drop.run(seq).changes > 0) insert.run(seq, searchText(documentOfMention(mention)))
        }
      })
      .immediate()
    this.#segments++
  }

  /** Transactions since everything worth merging was merged: each left a segment that a search has to open. */
  get segments(): number {
    return this.#segments
  }

  /** A bounded piece of merging; false: nothing is worth merging. */
  merge(pages: number): boolean {
    if (this.#segments === 0) return false
    const changes = this.#search.prepare('SELECT total_changes()').pluck()
    const before = changes.get() as number
    this.#search.prepare("INSERT INTO mention_fts (mention_fts, rank) VALUES ('merge', ?)").run(pages)
    if ((changes.get() as number) - before < 2) this.#segments = 0
    return this.#segments > 0
  }

  /** Copies what lies in the two logs into the files, as far as it can without holding anybody up. */
  checkpoint(): LogState {
    this.#search.pragma('wal_checkpoint(PASSIVE)')
    return this.checkpointMain()
  }

  checkpointMain(): LogState {
    const [state] = this.#main.pragma('wal_checkpoint(PASSIVE)') as [{ log: number; checkpointed: number }]
    return { pages: state.log, left: state.log - state.checkpointed }
  }

  /**
   * Gives the disk back what a long read made of the logs: while somebody reads an old state, nothing behind it can be
   * begun anew, and a log never becomes shorter by itself. Waits for nobody, and takes some 25 ms for 64 MiB. false: one is
   * still long, because somebody reads in it or writes.
   */
  cut(): boolean {
    return [this.#main, this.#search].map((db) => cutLog(db)).every(Boolean)
  }
}

function cutLog(db: Pick<Database, 'pragma' | 'name'>): boolean {
  const bytes = (): number => statSync(`${db.name}-wal`, { throwIfNoEntry: false })?.size ?? 0
  if (bytes() <= LONG_LOG) return true
  const patience = db.pragma('busy_timeout', { simple: true }) as number
  db.pragma('busy_timeout = 0')
  try {
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.pragma(`busy_timeout = ${patience}`)
  }
  return bytes() <= LONG_LOG
}

/** The main file's log: its pages, and how many of them are not in the file yet. */
export interface LogState {
  pages: number
  left: number
}
