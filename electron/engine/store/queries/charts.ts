import type { Reads } from '../reads.ts'
import { userFailure } from '#engine/platform/failure.ts'
import { currentListens } from '../listen-numbers.ts'
import { ALL } from '../rollups.ts'
import { statement } from '../connections.ts'
import { rowBySeq } from './mentions.ts'
import { medianMinutesToReply, waitingCases } from './case-counts.ts'
import { isHeard } from './heard.ts'
import {
  bucketsOf,
  historyBegins,
  listensOf,
  MINUTE,
  none,
  plus,
  stepFor,
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

/** Points of a line: every bucket of [from, to), empty ones included. Buckets begin at multiples of their width, in UTC. */
export function sentimentBuckets(db: Reads, period: Period & { bucketMinutes: number }): (Counts & { at: number })[] {
  const width = period.bucketMinutes
  const first = Math.floor(period.from / MINUTE / width)
  const end = Math.ceil(period.to / MINUTE / width)
  if (end - first > MOST_BUCKETS) {
    throw userFailure('query.tooManyPoints', { n: end - first, most: MOST_BUCKETS })
  }
  const points: (Counts & { at: number })[] = []
  for (let i = first; i < end; i++) points.push({ at: i * width * MINUTE, ...none() })
  const step = stepFor(width)
  const factor = width / step
  for (const listen of listensOf(db, period.listenIds)) {
    for (const bucket of bucketsOf(db, step, listen, ALL, first * factor, end * factor)) {
      plus(points[Math.floor(bucket.bucket / factor) - first]!, bucket)
    }
  }
  return points
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
  const desk = statement<{ name: string }>(db, "SELECT json_extract(body, '$.name') AS name FROM desks WHERE id = ?")
  return waitingCases(db, limit).map((row) => {
    const mention = rowBySeq(db, row.mentionSeq)
    return {
      caseId: row.caseId,
      mentionId: row.mentionId,
      author: mention?.author_name ?? mention?.author_handle ?? '',
      deskName: row.deskId === null ? '' : (desk.get(row.deskId)?.name ?? ''),
      text: (mention?.title ?? mention?.text ?? '').slice(0, 300),
      dueAt: row.dueAt,
      priority: row.priority,
      state: row.state,
    }
  })
}

/** Share of voice: mentions of each listen, most first. Without ids: every listen. */
export function voice(db: Reads, period: Period): { listenId: string; count: number }[] {
  return currentListens(db)
    .filter(({ listenId }) => period.listenIds.length === 0 || period.listenIds.includes(listenId))
    .map(({ no, listenId }) => ({ listenId, count: totalOf(sumOf(db, no, ALL, period.from, period.to)) }))
    .sort((a, b) => b.count - a.count)
}

/** Hours of the week in `timeZone`; weekday 1 = Monday. Whole hours of UTC: zones at :30 or :45 count by the hour's start. */
export function heat(
  db: Reads,
  period: Period & { timeZone: string },
): { weekday: number; hour: number; count: number }[] {
  const counts = new Array<number>(7 * 24).fill(0)
  const slot = weekSlots(period.timeZone)
  for (const listen of listensOf(db, period.listenIds)) {
    const first = Math.floor(period.from / MINUTE / 60)
    const end = Math.ceil(period.to / MINUTE / 60)
    for (const bucket of bucketsOf(db, 60, listen, ALL, first, end)) {
      counts[slot(bucket.bucket * 60 * MINUTE)]! += totalOf(bucket)
    }
  }
  return counts.map((count, i) => ({ weekday: Math.floor(i / 24) + 1, hour: i % 24, count }))
}

/** Instant → hour of the week, 0 … 167. */
function weekSlots(timeZone: string): (at: number) => number {
  const parts = Object.fromEntries(['year', 'month', 'day', 'hour', 'minute'].map((part) => [part, 'numeric']))
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', ...parts })
  return (at) => {
    const part: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(at)) part[type] = Number(value)
    const weekday = (new Date(Date.UTC(part.year!, part.month! - 1, part.day!)).getUTCDay() + 6) % 7
    return weekday * 24 + part.hour!
  }
}
