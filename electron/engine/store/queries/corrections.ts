import type { Reads, Writes } from '../reads.ts'
import { statement } from '../connections.ts'
import { rowOf } from '../station-id.ts'

export interface CorrectionRow {
  entry: number
  mention_id: string
  at: number
  by_name: string
  was: number
  is_now: number
  counts: number
}
export interface CorrectionText extends CorrectionRow {
  text: string
  lang: string
}

export const lastCorrection = (db: Reads): number =>
  (statement(db, 'SELECT max(entry) FROM correction').pluck().get() as number | null) ?? 0

export function insertCorrection(db: Writes, row: CorrectionRow): void {
  statement(
    db,
    `INSERT INTO correction (entry, mention_id, mention_seq, at, by_name, was, is_now, counts)
     VALUES (@entry, @mention_id, @mention_seq, @at, @by_name, @was, @is_now, @counts)`,
  ).run({ ...row, mention_seq: rowOf(db, row.mention_id) })
}
/** Whether it is learned from; undefined: there is none. */
export const countsOf = (db: Reads, entry: number): number | undefined =>
  statement<{ counts: number }>(db, 'SELECT counts FROM correction WHERE entry = ?').get(entry)?.counts
export const setCounts = (db: Writes, entry: number, counts: 0 | 1): void =>
  void statement(db, 'UPDATE correction SET counts = ? WHERE entry = ?').run(counts, entry)
/** A later word on the same mention replaces the earlier ones. */
export const supersede = (db: Writes, mentionId: string, entry: number): void =>
  void statement(db, 'UPDATE correction SET counts = 0 WHERE mention_id = ? AND entry < ?').run(mentionId, entry)
export const countingEntries = (db: Reads): number[] =>
  statement(db, 'SELECT entry FROM correction WHERE counts = 1 ORDER BY entry').pluck().all() as number[]

const columns = 'c.entry, c.mention_id, c.at, c.by_name, c.was, c.is_now, c.counts, m.text, m.lang'
/** Oldest first; the newest `limit` of those that count. */
export const countingCorrections = (db: Reads, limit: number): CorrectionText[] =>
  statement<CorrectionText>(
    db,
    `SELECT ${columns} FROM correction c JOIN mention m ON m.seq = c.mention_seq WHERE c.counts = 1 ORDER BY c.entry DESC LIMIT ?`,
  )
    .all(limit)
    .reverse()
/** Newest first. */
export const correctionLedger = (db: Reads, limit: number): CorrectionText[] =>
  statement<CorrectionText>(
    db,
    `SELECT ${columns} FROM correction c JOIN mention m ON m.seq = c.mention_seq ORDER BY c.entry DESC LIMIT ?`,
  ).all(limit)
/** What the machine said of a mention before anybody corrected it. */
export const firstWord = (db: Reads, mentionId: string): number | undefined =>
  statement(db, 'SELECT was FROM correction WHERE mention_id = ? ORDER BY entry LIMIT 1').pluck().get(mentionId) as
    number | undefined

export const aspectWords = (db: Reads): { aspect: string; word: string }[] =>
  statement<{ aspect: string; word: string }>(db, 'SELECT aspect, word FROM aspect_word ORDER BY aspect, word').all()
export function replaceAspectWords(db: Writes, words: readonly { aspect: string; word: string }[]): void {
  statement(db, 'DELETE FROM aspect_word').run()
  const insert = statement(db, 'INSERT OR IGNORE INTO aspect_word (aspect, word) VALUES (?, ?)')
  for (const { aspect, word } of words) insert.run(aspect, word)
}
