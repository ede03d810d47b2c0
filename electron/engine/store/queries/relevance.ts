import type { Reads, Writes } from '../reads.ts'
import { statement } from '../connections.ts'
import { rowOf } from '../station-id.ts'

export interface RelevanceRow {
  percent: number
  by_name: string | null
}
export interface RelevanceExample {
  mention_seq: number
  text: string
  relevant: number
}

export const relevanceRow = (db: Reads, mentionSeq: number): RelevanceRow | undefined =>
  statement<RelevanceRow>(db, 'SELECT percent, by_name FROM relevance WHERE mention_seq = ?').get(mentionSeq)

/** null takes it away. */
export function writeRelevance(db: Writes, mentionSeq: number, row: RelevanceRow | null): void {
  if (row === null) statement(db, 'DELETE FROM relevance WHERE mention_seq = ?').run(mentionSeq)
  else
    statement(db, 'INSERT OR REPLACE INTO relevance (mention_seq, percent, by_name) VALUES (?, ?, ?)').run(
      mentionSeq,
      row.percent,
      row.by_name,
    )
}

export function insertMark(db: Writes, entry: number, listenId: string, mentionId: string, relevant: 0 | 1): void {
  // A later word on the same mention replaces the earlier ones.
  statement(db, 'UPDATE relevance_mark SET counts = 0 WHERE mention_id = ? AND listen_id = ?').run(mentionId, listenId)
  statement(
    db,
    'INSERT INTO relevance_mark (entry, listen_id, mention_id, mention_seq, relevant) VALUES (?, ?, ?, ?, ?)',
  ).run(entry, listenId, mentionId, rowOf(db, mentionId), relevant)
}

/** The word of one entry does not count any more. */
export const withdrawMarks = (db: Writes, entry: number): void =>
  void statement(db, 'UPDATE relevance_mark SET counts = 0 WHERE entry = ?').run(entry)

export const setMarkCounts = (db: Writes, entry: number, listenId: string, counts: 0 | 1): void =>
  void statement(db, 'UPDATE relevance_mark SET counts = ? WHERE entry = ? AND listen_id = ?').run(counts, entry, listenId) // prettier-ignore

/** Entries of a listen's marks that count. */
export const countingMarks = (db: Reads, listenId: string): number[] =>
  statement(db, 'SELECT entry FROM relevance_mark WHERE listen_id = ? AND counts = 1 ORDER BY entry')
    .pluck()
    .all(listenId) as number[]

/** The newest mark of a mention that counts, but for those of one entry. */
export const markOfMention = (
  db: Reads,
  mentionId: string,
  but: number,
): { entry: number; relevant: number } | undefined =>
  statement<{ entry: number; relevant: number }>(
    db,
    `SELECT entry, relevant FROM relevance_mark WHERE mention_id = ? AND counts = 1 AND entry <> ?
     ORDER BY entry DESC LIMIT 1`,
  ).get(mentionId, but)

/** What officers said of mentions that this listen heard, newest first. */
export const markedExamples = (db: Reads, listenId: string, limit: number): RelevanceExample[] =>
  statement<RelevanceExample>(
    db,
    `SELECT r.mention_seq, m.text, r.relevant FROM relevance_mark r JOIN mention m ON m.seq = r.mention_seq
     WHERE r.listen_id = ? AND r.counts = 1 ORDER BY r.entry DESC LIMIT ?`,
  ).all(listenId, limit)

export interface ClosedExample extends RelevanceExample {
  listens: string | null
  closed_at: number
}

/** Mentions of cases that were closed as not about the company, or answered; newest first, with the listens that heard them. */
export const closedExamples = (db: Reads, limit: number): ClosedExample[] =>
  statement<ClosedExample>(
    db,
    `SELECT c.mention_seq, m.text, m.listens, c.closed_at,
       CASE WHEN c.close_reason IN ('notOurs', 'spam') THEN 0 ELSE 1 END AS relevant
     FROM cases c JOIN mention m ON m.seq = c.mention_seq
     WHERE c.state = 'closed' AND c.close_reason IN ('notOurs', 'spam', 'answered', 'confirmed')
     ORDER BY c.closed_at DESC LIMIT ?`,
  ).all(limit)

export const relevanceSince = (db: Reads, listenId: string): number =>
  (statement(db, 'SELECT since FROM relevance_listen WHERE listen_id = ?').pluck().get(listenId) as
    number | undefined) ?? 0
export const writeRelevanceSince = (db: Writes, listenId: string, since: number): void =>
  void statement(db, 'INSERT OR REPLACE INTO relevance_listen (listen_id, since) VALUES (?, ?)').run(listenId, since)

/** Changes whenever there is something more to learn from. */
export const relevanceStamp = (db: Reads): string =>
  statement(
    db,
    `SELECT (SELECT count(*) || '.' || coalesce(sum(counts), 0) || '.' || coalesce(max(entry), 0) FROM relevance_mark) || '/' ||
       (SELECT count(*) || '.' || coalesce(max(closed_at), 0) FROM cases WHERE state = 'closed')`,
  )
    .pluck()
    .get() as string

/** Newest mentions that a listen heard. */
export const newestHeard = (db: Reads, listenNo: number, limit: number): number[] =>
  statement(db, 'SELECT seq FROM heard WHERE listen = ? ORDER BY published_at DESC, seq DESC LIMIT ?')
    .pluck()
    .all(listenNo, limit) as number[]
