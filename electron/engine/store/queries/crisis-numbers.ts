import type { CrisisNumbers, CrisisPart, CrisisPoint } from '#shared/model/crisis-view.ts'
import { allRows, statement } from '../connections.ts'
import type { Reads } from '../reads.ts'
import type { CauseMention } from './alert-counts.ts'
import { CLOCK_RUNS } from './case-counts.ts'

/** What a crisis is about, as rows of this file. Instants in milliseconds; `to` is exclusive. */
export interface CrisisScope {
  from: number
  to: number
  problems: number[]
  listens: number[]
  sources: string[]
  desks: string[]
  /** Everything that is heard. */
  all: boolean
}

export interface NumbersInput extends CrisisScope {
  now: number
  /** Minutes of a point. */
  width: number
}

/** So many of its newest mentions are counted: a day of 2 a second. */
const MOST = 200_000
const MOST_PARTS = 8
const MINUTE = 60_000
const NEGATIVE = 0

/**
 * Rows of its mentions. Each part is one range of an index: members of a problem, what a listen heard, what a desk was given;
 * a source's are looked up among all that was heard.
 */
const SCOPE = `
  SELECT mention_seq AS seq FROM problem_member
    WHERE no IN (SELECT value FROM json_each(@problems)) AND seen_at >= @from AND published_at >= @from AND published_at < @to
  UNION SELECT seq FROM heard
    WHERE listen IN (SELECT value FROM json_each(@listens)) AND published_at >= @from AND published_at < @to
  UNION SELECT mention_seq FROM cases
    WHERE desk_id IN (SELECT value FROM json_each(@desks)) AND published_at >= @from AND published_at < @to
  UNION SELECT h.seq FROM heard h JOIN mention m ON m.seq = h.seq
    WHERE @sources <> '[]' AND h.listen = 0 AND h.published_at >= @from AND h.published_at < @to
      AND m.source_id IN (SELECT value FROM json_each(@sources))`

const named = ({ from, to, problems, listens, sources, desks, all }: CrisisScope) => ({
  from,
  to,
  problems: JSON.stringify(problems),
  // Listen 0 is all that is heard.
  listens: JSON.stringify(all ? [0] : listens),
  sources: JSON.stringify(sources),
  desks: JSON.stringify(desks),
})

interface Row {
  at: number
  author: number | null
  followers: number | null
  sentiment: number
  network: string
  lang: string
  country: string | null
  state: string | null
  late: number | null
}

type Parts = Map<string, CrisisPart>
function add(parts: Parts, name: string | null, row: Row, isUnanswered: boolean): void {
  if (name === null || name === '' || name === 'und') return
  let part = parts.get(name)
  if (part === undefined) parts.set(name, (part = { name, mentions: 0, negative: 0, unanswered: 0 }))
  part.mentions++
  if (row.sentiment === NEGATIVE) part.negative++
  if (isUnanswered) part.unanswered++
}
const most = (parts: Parts): CrisisPart[] =>
  [...parts.values()]
    .sort((a, b) => b.mentions - a.mentions || (a.name < b.name ? -1 : Number(a.name > b.name)))
    .slice(0, MOST_PARTS)

function emptyPoints({ from, to, width, now }: NumbersInput): { first: number; points: CrisisPoint[] } {
  const step = width * MINUTE
  const first = Math.floor(from / step)
  const last = Math.floor((Math.min(to, now + 1) - 1) / step)
  return {
    first,
    points: Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => ({
      at: (first + i) * step,
      mentions: 0,
      people: 0,
      negative: 0,
    })),
  }
}

/** Everything that is counted of a crisis, from the rows of its mentions and their cases; no text is read. */
export function crisisNumbers(db: Reads, input: NumbersInput): CrisisNumbers {
  const rows = statement<Row>(
    db,
    `WITH scope (seq) AS (${SCOPE})
     SELECT m.published_at AS at, m.author_key AS author, m.followers, m.sentiment, m.network, m.lang, m.country,
       c.state, (c.state IS NOT NULL AND ${CLOCK_RUNS.replaceAll('state', 'c.state').replaceAll('promise', 'c.promise')}
         AND c.due_at <= @now) AS late
     FROM scope s JOIN mention m ON m.seq = s.seq LEFT JOIN cases c ON c.mention_seq = m.seq
     WHERE m.arrival IS NOT 1 ORDER BY m.published_at DESC LIMIT @most`,
  ).all({ ...named(input), now: input.now, most: MOST + 1 })
  const complete = rows.length <= MOST
  const { first, points } = emptyPoints(input)
  const step = input.width * MINUTE
  const people = new Set<number>()
  const [networks, languages, countries]: [Parts, Parts, Parts] = [new Map(), new Map(), new Map()]
  const cases = { open: 0, unanswered: 0, answered: 0, late: 0 }
  const sum = { mentions: 0, people: 0, negative: 0, reach: 0, lastHour: 0 }
  const reach = new Map<number, number>()
  // The oldest first: who speaks again is nobody new.
  for (const row of rows.slice(0, MOST).reverse()) {
    const point = points[Math.floor(row.at / step) - first]
    const isNew = row.author === null || !people.has(row.author)
    if (row.author !== null) {
      people.add(row.author)
      reach.set(row.author, Math.max(reach.get(row.author) ?? 0, row.followers ?? 0))
    } else sum.reach += row.followers ?? 0
    const negative = Number(row.sentiment === NEGATIVE)
    sum.mentions++
    sum.negative += negative
    if (isNew) sum.people++
    if (row.at >= input.now - 60 * MINUTE) sum.lastHour++
    if (point) {
      point.mentions++
      point.negative += negative
      if (isNew) point.people++
    }
    const isUnanswered = row.state !== null && row.state !== 'replied' && row.state !== 'closed'
    if (row.state !== null) {
      if (row.state !== 'closed') cases.open++
      if (isUnanswered) cases.unanswered++
      cases.late += row.late ?? 0
    }
    add(networks, row.network, row, isUnanswered)
    add(languages, row.lang, row, isUnanswered)
    add(countries, row.country, row, isUnanswered)
  }
  for (const followers of reach.values()) sum.reach += followers
  cases.answered = answeredIn(db, input)
  return {
    width: input.width,
    points,
    ...sum,
    cases,
    networks: most(networks),
    languages: most(languages),
    countries: most(countries),
    complete,
  }
}

/** Cases of it whose customers heard back, also those that are closed by now. */
const answeredIn = (db: Reads, scope: CrisisScope): number =>
  statement<{ n: number }>(
    db,
    `WITH scope (seq) AS (${SCOPE})
     SELECT count(*) AS n FROM scope s JOIN cases c ON c.mention_seq = s.seq WHERE c.replied_at IS NOT NULL`,
  ).get(named(scope))?.n ?? 0

export interface CrisisDeed {
  at: number
  kind: 'case.replied' | 'case.accepted' | 'answer.failed'
  by: string
}

/** Who took and answered its cases, from the journal, oldest first; what was taken back is not among it. */
export const crisisDeeds = (db: Reads, { most: limit, ...scope }: CrisisScope & { most: number }): CrisisDeed[] =>
  statement<CrisisDeed>(
    db,
    `WITH scope (seq) AS (${SCOPE})
     SELECT j.at, j.kind, j.actor_name AS by FROM journal j
     WHERE j.kind IN ('case.replied', 'case.accepted', 'answer.failed') AND j.at >= @from AND j.at < @to
       AND j.case_id IN (SELECT c.id FROM scope s JOIN cases c ON c.mention_seq = s.seq)
       AND NOT EXISTS (SELECT 1 FROM journal u WHERE u.case_id = j.case_id AND u.kind = 'case.undone'
         AND json_extract(u.data, '$.undoes') = j.seq)
     ORDER BY j.at DESC, j.seq DESC LIMIT @limit`,
  )
    .all({ ...named(scope), limit })
    .reverse()

/** The newest of what was said of it, to find what drives it; no history of imports. */
export const saidOfCrisis = (db: Reads, { most: limit, ...scope }: CrisisScope & { most: number }): CauseMention[] =>
  statement<CauseMention>(
    db,
    `WITH scope (seq) AS (${SCOPE})
     SELECT m.seq, m.published_at AS at, m.text, m.lang, m.network, m.country, m.author_key AS author,
       coalesce(m.author_name, m.author_handle) AS handle, m.followers, m.sentiment, m.private, m.listens,
       coalesce(m.duplicate_of, m.seq) AS root, p.no AS problem
     FROM scope s JOIN mention m ON m.seq = s.seq LEFT JOIN problem_member p ON p.mention_seq = m.seq
     WHERE m.arrival IS NOT 1 ORDER BY m.published_at DESC, m.seq DESC LIMIT @limit`,
  ).all({ ...named(scope), limit })

/** What of a mention says which crises it belongs to. */
export interface Belongings {
  at: number
  source: string
  network: string
  lang: string
  /** Numbers of listens with commas; null: none heard it. */
  listens: string | null
  problem: number | null
  desk: string | null
}

/** undefined: it is not stored here. */
export const belongings = (db: Reads, seq: number): Belongings | undefined =>
  allRows<Belongings>(
    db,
    `SELECT m.published_at AS at, m.source_id AS source, m.network, m.lang, m.listens, p.no AS problem, c.desk_id AS desk
     FROM mention m LEFT JOIN problem_member p ON p.mention_seq = m.seq LEFT JOIN cases c ON c.mention_seq = m.seq
     WHERE m.seq = ?`,
    seq,
  )[0]
