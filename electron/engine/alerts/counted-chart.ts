import type { AlertPoint } from '#shared/model/alert.ts'
import type { CountedSeries } from '#shared/model/counted-series.ts'
import { feedOf, valuesBetween } from '#engine/store/queries/counted.ts'
import type { Reads } from '#engine/store/reads.ts'
import type { CountedWatch } from './counted-watch.ts'

const MINUTE = 60_000
const MOST_POINTS = 500
/** How many buckets of a series one point may stand for. */
const steps = [1, 2, 3, 4, 5, 10, 12, 15, 20, 30, 60, 120, 180, 240, 360, 720, 1440]

/**
 * What was counted in [from, to), milliseconds since 1970, in at most 500 points, beside what was expected. What has no number
 * is null. Only minutes that are over by `now` are in it.
 */
export function countedChart(
  reads: Reads,
  series: CountedSeries,
  { from, to, now }: { from: number; to: number; now: number },
  expected: CountedWatch['expected'],
): { width: number; points: AlertPoint[] } {
  const { id, kind, everyMinutes } = series
  const minutes = (to - from) / MINUTE
  const step = steps.find((one) => minutes / (everyMinutes * one) <= MOST_POINTS) ?? steps.at(-1)!
  const width = everyMinutes * step
  const first = Math.floor(from / MINUTE / width)
  const end = Math.min(Math.ceil(to / MINUTE / width), Math.floor(now / MINUTE / width))
  const feed = feedOf(reads, id)
  const stretch = { kind, width, from: first * width, to: end * width }
  const values = new Map(
    (feed === undefined ? [] : valuesBetween(reads, feed.no, stretch)).map(({ bucket, value }) => [bucket, value]),
  )
  const none = { expected: null, low: null, high: null }
  const points = Array.from({ length: Math.max(0, end - first) }, (_, place): AlertPoint => {
    const bucket = first + place
    const value = values.get(bucket)
    return {
      at: bucket * width * MINUTE,
      n: value === undefined ? null : Math.round(value * 100) / 100,
      ...(expected(series, bucket * step, step) ?? none),
    }
  })
  return { width, points }
}
