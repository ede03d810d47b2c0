import { allValues, firstValue, statement } from '../connections.ts'
import type { Reads, Writes } from '../reads.ts'
import { importTable, type ImportRow } from '../tables/imports.ts'

export type { ImportRow }

const untold = { ended_at: null, stored: 0, undo_at: null, undone_at: null, undone_from: null, removed: 0, kept: 0 }

/** Returns its number. */
export function insertImport(
  db: Writes,
  begun: Pick<ImportRow, 'id' | 'file' | 'source_name' | 'by_name' | 'started_at'>,
): number {
  const no = importTable.nextOf(db, 'no')
  importTable.insert(db, { ...untold, ...begun, no })
  return no
}

export const importById = (db: Reads, id: string): ImportRow | undefined => importTable.one(db, 'WHERE id = ?', id)

/** Newest first. */
export const newestImports = (db: Reads, limit: number): ImportRow[] =>
  importTable.all(db, 'ORDER BY no DESC LIMIT ?', limit)

/** Those that somebody wants back and that are not gone yet, oldest first. */
export const wantedBack = (db: Reads): ImportRow[] =>
  importTable.all(db, 'WHERE undo_at IS NOT NULL AND undone_at IS NULL ORDER BY no')

/** Inside a transaction. */
export function changeImport(db: Writes, no: number, change: Partial<Omit<ImportRow, 'no'>>): void {
  const row = importTable.get(db, no)
  if (row) importTable.put(db, { ...row, ...change })
}

/** Rows that an import brought, as they come; in the transaction that stores them. Neighbours become one stretch. */
export function addImportRows(db: Writes, no: number, firstSeq: number, lastSeq: number): void {
  const longer = statement(db, 'UPDATE import_rows SET last_seq = ? WHERE import = ? AND last_seq = ?')
  if (longer.run(lastSeq, no, firstSeq - 1).changes > 0) return
  statement(db, 'INSERT INTO import_rows (import, first_seq, last_seq) VALUES (?, ?, ?)').run(no, firstSeq, lastSeq)
}

/** A row that was there already when an import brought it; in the transaction that counts it as known. */
export const addImportAgain = (db: Writes, no: number, seq: number): void =>
  void statement(db, 'INSERT OR IGNORE INTO import_again (seq, import) VALUES (?, ?)').run(seq, no)

/** Of these rows those that another import, which nobody wants back, brought as well. */
export function alsoOfOthers(db: Reads, no: number, seqs: readonly number[]): number[] {
  const other = statement(
    db,
    `SELECT 1 FROM import_again a JOIN import i ON i.no = a.import
     WHERE a.seq = ? AND a.import <> ? AND i.undo_at IS NULL LIMIT 1`,
  )
  return seqs.filter((seq) => other.get(seq, no) !== undefined)
}

export interface Stretch {
  firstSeq: number
  lastSeq: number
}

/** Every row of the import lies in one of these, oldest first. */
export const stretchesOf = (db: Reads, no: number): Stretch[] =>
  statement<Stretch>(
    db,
    'SELECT first_seq AS firstSeq, last_seq AS lastSeq FROM import_rows WHERE import = ? ORDER BY first_seq',
  ).all(no)

/** How many rows an import brought so far, also one that was broken off before it could say so. */
export const broughtBy = (db: Reads, no: number): number =>
  stretchesOf(db, no).reduce((sum, { firstSeq, lastSeq }) => sum + lastSeq - firstSeq + 1, 0)

/** Where everything lies that taking it back may take: its own rows, and those of imports that were taken back before it. */
export function reachOf(db: Reads, no: number): Stretch[] {
  const [again] = statement<Stretch>(
    db,
    'SELECT min(seq) AS firstSeq, max(seq) AS lastSeq FROM import_again WHERE import = ? HAVING count(*) > 0',
  ).all(no)
  return [...(again ? [again] : []), ...stretchesOf(db, no)].sort((a, b) => a.firstSeq - b.firstSeq)
}

/** Rows that it brought as well, and whose own import was taken back or is being so; below `below`, newest first. */
const inherited = (db: Reads, no: number, below: number, limit: number): number[] =>
  allValues<number>(
    db,
    `SELECT a.seq FROM import_again a JOIN mention m ON m.seq = a.seq WHERE a.import = ? AND a.seq < ? AND EXISTS
       (SELECT 1 FROM import i JOIN import_rows r ON r.import = i.no
        WHERE i.undo_at IS NOT NULL AND a.seq BETWEEN r.first_seq AND r.last_seq)
     ORDER BY a.seq DESC LIMIT ?`,
    no,
    below,
    limit,
  )

/**
 * Up to `limit` of the rows that go with it and are still there, below row `below` (null: from the newest on), newest first.
 */
export function rowsOfImport(db: Reads, no: number, below: number | null, limit: number): number[] {
  const found: number[] = []
  for (const { firstSeq, lastSeq } of stretchesOf(db, no).reverse()) {
    const end = below === null ? lastSeq : Math.min(lastSeq, below - 1)
    if (end < firstSeq) continue
    const sql = 'SELECT seq FROM mention WHERE seq BETWEEN ? AND ? ORDER BY seq DESC LIMIT ?'
    found.push(...allValues<number>(db, sql, firstSeq, end, limit - found.length))
    if (found.length >= limit) break
  }
  const others = inherited(db, no, below ?? Number.MAX_SAFE_INTEGER, limit)
  if (others.length === 0) return found
  return [...new Set([...found, ...others])].sort((a, b) => b - a).slice(0, limit)
}

/** How many rows went with imports that were or are being taken back. */
export const removedRows = (db: Reads): number => firstValue<number>(db, 'SELECT sum(removed) FROM import') ?? 0

/** How many rows after `seq` are gone, with imports that were or are being taken back. */
export function goneAfter(db: Reads, seq: number): number {
  const gone = statement<{ n: number }>(
    db,
    `SELECT coalesce(sum(r.last_seq - max(r.first_seq, @from) + 1
         - (SELECT count(*) FROM mention WHERE seq BETWEEN max(r.first_seq, @from) AND r.last_seq)), 0) AS n
     FROM import i JOIN import_rows r ON r.import = i.no WHERE i.undo_at IS NOT NULL AND r.last_seq >= @from`,
  )
  return gone.get({ from: seq + 1 })!.n
}

/** How many of the rows after `from`, up to `to`, are history that imports brought. */
export function historyBetween(db: Reads, from: number, to: number): number {
  const found = statement<{ n: number }>(
    db,
    `SELECT count(*) AS n FROM import_rows r JOIN mention m ON m.seq BETWEEN max(r.first_seq, @from + 1) AND min(r.last_seq, @to)
     WHERE r.last_seq > @from AND r.first_seq <= @to AND m.arrival = 1`,
  )
  return from >= to ? 0 : found.get({ from, to })!.n
}

/** Whether an import that nobody wants back continues the sources of this name. */
export const isContinued = (db: Reads, sourceName: string): boolean =>
  statement(db, 'SELECT 1 FROM import WHERE source_name = ? AND undo_at IS NULL LIMIT 1').get(sourceName) !== undefined
