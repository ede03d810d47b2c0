import type { Alert, AlertAbout, AlertPoint } from '#shared/model/alert.ts'
import { bandOfPeople } from '#engine/alerts/detect/problem.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { numbersOf } from '#engine/store/listen-numbers.ts'
import { sourceNumber } from '#engine/store/numbers.ts'
import { seriesById } from '#engine/store/queries/counted.ts'
import { eventsSince, problemNo } from '#engine/store/queries/problems.ts'
import { bucketsOf, MINUTE, totalOf } from '#engine/store/queries/rollup-reads.ts'
import { ALL } from '#engine/store/rollups.ts'
import type { Reads } from '#engine/store/reads.ts'
import { countedChart } from './counted-chart.ts'
import type { CountedWatch } from './counted-watch.ts'

/** What a bucket of `width` minutes lets expect; null: nothing is known. */
export type Expectation = (
  about: AlertAbout,
  kind: Alert['kind'],
  minute: number,
  width: number,
) => Pick<AlertPoint, 'expected' | 'low' | 'high'> | null

export type AlertChart = (alert: Alert) => { width: number; points: AlertPoint[] }

/** Minutes before the card began, and the most that are shown. */
const BEFORE = 360
const MOST = 1_440
const WIDTH = 5

type Counts = ReadonlyMap<number, number>

/** What is counted of it by minute; null: nothing is. */
function countsOf(reads: Reads, { about, kind }: Alert, from: number, to: number): Counts | null {
  const ofPair = (listen: number | undefined, source: number | null): Counts | null =>
    listen === undefined || source === null
      ? null
      : new Map(
          bucketsOf(reads, 1, listen, source, from, to).map((counts) => [
            counts.bucket,
            kind === 'negative' || kind === 'mood' ? counts.negative : totalOf(counts),
          ]),
        )
  switch (about.kind) {
    case 'station':
      return ofPair(ALL, ALL)
    case 'listen':
      return ofPair(numbersOf(reads, [about.id ?? ''])[0], ALL)
    case 'source':
      return ofPair(ALL, sourceNumber(reads, about.id ?? ''))
    case 'problem':
      return peopleByMinute(reads, problemNo(about.id ?? '') ?? 0, from, to)
    default:
      return null
  }
}

/** Each person once, when they were first heard in this stretch. */
function peopleByMinute(reads: Reads, no: number, from: number, to: number): Counts {
  const counts = new Map<number, number>()
  const heard = new Set<number>()
  for (const { at, author } of eventsSince(reads, no, from * MINUTE)) {
    const minute = Math.floor(at / MINUTE)
    if (minute >= to) break
    if (author !== null && heard.has(author)) continue
    if (author !== null) heard.add(author)
    counts.set(minute, (counts.get(minute) ?? 0) + 1)
  }
  return counts
}

const countWithin = (counts: Counts, bucket: number): number => {
  let n = 0
  for (let minute = bucket * WIDTH; minute < (bucket + 1) * WIDTH; minute++) n += counts.get(minute) ?? 0
  return n
}

/** What an ear that fails does not hear is no zero. It began to fail as long before its card as is let pass. */
const isDeaf = ({ what, since, resolvedAt, high }: Alert, bucket: number): boolean => {
  if (what.code !== 'alert.earBroken') return false
  const end = (bucket + 1) * WIDTH * MINUTE
  return end > since - high * MINUTE && (resolvedAt === null || bucket * WIDTH * MINUTE < resolvedAt)
}

/** The small chart of a card: from some hours before it began until it was over, or now. */
export const alertChart =
  (reads: Reads, clock: Clock, expectation: Expectation, counted: CountedWatch['expected']): AlertChart =>
  (alert) => {
    if (alert.about.kind === 'series') return chartOfSeries(reads, clock, alert, counted)
    const bucketOf = (at: number): number => Math.floor(at / MINUTE / WIDTH)
    const over = Math.floor(clock.now() / MINUTE)
    // Of a bucket of which no minute is over nothing is known yet.
    const to = Math.min(bucketOf(alert.resolvedAt ?? clock.now()) + 1, Math.ceil(over / WIDTH))
    const from = Math.max(to - MOST / WIDTH, bucketOf(alert.since) - BEFORE / WIDTH)
    const counts = countsOf(reads, alert, from * WIDTH, to * WIDTH)
    if (counts === null) return { width: WIDTH, points: [] }
    const points: AlertPoint[] = []
    for (let bucket = from; bucket < to; bucket++) {
      const n = isDeaf(alert, bucket) ? null : countWithin(counts, bucket)
      // Of the bucket that runs, what its minutes so far let expect: beside a whole one it would be a drop.
      const width = Math.max(1, Math.min(WIDTH, over - bucket * WIDTH))
      const band =
        alert.kind === 'problem'
          ? bandOfPeople(alert.expected, width)
          : expectation(alert.about, alert.kind, bucket * WIDTH, width)
      points.push({ at: bucket * WIDTH * MINUTE, n, expected: null, low: null, high: null, ...band })
    }
    return { width: WIDTH, points }
  }

function chartOfSeries(
  reads: Reads,
  clock: Clock,
  { about, since, resolvedAt }: Alert,
  expected: CountedWatch['expected'],
) {
  const series = seriesById(reads, about.id ?? '')
  if (series === undefined) return { width: WIDTH, points: [] }
  const now = clock.now()
  return countedChart(reads, series, { from: since - BEFORE * MINUTE, to: resolvedAt ?? now, now }, expected)
}
