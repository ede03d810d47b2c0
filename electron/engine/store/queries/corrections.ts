import type { Reads, Writes } from '../reads.ts'
import { statement } from '../connections.ts'

export interface CorrectionRow {
  entry: number
  mention_seq: number
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
    `INSERT OR IGNORE INTO correction (entry, mention_seq, at, by_name, was, is_now, counts)
     VALUES (@entry, @mention_seq, @at, @by_name, @was, @is_now, @counts)`,
  ).run(row)
}
export const setCounts = (db: Writes, entry: number, counts: 0 | 1): boolean =>
  statement(db, 'UPDATE correction SET counts = ? WHERE entry = ? AND counts <> ?').run(counts, entry, counts).changes >
  0
/** A later word on the same mention replaces the earlier ones. */
export const supersede = (db: Writes, mentionSeq: number, entry: number): void =>
  void statement(db, 'UPDATE correction SET counts = 0 WHERE mention_seq = ? AND entry < ?').run(mentionSeq, entry)
export const countingEntries = (db: Reads): number[] =>
  statement(db, 'SELECT entry FROM correction WHERE counts = 1 ORDER BY entry').pluck().all() as number[]

const columns = 'c.entry, c.mention_seq, c.at, c.by_name, c.was, c.is_now, c.counts, m.text, m.lang'
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
export const firstWord = (db: Reads, mentionSeq: number): number | undefined =>
  statement(db, 'SELECT was FROM correction WHERE mention_seq = ? ORDER BY entry LIMIT 1').pluck().get(mentionSeq) as
    number | undefined

export const aspectWords = (db: Reads): { aspect: string; word: string }[] =>
  statement<{ aspect: string; word: string }>(db, 'SELECT aspect, word FROM aspect_word ORDER BY aspect, word').all()
export function replaceAspectWords(db: Writes, words: readonly { aspect: string; word: string }[]): void {
  statement(db, 'DELETE FROM aspect_word').run()
  const insert = statement(db, 'INSERT OR IGNORE INTO aspect_word (aspect, word) VALUES (?, ?)')
  for (const { aspect, word } of words) insert.run(aspect, word)
}
/** Relabellings after journal entry `after`, oldest first. */
export const relabellings = (
  db: Reads,
  after: number,
  limit: number,
): { seq: number; at: number; actor_name: string; data: string }[] =>
  statement<{ seq: number; at: number; actor_name: string; data: string }>(
    db,
    `SELECT seq, at, actor_name, data FROM journal WHERE kind = 'mention.relabelled' AND seq > ? ORDER BY seq LIMIT ?`,
  ).all(after, limit)
