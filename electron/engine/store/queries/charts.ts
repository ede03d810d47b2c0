import { cut } from '#shared/util/text-length.ts'
import type { Brand } from '#shared/model/brand.ts'
import type { Reads } from '../reads.ts'
import { userFailure } from '#engine/platform/failure.ts'
import { numbersOf } from '../listen-numbers.ts'
import { ALL, rollupSteps } from '../rollups.ts'
import { statement } from '../connections.ts'
import { rowBySeq } from './mentions.ts'
import { medianMinutesToReply, waitingCases } from './case-counts.ts'
import { isHeard } from './heard.ts'
import { barBounds, hourParts, offsetIn, wallMinutes } from './local-time.ts'
import {
  bucketsOf,
  bucketsWithinHours,
  historyBegins,
  historyOf,
  listensOf,
  MINUTE,
  none,
  plus,
  sumOf,
  totalOf,
  type Counts,
} from './rollup-reads.ts'

export interface Period {
  listenIds: string[]
  /** [from, to), to the minute. */
  from: number
  to: number
}

const MOST_BUCKETS = 2000
const WEEK = 7 * 86_400_000
const DAY = 86_400_000

/**
 * Points of a line: every bar of [from, to), empty ones included, the first and the last whole. They begin at round times of
 * `timeZone`, see `barBounds`; without one, at multiples of their width in UTC.
 */
export function sentimentBuckets(
  db: Reads,
  period: Period & { bucketMinutes: number; timeZone?: string },
): (Counts & { at: number })[] {
  const { from, to, bucketMinutes: width, timeZone } = period
  // Before any is made: of 50 years there would be 26 million minutes.
  const estimate = Math.ceil((to - from) / MINUTE / width)
  if (estimate > MOST_BUCKETS) throw userFailure('query.tooManyPoints', { n: estimate, most: MOST_BUCKETS })
  const bounds = timeZone === undefined ? multiples(from, to, width) : barBounds(from, to, width, offsetIn(timeZone))
  const n = bounds.length - 1
  if (n > MOST_BUCKETS) throw userFailure('query.tooManyPoints', { n, most: MOST_BUCKETS })
  const points = bounds.slice(0, -1).map((at) => ({ at, ...none() }))
  if (n <= 0) return []
  const step = [...rollupSteps].reverse().find((one) => bounds.every((at) => at % (one * MINUTE) === 0)) ?? 1
  // Bars of hours and days that begin within an hour of UTC: their edges by the minute, their middle by the hour and day.
  const inParts = step === 1 && width >= 60
  for (const listen of listensOf(db, period.listenIds)) {
    if (inParts) {
      for (const [i, point] of points.entries()) plus(point, sumOf(db, listen, ALL, point.at, bounds[i + 1]!))
      continue
    }
    const [first, end] = [bounds[0]! / (step * MINUTE), bounds[n]! / (step * MINUTE)]
    for (const bucket of bucketsOf(db, step, listen, ALL, first, end)) {
      plus(points[barAt(bounds, bucket.bucket * step * MINUTE)]!, bucket)
    }
  }
  return points
}

function multiples(from: number, to: number, width: number): number[] {
  const first = Math.floor(from / MINUTE / width)
  const end = Math.ceil(to / MINUTE / width)
  return Array.from({ length: end - first + 1 }, (_, i) => (first + i) * width * MINUTE)
}

/** Which bar an instant lies in. */
function barAt(bounds: readonly number[], at: number): number {
  let [low, high] = [0, bounds.length - 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (bounds[middle]! <= at) low = middle
    else high = middle
  }
  return low
}

export function networkCounts(
  db: Reads,
  period: Period,
): { network: string; count: number; negative: number; positive: number }[] {
  const sums = new Map<string, Counts>()
  const sources = statement<{ no: number; network: string }>(db, 'SELECT no, network FROM source_no').all()
  const listens = listensOf(db, period.listenIds)
  for (const { no, network } of sources) {
    const sum = sums.get(network) ?? none()
    for (const listen of listens) plus(sum, sumOf(db, listen, no, period.from, period.to))
    sums.set(network, sum)
  }
  return [...sums]
    .map(([network, sum]) => ({ network, count: totalOf(sum), negative: sum.negative, positive: sum.positive }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.network < b.network ? -1 : 1))
}

export interface BigNumbers {
  heard: number
  timesUsual: number | null
  netSentiment: number | null
  netSentimentBefore: number | null
  waiting: number
  overdue: number
  medianMinutesToReply: number | null
}

/** `now` decides what is overdue. */
export function bigNumbers(db: Reads, period: Period & { now: number }): BigNumbers {
  const { from, to } = period
  const listens = listensOf(db, period.listenIds)
  const sum = (a: number, b: number): Counts => {
    const all = none()
    for (const listen of listens) plus(all, sumOf(db, listen, ALL, a, b))
    return all
  }
  const heard = sum(from, to)
  const usual = usualCount(db, from, (back) => totalOf(sum(from - back, to - back)))
  const waiting = waitingFor(db, period.listenIds.length === 0 ? null : listens)
  return {
    heard: totalOf(heard),
    timesUsual: usual === null || usual === 0 ? null : Math.round((totalOf(heard) / usual) * 100) / 100,
    netSentiment: net(heard),
    netSentimentBefore: net(sum(from - (to - from), from)),
    waiting: waiting.length,
    overdue: waiting.filter((row) => row.dueAt !== null && row.dueAt <= period.now).length,
    medianMinutesToReply: medianMinutesToReply(db, from, to),
  }
}

/** (positive − negative) ÷ all, in hundredths; null when there is nothing. */
function net(counts: Counts): number | null {
  const all = totalOf(counts)
  return all === 0 ? null : Math.round(((counts.positive - counts.negative) / all) * 1000) / 10
}

/** Mean of the same stretch on up to four earlier weeks, else on up to seven earlier days; null without history. */
function usualCount(db: Reads, from: number, countBack: (ms: number) => number): number | null {
  const begins = historyBegins(db)
  if (begins === null) return null
  for (const [step, most] of [
    [WEEK, 4],
    [DAY, 7],
  ] as const) {
    const counts: number[] = []
    for (let n = 1; n <= most && from - n * step >= begins; n++) counts.push(countBack(n * step))
    if (counts.length > 0) return counts.reduce((a, b) => a + b, 0) / counts.length
  }
  return null
}

function waitingFor(db: Reads, listens: number[] | null): { dueAt: number | null }[] {
  const rows = waitingCases(db, 1_000_000)
  if (listens === null) return rows
  const narrow = { listens, sources: null, sentiments: null }
  const at = statement<{ published_at: number }>(db, 'SELECT published_at FROM mention WHERE seq = ?')
  return rows.filter((row) => {
    const found = at.get(row.mentionSeq)
    return found !== undefined && isHeard(db, narrow, { publishedAt: found.published_at, seq: row.mentionSeq })
  })
}

export interface WaitingLine {
  caseId: string
  mentionId: string
  author: string
  deskName: string
  text: string
  dueAt: number | null
  priority: string
  state: string
}

/** Cases that wait for an answer, nearest due time first. */
export function waitingLines(db: Reads, { limit }: { limit: number }): WaitingLine[] {
  const desk = statement<{ name: string }>(
    db,
    "SELECT iif(json_valid(body), json_extract(body, '$.name'), '') AS name FROM desks WHERE id = ?",
  )
  return waitingCases(db, limit).map((row) => {
    const mention = rowBySeq(db, row.mentionSeq)
    return {
      caseId: row.caseId,
      mentionId: row.mentionId,
      author: mention?.author_name ?? mention?.author_handle ?? '',
      deskName: row.deskId === null ? '' : (desk.get(row.deskId)?.name ?? ''),
      text: cut(mention?.title ?? mention?.text ?? '', 300),
      dueAt: row.dueAt,
      priority: row.priority,
      state: row.state,
    }
  })
}

type OurBrand = Brand & { ours: boolean }

/**
 * Share of voice, most first: the mentions of each brand, once each. Of a brand the loudest listen is read from the roll-ups; only
 * what its others heard beside that is looked at one by one. With ids: of these listens alone.
 */
export function voice(
  db: Reads,
  { brands, listenIds, from, to }: Period & { brands: readonly OurBrand[] },
): (OurBrand & { count: number })[] {
  const asked = brands.map((brand) => ({
    ...brand,
    listenIds: brand.listenIds.filter((id) => listenIds.length === 0 || listenIds.includes(id)),
  }))
  return asked
    .filter((brand) => brand.listenIds.length > 0)
    .map((brand) => ({ ...brand, count: heardByAny(db, numbersOf(db, brand.listenIds), from, to) }))
    .sort((a, b) => b.count - a.count)
}

function heardByAny(db: Reads, listens: readonly number[], from: number, to: number): number {
  const loudest = listens
    .map((no) => ({ no, count: totalOf(sumOf(db, no, ALL, from, to)) }))
    .sort((a, b) => b.count - a.count)
  const more = statement(
    db,
    `SELECT count(*) FROM heard h WHERE h.listen = ? AND h.published_at >= ? AND h.published_at < ? AND NOT EXISTS (
       SELECT 1 FROM heard o WHERE o.listen IN (SELECT value FROM json_each(?))
         AND o.published_at = h.published_at AND o.seq = h.seq)`,
  ).pluck()
  let sum = 0
  for (const [at, { no, count }] of loudest.entries()) {
    if (at === 0) sum = count
    else if (count > 0)
      sum += more.get(no, from, to, JSON.stringify(loudest.slice(0, at).map((one) => one.no))) as number
  }
  return sum
}

/** Hours of the week in `timeZone`, as its clocks show them; weekday 1 = Monday. To the hour of UTC, or its parts where zones need them. */
export function heat(
  db: Reads,
  period: Period & { timeZone: string },
): { weekday: number; hour: number; count: number }[] {
  const counts = new Array<number>(7 * 24).fill(0)
  const offset = offsetIn(period.timeZone)
  // Whatever is asked: a zone is looked at for as long as anything was heard.
  const history = historyOf(db)
  const from = Math.max(period.from, history?.from ?? period.to)
  const to = Math.min(period.to, history?.to ?? period.to)
  const parts = hourParts(from, to, offset)
  const first = Math.floor(from / MINUTE / parts)
  const end = Math.ceil(to / MINUTE / parts)
  for (const listen of listensOf(db, period.listenIds)) {
    for (const bucket of bucketsWithinHours(db, parts, listen, first, end)) {
      counts[weekSlot(wallMinutes(bucket.bucket * parts * MINUTE, offset))]! += totalOf(bucket)
    }
  }
  return counts.map((count, i) => ({ weekday: Math.floor(i / 24) + 1, hour: i % 24, count }))
}

/** Minutes on the wall since 1970 → hour of the week, 0 … 167, from Monday. */
function weekSlot(minutes: number): number {
  const hours = Math.floor(minutes / 60)
  return (((hours - 4 * 24) % 168) + 168) % 168
}
