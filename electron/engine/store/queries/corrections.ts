import type { Reads, Writes } from '../reads.ts'
import { firstValue, statement } from '../connections.ts'
import { rowOf } from '../station-id.ts'
import type { RowOf } from '../table.ts'
import { aspectWordTable, correctionTable } from '../tables/learning.ts'

type CorrectionRow = RowOf<typeof correctionTable>
export interface CorrectionText extends CorrectionRow {
  text: string
  lang: string
}

export const lastCorrection = (db: Reads): number =>
  (statement(db, 'SELECT max(entry) FROM correction').pluck().get() as number | null) ?? 0

export const insertCorrection = (db: Writes, row: CorrectionRow): boolean =>
  correctionTable.insert(db, { ...row, mention_seq: rowOf(db, row.mention_id) })
/** Whether it is learned from; undefined: there is none. */
export const countsOf = (db: Reads, entry: number): number | undefined => correctionTable.get(db, entry)?.counts
export const setCounts = (db: Writes, entry: number, counts: 0 | 1): void =>
  void statement(db, 'UPDATE correction SET counts = ? WHERE entry = ?').run(counts, entry)
/** A later word on the same mention replaces the earlier ones. */
export const supersede = (db: Writes, mentionId: string, entry: number): void =>
  void statement(db, 'UPDATE correction SET counts = 0 WHERE mention_id = ? AND entry < ?').run(mentionId, entry)
export const countingEntries = (db: Reads): number[] =>
  statement(db, 'SELECT entry FROM correction WHERE counts = 1 ORDER BY entry').pluck().all() as number[]

const newestTexts = (db: Reads, which: string, limit: number): CorrectionText[] =>
  statement<CorrectionText>(
    db,
    `SELECT ${correctionTable.columns('c')}, m.text, m.lang
     FROM correction c JOIN mention m ON m.seq = c.mention_seq WHERE ${which} ORDER BY c.entry DESC LIMIT ?`,
  ).all(limit)
/** Oldest first; the newest `limit` of those that count. */
export const countingCorrections = (db: Reads, limit: number): CorrectionText[] =>
  newestTexts(db, 'c.counts = 1', limit).reverse()
/** Newest first. */
export const correctionLedger = (db: Reads, limit: number): CorrectionText[] => newestTexts(db, 'true', limit)
/** What the machine said of a mention before anybody corrected it. */
export const firstWord = (db: Reads, mentionId: string): number | undefined =>
  firstValue<number>(db, 'SELECT was FROM correction WHERE mention_id = ? ORDER BY entry LIMIT 1', mentionId)

type AspectWord = RowOf<typeof aspectWordTable>
export const aspectWords = (db: Reads): AspectWord[] => aspectWordTable.all(db, 'ORDER BY aspect, word')
export function replaceAspectWords(db: Writes, words: readonly AspectWord[]): void {
  statement(db, 'DELETE FROM aspect_word').run()
  for (const word of words) aspectWordTable.insert(db, word, 'IGNORE')
}
