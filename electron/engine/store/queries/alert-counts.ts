import { allRows, statement } from '../connections.ts'
import type { Reads } from '../reads.ts'
import { currentListens } from '../listen-numbers.ts'
import { CLOCK_RUNS } from './case-counts.ts'
import { ALL } from '../rollups.ts'
import { bucketsOf } from './rollup-reads.ts'

/** What a minute of a listen and source brought. */
export interface MinuteCounts {
  all: number
  negative: number
}

/** Counts of the minutes [from, to), each with anything in it. */
export const minutesOf = (
  db: Reads,
  listen: number,
  source: number,
  from: number,
  to: number,
): Map<number, MinuteCounts> =>
  new Map(
    bucketsOf(db, 1, listen, source, from, to).map(({ bucket, negative, neutral, positive }) => [
      bucket,
      { all: negative + neutral + positive, negative },
    ]),
  )

export interface WatchedListen {
  no: number
  id: string
  name: string
}

/** Listens that are switched on and whose history is counted: one that was changed waits until it is. */
export function watchedListens(db: Reads): WatchedListen[] {
  const named = new Map(
    allRows<{ id: string; name: string }>(
      db,
      'SELECT id, name FROM listens WHERE enabled = 1 AND removed_at IS NULL',
    ).map(({ id, name }) => [id, name]),
  )
  const counting = new Set(allRows<{ listen: number }>(db, 'SELECT listen FROM backfill').map(({ listen }) => listen))
  return currentListens(db).flatMap(({ no, listenId: id }) => {
    const name = named.get(id)
    return name === undefined || counting.has(no) ? [] : [{ no, id, name }]
  })
}

/** Mentions of anything in [from, to), instants in milliseconds, to the minute. */
export const heardBetween = (db: Reads, from: number, to: number): number =>
  bucketsOf(db, 1, ALL, ALL, Math.floor(from / 60_000), Math.floor(to / 60_000)).reduce(
    (sum, one) => sum + one.negative + one.neutral + one.positive,
    0,
  )

/**
 * Problems that anything could be said of, as their numbers, the loudest first: `few` mentions since `hour`, or one and `many` since `day`. Counted in
 * the index of their members; most problems are of one or two.
 */
export const problemsSpokenOf = (
  db: Reads,
  { hour, day, few, many }: { hour: number; day: number; few: number; many: number },
): number[] =>
  allRows<{ no: number }>(
    db,
    `SELECT m.no, count(*) AS n FROM problem_member m JOIN problem p ON p.no = m.no
     WHERE m.seen_at >= ? AND p.merged_into IS NULL GROUP BY m.no
     HAVING n >= ? OR (SELECT count(*) FROM problem_member d WHERE d.no = m.no AND d.seen_at >= ?) >= ?
     ORDER BY n DESC, m.no LIMIT 500`,
    hour,
    few,
    day,
    many,
  ).map(({ no }) => no)

/** A mention as far as an alert's cause is found in it. */
export interface CauseMention {
  seq: number
  at: number
  text: string
  lang: string
  network: string
  country: string | null
  author: number | null
  handle: string | null
  followers: number | null
  sentiment: number
  private: number
  /** Numbers of listens with commas; null: none heard it. */
  listens: string | null
  root: number
  problem: number | null
}

const causeColumns = `m.seq, m.published_at AS at, m.text, m.lang, m.network, m.country, m.author_key AS author,
  coalesce(m.author_name, m.author_handle) AS handle, m.followers, m.sentiment, m.private, m.listens,
  coalesce(m.duplicate_of, m.seq) AS root, p.no AS problem`

/** What was heard of a listen in a stretch, newest first; no history of imports. */
export const heardWithin = (db: Reads, listen: number, from: number, to: number, limit: number): CauseMention[] =>
  statement<CauseMention>(
    db,
    `SELECT ${causeColumns} FROM heard h JOIN mention m ON m.seq = h.seq LEFT JOIN problem_member p ON p.mention_seq = m.seq
     WHERE h.listen = ? AND h.published_at >= ? AND h.published_at < ? AND m.arrival IS NOT 1
     ORDER BY h.published_at DESC, h.seq DESC LIMIT ?`,
  ).all(listen, from, to, limit)

/** A mention as far as a problem is counted in people. */
export type ProblemMention = Pick<
  CauseMention,
  'seq' | 'at' | 'network' | 'country' | 'author' | 'followers' | 'sentiment' | 'root'
>

const OF_PROBLEM = `FROM problem_member p JOIN mention m ON m.seq = p.mention_seq
     WHERE p.no = ? AND p.seen_at >= ? AND m.arrival IS NOT 1 AND m.published_at >= ?
     ORDER BY p.seen_at DESC, p.mention_seq DESC LIMIT ?`

/** Who spoke of a problem since it arrived then, newest first, without a word of it; no history of imports. */
export const countedOfProblem = (db: Reads, no: number, since: number, limit: number): ProblemMention[] =>
  statement<ProblemMention>(
    db,
    `SELECT m.seq, m.published_at AS at, m.network, m.country, m.author_key AS author, m.followers, m.sentiment,
       coalesce(m.duplicate_of, m.seq) AS root ${OF_PROBLEM}`,
  ).all(no, since, since, limit)

/** The member of a problem that arrived last, as its row; null: it has none. */
export const newestOfProblem = (db: Reads, no: number): number | null =>
  statement<{ seq: number }>(
    db,
    'SELECT mention_seq AS seq FROM problem_member WHERE no = ? ORDER BY seen_at DESC LIMIT 1',
  ).get(no)?.seq ?? null

/** What was said of a problem since it arrived then, newest first; no history of imports. */
export const saidOfProblem = (db: Reads, no: number, since: number, limit: number): CauseMention[] =>
  statement<CauseMention>(db, `SELECT ${causeColumns} ${OF_PROBLEM}`).all(no, since, since, limit)

/** What was complained of since then whatever problem it is filed under, newest first; no history of imports. */
export const complainedSince = (db: Reads, since: number, limit: number): CauseMention[] =>
  statement<CauseMention>(
    db,
    `SELECT ${causeColumns} FROM problem_member p JOIN mention m ON m.seq = p.mention_seq
     WHERE p.seen_at >= ? AND m.arrival IS NOT 1 AND m.published_at >= ?
     ORDER BY p.seen_at DESC, p.mention_seq DESC LIMIT ?`,
  ).all(since, since, limit)

/** A mention that has the words of another, and that other. */
export interface Copy {
  root: number
  author: number
  at: number
  /** null: the other shares somebody's post openly, or nobody knows who wrote it. */
  rootAuthor: number | null
  rootAt: number
}

/** Copies since then that arrived after one mention up to another, the newest first; nobody who shares a post openly, no history of imports. */
export const copiesSince = (db: Reads, since: number, after: number, upTo: number, limit: number): Copy[] =>
  statement<Copy>(
    db,
    `SELECT m.duplicate_of AS root, m.author_key AS author, m.published_at AS at,
       CASE WHEN r.kind <> 'repost' THEN r.author_key END AS rootAuthor, r.published_at AS rootAt
     FROM heard h JOIN mention m ON m.seq = h.seq JOIN mention r ON r.seq = m.duplicate_of
     WHERE h.listen = 0 AND h.published_at >= ? AND h.seq > ? AND h.seq <= ? AND m.kind <> 'repost'
       AND m.text NOT LIKE 'RT %' AND m.author_key IS NOT NULL AND m.arrival IS NOT 1
     ORDER BY h.published_at DESC LIMIT ?`,
  ).all(since, after, upTo, limit)

/** Who wrote these words since then, the newest first. */
export const sharingText = (db: Reads, root: number, since: number, limit: number): CauseMention[] =>
  statement<CauseMention>(
    db,
    `SELECT ${causeColumns} FROM heard h JOIN mention m ON m.seq = h.seq
       LEFT JOIN problem_member p ON p.mention_seq = m.seq
     WHERE h.listen = 0 AND h.published_at >= ? AND (m.duplicate_of = ? OR m.seq = ?) AND m.arrival IS NOT 1
     ORDER BY h.published_at DESC, h.seq DESC LIMIT ?`,
  ).all(since, root, root, limit)

/** Those of these mentions that are stored, newest first; no history of imports. */
export const mentionsBySeq = (db: Reads, seqs: readonly number[]): CauseMention[] =>
  statement<CauseMention>(
    db,
    `SELECT ${causeColumns} FROM json_each(?) e JOIN mention m ON m.seq = e.value
       LEFT JOIN problem_member p ON p.mention_seq = m.seq
     WHERE m.arrival IS NOT 1 ORDER BY m.published_at DESC, m.seq DESC`,
  ).all(JSON.stringify(seqs))

/** What an import brought of a time that is not long ago: it is counted, and it is no news. */
export interface ImportedLately {
  minute: number
  source: string
  negative: number
  listens: string | null
}

export const importedLately = (db: Reads, since: number, after: number, upTo: number): ImportedLately[] =>
  statement<ImportedLately>(
    db,
    `SELECT m.published_at / 60000 AS minute, m.source_id AS source, m.sentiment = 0 AS negative, m.listens
     FROM heard h JOIN mention m ON m.seq = h.seq
     WHERE h.listen = 0 AND h.published_at >= ? AND h.seq > ? AND h.seq <= ? AND m.arrival = 1`,
  ).all(since, after, upTo)

/** Cases whose clock breaks before then, and those of them that nobody has in hand, by desk. */
export const clocksBefore = (
  db: Reads,
  now: number,
  before: number,
): { desk: string; due: number; untaken: number }[] =>
  allRows<{ desk: string; due: number; untaken: number }>(
    db,
    `SELECT desk_id AS desk, count(*) AS due, sum(officer_id IS NULL) AS untaken FROM cases
     WHERE state <> 'closed' AND ${CLOCK_RUNS} AND due_at >= ? AND due_at < ? AND desk_id IS NOT NULL GROUP BY desk_id`,
    now,
    before,
  )

/** So many cases a desk closed since then. */
export const closedOf = (db: Reads, desk: string, since: number): number =>
  statement<{ n: number }>(
    db,
    `SELECT count(*) AS n FROM cases WHERE desk_id = ? AND state = 'closed' AND closed_at >= ?`,
  ).get(desk, since)?.n ?? 0
