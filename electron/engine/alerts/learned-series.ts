import { learnHour, levelOf, seasonOf } from '#engine/alerts/detect/baseline.ts'
import { freshSeries, type SeriesState } from '#engine/alerts/detect/series.ts'
import { bucketsOf, type Counts } from '#engine/store/queries/rollup-reads.ts'
import type { Reads } from '#engine/store/reads.ts'

const LEARNED_HOURS = 28 * 24
const HOUR = 60

/** Counts by hour in the 28 days before a minute, oldest first, from the first hour with anything in it; what is between is none. */
export function hoursBefore(
  reads: Reads,
  pair: { listen: number; source: number },
  minute: number,
): { hour: number; counts: Counts }[] {
  const end = Math.floor(minute / HOUR)
  const found = new Map(
    bucketsOf(reads, 60, pair.listen, pair.source, end - LEARNED_HOURS, end).map((one) => [one.bucket, one]),
  )
  const first = Math.min(...found.keys(), end)
  return Array.from({ length: end - first }, (_, at) => ({
    hour: first + at,
    counts: found.get(first + at) ?? { negative: 0, neutral: 0, positive: 0 },
  }))
}

/** What is stored is history: it teaches what is usual and raises nothing. `hourAt`: hour of the week of a minute. */
export function learnedSeries(
  reads: Reads,
  pair: { listen: number; source: number },
  aspect: 'all' | 'negative',
  minute: number,
  hourAt: (minute: number) => number,
): SeriesState {
  const state = freshSeries(1)
  for (const { hour, counts } of hoursBefore(reads, pair, minute)) {
    const n = aspect === 'negative' ? counts.negative : counts.negative + counts.neutral + counts.positive
    const week = hourAt(hour * HOUR)
    const expected = levelOf(state.base) * seasonOf(state.base, week) * HOUR
    learnHour(state.base, { hour: week, counts: n, buckets: HOUR, expected }, n)
  }
  return state
}
