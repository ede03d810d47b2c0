import type { QuestionContext } from '../questions.ts'
import type { Reads } from '../reads.ts'
import { ALL } from '../rollups.ts'
import { statement } from '../connections.ts'
import { isMuted } from './mutes.ts'
import { type Card, cardOfRow } from './cards.ts'
import {
  cursorOf,
  type Filter,
  isBefore,
  narrowed,
  type Narrow,
  newestFirst,
  type PageStart,
  type Place,
} from './filter.ts'
import { heard, isHeard } from './heard.ts'
import { lastSeq, rowBySeq } from './mentions.ts'
import { countSearch, searchNewest, textMatches } from './text-search.ts'

export interface PageQuestion {
  filter: Filter
  before: PageStart | null
  limit: number
}

export interface Page {
  items: Card[]
  next: string | null
  total: number | null
  estimated: boolean
  liveFrom: number
}

/** So many mentions are matched one by one in some 5 ms, and those of the last second are among them. */
const FEW_HEARD = 250

/** Matches of a search are counted up to here: "more than 500" is as good an answer to whoever reads it. */
const MOST_COUNTED = 500

/** States in which the customer has not heard back. */
const WAITING = "('new', 'routed', 'accepted')"

/** Newest first. Without a query, mentions of muted authors and conversations are left out; a search finds them too. */
export function page(db: Reads, question: PageQuestion, context: QuestionContext): Page {
  const { filter, before } = question
  const liveFrom = lastSeq(db)
  const narrow = narrowed(db, filter)
  const { items, next, complete } = byWords(db, filter, narrow)
    ? searched(db, question, narrow, context)
    : listed(db, question, narrow, context)
  const whole = before === null && next === null && complete
  const countable = before === null && complete && filter.query !== '' && !filter.unanswered
  const found = !whole && countable ? countSearch(db, { filter, narrow }, MOST_COUNTED, context) : null
  const counted = whole ? items.length : (found?.count ?? countOf(db, filter, narrow))
  return {
    items,
    next: next && cursorOf(next),
    total: counted,
    estimated: found ? !found.complete : !whole && narrow.listens.length > 1,
    liveFrom,
  }
}

interface Found {
  items: Card[]
  next: PageStart | null
  /** false: not everything could be looked at. */
  complete: boolean
}

/** Through the index, unless what the listens heard is little enough to be looked at one by one. */
const byWords = (db: Reads, filter: Filter, narrow: Narrow): boolean =>
  filter.query !== '' &&
  !filter.unanswered &&
  narrow.listens.length > 0 &&
  (narrow.listens[0] === ALL || heardInAll(db, narrow) > FEW_HEARD)

function searched(db: Reads, question: PageQuestion, narrow: Narrow, context: QuestionContext): Found {
  const { found, complete, next } = searchNewest(db, { ...question, narrow }, context)
  const items = found.flatMap(({ seq }) => {
    const row = rowBySeq(db, seq)
    return row ? [cardOfRow(db, row, question.filter.query)] : []
  })
  return { items, complete, next }
}

function listed(db: Reads, question: PageQuestion, narrow: Narrow, context: QuestionContext): Found {
  const { filter, before, limit } = question
  const items: Card[] = []
  let last: Place | null = null
  for (const place of places(db, filter, narrow, before)) {
    const row = rowBySeq(db, place.seq)
    if (!row || (filter.query === '' && isMuted(db, row.author_key, row.thread_key))) continue
    if (items.length === limit) return { items, next: last, complete: true }
    items.push(cardOfRow(db, row, filter.query))
    last = place
    if (context.cancelled()) break
  }
  return { items, next: null, complete: true }
}

/** `to` is exclusive: the same as beginning behind that moment. */
function upTo(before: Place | null, to: number | null): Place | null {
  if (to === null) return before
  const end = { publishedAt: to, seq: 0 }
  return before && isBefore(before, end) ? before : end
}

function places(db: Reads, filter: Filter, narrow: Narrow, before: PageStart | null): Iterable<Place> {
  if (narrow.listens.length === 0) return []
  if (filter.unanswered) return unanswered(db, filter, narrow, upTo(before, filter.to))
  const rows = heard(db, narrow, upTo(before, filter.to), filter.from)
  if (filter.query === '') return rows
  const fits = textMatches(db, filter.query)
  return filtered(rows, (place) => fits(place.seq) && (before?.below == null || place.seq < before.below))
}

function* filtered(places: Iterable<Place>, fits: (place: Place) => boolean): Generator<Place> {
  for (const place of places) if (fits(place)) yield place
}

/** From the open cases, which are few, instead of from the mentions. */
function* unanswered(db: Reads, filter: Filter, narrow: Narrow, before: Place | null): Generator<Place> {
  const rows = statement<Place>(
    db,
    `SELECT mention_seq AS seq, published_at AS publishedAt FROM cases WHERE state IN ${WAITING}`,
  ).all()
  rows.sort(newestFirst)
  const fits = filter.query === '' ? null : textMatches(db, filter.query)
  for (const place of rows) {
    if (before && !isBefore(place, before)) continue
    if (filter.from !== null && place.publishedAt < filter.from) return
    if (isHeard(db, narrow, place) && (!fits || fits(place.seq))) yield place
  }
}

/** What the listens heard, from the day roll-ups. */
function heardInAll(db: Reads, narrow: Narrow): number {
  const sum = statement<{ n: number | null }>(
    db,
    'SELECT sum(negative + neutral + positive) AS n FROM rollup WHERE step = 1440 AND listen = ? AND source = 0',
  )
  return narrow.listens.reduce((total, listen) => total + (sum.get(listen)?.n ?? 0), 0)
}

/** From the day roll-ups, when the filter is one that they count; null otherwise. */
function countOf(db: Reads, filter: Filter, narrow: Narrow): number | null {
  if (filter.query !== '' || filter.unanswered || filter.from !== null || filter.to !== null) return null
  const sum = statement<{ negative: number | null; neutral: number | null; positive: number | null }>(
    db,
    `SELECT sum(negative) AS negative, sum(neutral) AS neutral, sum(positive) AS positive
     FROM rollup WHERE step = 1440 AND listen = ? AND source = ?`,
  )
  let total = 0
  for (const listen of narrow.listens) {
    for (const source of narrow.sources ?? [ALL]) {
      const row = sum.get(listen, source)!
      const counts = [row.negative ?? 0, row.neutral ?? 0, row.positive ?? 0]
      for (const label of narrow.sentiments ?? [0, 1, 2]) total += counts[label]!
    }
  }
  return total
}
