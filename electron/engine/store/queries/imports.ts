import { allValues, statement } from '../connections.ts'
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

/** Up to `limit` of its rows that are still there, below row `below` (null: from the newest on), newest first. */
export function rowsOfImport(db: Reads, no: number, below: number | null, limit: number): number[] {
  const found: number[] = []
  for (const { firstSeq, lastSeq } of stretchesOf(db, no).reverse()) {
    const end = below === null ? lastSeq : Math.min(lastSeq, below - 1)
    if (end < firstSeq) continue
    const sql = 'SELECT seq FROM mention WHERE seq BETWEEN ? AND ? ORDER BY seq DESC LIMIT ?'
    found.push(...allValues<number>(db, sql, firstSeq, end, limit - found.length))
    if (found.length >= limit) break
  }
  return found
}

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
