import { documentOfMention } from '#shared/query/document.ts'
import { matchQuery } from '#shared/query/match.ts'
import { parseQuery } from '#shared/query/parse.ts'
import type { QuestionContext } from '../questions.ts'
import type { Reads, Writes } from '../reads.ts'
import { ALL, rollupSteps, RollupSums } from '../rollups.ts'
import { allValues, connectionOf, run, statement } from '../connections.ts'
import { mentionBySeq } from './mentions.ts'
import { sourceNames } from './search-facts.ts'
import { compileSearch } from './search-sql.ts'
import { sourcesOf } from './text-search.ts'

export interface BackfillQuestion {
  query: string
  /** Rows [fromSeq, toSeq]. */
  fromSeq: number
  toSeq: number
}

/** Rows of a stretch that the query asks for. Needs an index that covers the stretch. */
export function matchesIn(db: Reads, question: BackfillQuestion, context: QuestionContext): number[] {
  const parsed = parseQuery(question.query)
  if (!parsed.ok) return []
  const sources = sourcesOf(db)
  const compiled = compileSearch(parsed.value, { sources: sourceNames(sources) })
  if (compiled.nothing) return []
  const { fromSeq, toSeq } = question
  const rows =
    compiled.fts === null
      ? connectionOf(db)
          .prepare<unknown[], number>(`SELECT m.seq FROM mention m WHERE m.seq BETWEEN ? AND ? AND ${compiled.where}`)
          .pluck()
          .all(fromSeq, toSeq, ...compiled.params)
      : connectionOf(db)
          .prepare<unknown[], number>(
            `SELECT m.seq FROM search.mention_fts f CROSS JOIN mention m ON m.seq = f.rowid
             WHERE f.mention_fts MATCH ? AND f.rowid BETWEEN ? AND ? AND ${compiled.where}`,
          )
          .pluck()
          .all(compiled.fts, fromSeq, toSeq, ...compiled.params)
  if (compiled.exact) return rows
  const names = new Map(sources.map(({ id, name }) => [id, name]))
  return rows.filter((seq) => {
    if (context.cancelled()) return false
    const mention = mentionBySeq(db, seq)
    return mention && matchQuery(parsed.value, documentOfMention(mention, names.get(mention.sourceId) ?? null))
  })
}

/** Gives the rows to the listen's pane and charts; those it has already are left as they are. Inside a transaction. */
export function hear(db: Writes, listen: number, seqs: readonly number[]): number {
  const at = statement<{ published_at: number }>(db, 'SELECT published_at FROM mention WHERE seq = ?')
  const all = statement<{ source: number; sentiment: number }>(
    db,
    'SELECT source, sentiment FROM heard WHERE listen = 0 AND published_at = ? AND seq = ?',
  )
  const insert = statement(
    db,
    `INSERT INTO heard (listen, published_at, seq, source, sentiment) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )
  const sums = new RollupSums()
  let fresh = 0
  for (const seq of seqs) {
    const published = at.get(seq)?.published_at
    if (published === undefined) continue
    const row = all.get(published, seq)
    if (!row || insert.run(listen, published, seq, row.source, row.sentiment).changes === 0) continue
    sums.add(listen, row.source, published, row.sentiment)
    fresh++
  }
  sums.write(db)
  return fresh
}

export interface PendingBackfill {
  listen: number
  query: string
  /** null: not begun. */
  nextSeq: number | null
}

export const pendingBackfills = (db: Reads): PendingBackfill[] =>
  statement<PendingBackfill>(
    db,
    `SELECT b.listen, l.query, b.next_seq AS nextSeq FROM backfill b JOIN listen_no l ON l.no = b.listen
     WHERE l.retired = 0 ORDER BY b.listen`,
  ).all()

/** `nextSeq` 0: done. */
export function setBackfill(db: Writes, listen: number, nextSeq: number): void {
  if (nextSeq > 0) statement(db, 'UPDATE backfill SET next_seq = ? WHERE listen = ?').run(nextSeq, listen)
  else statement(db, 'DELETE FROM backfill WHERE listen = ?').run(listen)
}

export const retiredListens = (db: Reads): number[] =>
  allValues<number>(db, 'SELECT no FROM listen_no WHERE retired = 1')

/** Removes up to `limit` entries of a retired listen; false: all are gone. */
export function clearRetired(db: Writes, listen: number, limit: number): boolean {
  if (listen === ALL) throw new Error('Listen 0 is all mentions')
  // Up to a place that is looked up: a list of single entries to delete would be compared with the whole table.
  const end = statement<{ published_at: number; seq: number }>(
    db,
    'SELECT published_at, seq FROM heard WHERE listen = ? ORDER BY published_at, seq LIMIT 1 OFFSET ?',
  ).get(listen, limit)
  if (end) {
    run(db, 'DELETE FROM heard WHERE listen = ? AND (published_at, seq) < (?, ?)', listen, end.published_at, end.seq)
    return true
  }
  statement(db, 'DELETE FROM heard WHERE listen = ?').run(listen)
  const sources = [ALL, ...allValues<number>(db, 'SELECT no FROM source_no')]
  for (const step of rollupSteps) {
    for (const source of sources) {
      const last = statement<{ bucket: number }>(
        db,
        `SELECT bucket FROM rollup WHERE step = ? AND listen = ? AND source = ? ORDER BY bucket LIMIT 1 OFFSET ?`,
      ).get(step, listen, source, limit)
      statement(db, 'DELETE FROM rollup WHERE step = ? AND listen = ? AND source = ? AND bucket < ?').run(
        step,
        listen,
        source,
        last?.bucket ?? Number.MAX_SAFE_INTEGER,
      )
      if (last) return true
    }
  }
  statement(db, 'UPDATE listen_no SET retired = 2 WHERE no = ?').run(listen)
  return false
}
