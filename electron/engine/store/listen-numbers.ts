import type { Reads, Writes } from './reads.ts'
import { lastSeq } from './queries/mentions.ts'
import { statement } from './connections.ts'

export interface NumberedListen {
  no: number
  listenId: string
  query: string
}

/**
 * Brings the numbers in line with the listens as saved (inside a transaction). A new listen or a changed query gets a
 * fresh number and a back-fill over what is stored; the number it had before, and those of listens that are gone, are
 * retired and cleared in the background. Switched-off listens keep their number and what they heard.
 */
export function syncListenNumbers(db: Writes, listens: readonly { id: string; query: string }[]): void {
  const current = new Map(currentListens(db).map((listen) => [listen.listenId, listen]))
  const retired = statement(db, 'UPDATE listen_no SET retired = 1 WHERE no = ?')
  const noBackfill = statement(db, 'DELETE FROM backfill WHERE listen = ?')
  const retire = (no: number): void => {
    retired.run(no)
    noBackfill.run(no)
  }
  const last = lastSeq(db)
  for (const { id, query } of listens) {
    const had = current.get(id)
    current.delete(id)
    if (had?.query === query) continue
    if (had) retire(had.no)
    const made = statement(db, 'INSERT INTO listen_no (listen_id, query) VALUES (?, ?)').run(id, query)
    if (last > 0) statement(db, 'INSERT INTO backfill (listen) VALUES (?)').run(made.lastInsertRowid)
  }
  for (const gone of current.values()) retire(gone.no)
}

export const currentListens = (db: Reads): NumberedListen[] =>
  statement<NumberedListen>(db, 'SELECT no, listen_id AS listenId, query FROM listen_no WHERE retired = 0').all()

/** Numbers of the given listens; unknown ids are left out. */
export function numbersOf(db: Reads, listenIds: readonly string[]): number[] {
  const byId = statement<{ no: number }>(db, 'SELECT no FROM listen_no WHERE listen_id = ? AND retired = 0')
  const numbers: number[] = []
  for (const id of listenIds) {
    const row = byId.get(id)
    if (row) numbers.push(row.no)
  }
  return numbers
}
