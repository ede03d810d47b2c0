import type { Reads, Writes } from '../reads.ts'
import { allRows, statement } from '../connections.ts'
import { rowOf } from '../station-id.ts'
import type { RowOf } from '../table.ts'
import { memberTable, problemTable } from '../tables/problems.ts'

export type ProblemRow = RowOf<typeof problemTable>
export type MemberRow = RowOf<typeof memberTable>

export interface ProblemNumbers {
  mentions: number
  authors: number
  networks: string[]
  firstSeen: number
  lastSeen: number
  lastHour: number
  /** Mean an hour over the day before the last hour, from the first mention on; null: heard for less than an hour before. */
  usualHour: number | null
}

/** A problem's number as everybody outside the store names it, and back; undefined: no such name. */
export const problemId = (no: number): string => `prb_${no.toString(36)}`
export function problemNo(id: string): number | undefined {
  const [, no] = /^prb_([0-9a-z]{1,10})$/.exec(id) ?? []
  return no === undefined ? undefined : Number.parseInt(no, 36)
}

const HOUR = 3_600_000

export const problemRow = (db: Reads, no: number): ProblemRow | undefined => problemTable.get(db, no)

/** Problems heard since `since` that are neither merged away nor, unless asked for, closed. */
export const problemsHeardSince = (db: Reads, since: number, withClosed: boolean): ProblemRow[] =>
  problemTable.all(
    db,
    `WHERE merged_into IS NULL AND (closed_at IS NULL OR ?)
       AND no IN (SELECT DISTINCT no FROM problem_member WHERE seen_at >= ?)`,
    withClosed ? 1 : 0,
    since,
  )

export const insertProblem = (db: Writes, row: Pick<ProblemRow, 'no' | 'label' | 'created_at'>): boolean =>
  problemTable.insert(db, { ...problemTable.initial, ...row })
/** The machine's own name for it. */
export const setLabel = (db: Writes, no: number, label: string): void =>
  void statement(db, 'UPDATE problem SET label = ? WHERE no = ?').run(label, no)
/** What people decide about a problem. Problems are named by their ids. */
export interface ProblemState {
  id: string
  label: string
  /** An officer named it. */
  named: boolean
  closedAt: number | null
  mergedInto: string | null
  splitFrom: string | null
}

const idOrNull = (no: number | null): string | null => (no === null ? null : problemId(no))

export const problemState = (row: ProblemRow): ProblemState => ({
  id: problemId(row.no),
  label: row.label,
  named: row.named === 1,
  closedAt: row.closed_at,
  mergedInto: idOrNull(row.merged_into),
  splitFrom: idOrNull(row.split_from),
})

/** Changes it, or makes it as of `at`. */
export function putProblem(db: Writes, problem: ProblemState, at: number): void {
  problemTable.put(db, {
    no: problemNo(problem.id)!,
    label: problem.label,
    named: problem.named ? 1 : 0,
    created_at: at,
    closed_at: problem.closedAt,
    merged_into: problemNo(problem.mergedInto ?? '') ?? null,
    split_from: problemNo(problem.splitFrom ?? '') ?? null,
  })
}

export const memberOf = (db: Reads, mentionSeq: number): MemberRow | undefined => memberTable.get(db, mentionSeq)

export const insertMember = (db: Writes, row: MemberRow): boolean => memberTable.insert(db, row, 'REPLACE')

/** What a row holds that only an officer's word made. */
const unseen = { published_at: 0, seen_at: 0, author_key: null, network: '' }
/**
 * Somebody says where a mention belongs; what a person said the machine leaves alone. What else its row holds is the machine's: it is there already
 * where the mention is.
 */
export function moveMember(db: Writes, mentionId: string, no: number, byPerson = true): void {
  const seq = rowOf(db, mentionId)
  if (seq === null) return
  memberTable.put(db, { ...(memberOf(db, seq) ?? { ...unseen, mention_seq: seq }), no, by_officer: byPerson ? 1 : 0 })
}

/** Mentions and, once each, authors of a problem; unknown authors are as many nulls as there are. */
export function problemTotals(db: Reads, no: number): { mentions: number; authors: (number | null)[] } {
  const rows = statement<{ author: number | null; mentions: number }>(
    db,
    'SELECT author_key AS author, count(*) AS mentions FROM problem_member WHERE no = ? GROUP BY author_key',
  ).all(no)
  return {
    mentions: rows.reduce((sum, row) => sum + row.mentions, 0),
    authors: rows.flatMap(({ author, mentions }) =>
      author === null ? new Array<null>(mentions).fill(null) : [author],
    ),
  }
}

/** When and by whom, oldest first. */
export const eventsSince = (db: Reads, no: number, since: number): { at: number; author: number | null }[] =>
  statement<{ at: number; author: number | null }>(
    db,
    'SELECT seen_at AS at, author_key AS author FROM problem_member WHERE no = ? AND seen_at >= ? ORDER BY seen_at',
  ).all(no, since)

export interface MemberSeen {
  seq: number
  at: number
  author: number | null
}
/** All members, in order of arrival. */
export const membersInOrder = (db: Reads, no: number): MemberSeen[] =>
  statement<MemberSeen>(
    db,
    'SELECT mention_seq AS seq, seen_at AS at, author_key AS author FROM problem_member WHERE no = ? ORDER BY mention_seq',
  ).all(no)

/** Problems that an officer made by splitting another, as far as both still stand. */
export const splitRows = (db: Reads): { no: number; from: number }[] =>
  statement<{ no: number; from: number }>(
    db,
    `SELECT p.no, p.split_from AS "from" FROM problem p JOIN problem o ON o.no = p.split_from
     WHERE p.merged_into IS NULL AND o.merged_into IS NULL ORDER BY p.no`,
  ).all()

export interface ProblemText {
  text: string
  lang: string
  sentiment: number
}

/** Members among which it is looked whether everybody can read one of them. */
const NEWEST = `(SELECT mention_seq FROM problem_member WHERE no = ? ORDER BY seen_at DESC, mention_seq DESC LIMIT 1000)`

/** Newest mentions of a problem. */
export const textsOf = (db: Reads, no: number, limit: number): ProblemText[] =>
  statement<ProblemText>(
    db,
    `SELECT m.text, m.lang, m.sentiment FROM problem_member p JOIN mention m ON m.seq = p.mention_seq
     WHERE p.no = ? ORDER BY p.seen_at DESC, p.mention_seq DESC LIMIT ?`,
  ).all(no, limit)

/** The newest that everybody can read, of those that `publicMembers` counts: as long as there is one, no name of the problem needs the others' words. */
export const publicTextsOf = (db: Reads, no: number, limit: number): ProblemText[] =>
  statement<ProblemText>(
    db,
    `SELECT m.text, m.lang, m.sentiment FROM ${NEWEST} p JOIN mention m ON m.seq = p.mention_seq
     WHERE m.private = 0 LIMIT ?`,
  ).all(no, limit)

export const textOf = (db: Reads, seq: number): { text: string; lang: string } | undefined =>
  statement<{ text: string; lang: string }>(db, 'SELECT text, lang FROM mention WHERE seq = ?').get(seq)

/** How many of a problem's newest thousand mentions everybody can read; counted up to two. */
export const publicMembers = (db: Reads, no: number): number =>
  statement(
    db,
    `SELECT 1 FROM ${NEWEST} p
     JOIN mention m ON m.seq = p.mention_seq WHERE m.private = 0 LIMIT 2`,
  ).all(no).length

/** Rows of the newest members' mentions, oldest first. */
export const newestMembers = (db: Reads, limit: number): { seq: number; no: number; text: string; lang: string }[] =>
  allRows<{ seq: number; no: number; text: string; lang: string }>(
    db,
    `SELECT p.mention_seq AS seq, p.no, m.text, m.lang FROM problem_member p JOIN mention m ON m.seq = p.mention_seq
     ORDER BY p.mention_seq DESC LIMIT ?`,
    limit,
  ).reverse()

export const membersOf = (db: Reads, no: number, limit: number): number[] =>
  statement(db, 'SELECT mention_seq FROM problem_member WHERE no = ? ORDER BY seen_at DESC, mention_seq DESC LIMIT ?')
    .pluck()
    .all(no, limit) as number[]

/** The highest number ever given to a group. */
export const lastProblemNo = (db: Reads): number =>
  Math.max(
    (statement(db, 'SELECT max(no) FROM problem').pluck().get() as number | null) ?? 0,
    (statement(db, 'SELECT max(no) FROM problem_member').pluck().get() as number | null) ?? 0,
  )

/** Unknown authors count as one each: nobody can say that they are the same. */
export function countSince(db: Reads, no: number, since: number): { mentions: number; authors: number } {
  return statement<{ mentions: number; authors: number }>(
    db,
    `SELECT count(*) AS mentions, count(DISTINCT author_key) + sum(author_key IS NULL) AS authors
     FROM problem_member WHERE no = ? AND seen_at >= ?`,
  ).get(no, since) as { mentions: number; authors: number }
}

export function problemNumbers(db: Reads, no: number, now: number): ProblemNumbers | null {
  const all = statement<{ mentions: number; authors: number; first: number; last: number }>(
    db,
    `SELECT count(*) AS mentions, count(DISTINCT author_key) + sum(author_key IS NULL) AS authors,
       min(published_at) AS first, max(published_at) AS last
     FROM problem_member WHERE no = ?`,
  ).get(no)
  if (!all || all.mentions === 0) return null
  const networks = statement(db, 'SELECT DISTINCT network FROM problem_member WHERE no = ? ORDER BY network')
    .pluck()
    .all(no)
  const lastHour = countSince(db, no, now - HOUR).mentions
  const lastDay = countSince(db, no, now - 25 * HOUR).mentions
  const hours = Math.min(24, (now - HOUR - all.first) / HOUR)
  return {
    mentions: all.mentions,
    authors: all.authors,
    networks: networks as string[],
    firstSeen: all.first,
    lastSeen: all.last,
    lastHour,
    usualHour: hours < 1 ? null : (lastDay - lastHour) / hours,
  }
}
