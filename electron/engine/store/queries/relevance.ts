import type { Reads, Writes } from '../reads.ts'
import { allValues, firstValue, statement } from '../connections.ts'
import { rowOf } from '../station-id.ts'
import type { RowOf } from '../table.ts'
import { markTable, relevanceListenTable, relevanceTable } from '../tables/learning.ts'

export type RelevanceRow = Omit<RowOf<typeof relevanceTable>, 'mention_seq'>
export interface RelevanceExample {
  mention_seq: number
  text: string
  relevant: number
}

export function relevanceRow(db: Reads, mentionSeq: number): RelevanceRow | undefined {
  const row = relevanceTable.get(db, mentionSeq)
  return row && { percent: row.percent, by_name: row.by_name }
}

/** null takes it away. */
export function writeRelevance(db: Writes, mentionSeq: number, row: RelevanceRow | null): void {
  if (row === null) relevanceTable.remove(db, mentionSeq)
  else relevanceTable.put(db, { mention_seq: mentionSeq, ...row })
}

export function insertMark(db: Writes, entry: number, listenId: string, mentionId: string, relevant: 0 | 1): void {
  // A later word on the same mention replaces the earlier ones.
  statement(db, 'UPDATE relevance_mark SET counts = 0 WHERE mention_id = ? AND listen_id = ?').run(mentionId, listenId)
  const mention = { mention_id: mentionId, mention_seq: rowOf(db, mentionId) }
  markTable.insert(db, { ...markTable.initial, ...mention, entry, listen_id: listenId, relevant })
}

/** The word of one entry does not count any more. */
export const withdrawMarks = (db: Writes, entry: number): void =>
  void statement(db, 'UPDATE relevance_mark SET counts = 0 WHERE entry = ?').run(entry)

export function setMarkCounts(db: Writes, entry: number, listenId: string, counts: 0 | 1): void {
  const set = statement(db, 'UPDATE relevance_mark SET counts = ? WHERE entry = ? AND listen_id = ?')
  set.run(counts, entry, listenId)
}

/** Entries of a listen's marks that count. */
export const countingMarks = (db: Reads, listenId: string): number[] =>
  allValues<number>(db, 'SELECT entry FROM relevance_mark WHERE listen_id = ? AND counts = 1 ORDER BY entry', listenId)

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
  relevanceListenTable.get(db, listenId)?.since ?? 0
export const writeRelevanceSince = (db: Writes, listenId: string, since: number): void =>
  relevanceListenTable.put(db, { listen_id: listenId, since })

/** Changes whenever there is something more to learn from. */
export const relevanceStamp = (db: Reads): string =>
  firstValue<string>(
    db,
    `SELECT (SELECT count(*) || '.' || coalesce(sum(counts), 0) || '.' || coalesce(max(entry), 0) FROM relevance_mark) || '/' ||
       (SELECT count(*) || '.' || coalesce(max(closed_at), 0) FROM cases WHERE state = 'closed')`,
  )!

/** Newest mentions that a listen heard. */
export const newestHeard = (db: Reads, listenNo: number, limit: number): number[] =>
  statement(db, 'SELECT seq FROM heard WHERE listen = ? ORDER BY published_at DESC, seq DESC LIMIT ?')
    .pluck()
    .all(listenNo, limit) as number[]
