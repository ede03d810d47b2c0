import type { CountedSeries } from '#shared/model/counted-series.ts'
import { freshBaseline, learnHour, levelOf, seasonOf } from '#engine/alerts/detect/baseline.ts'
import { createResiduals, type Residuals } from '#engine/alerts/detect/residuals.ts'
import { valuesBetween } from '#engine/store/queries/counted.ts'
import type { Reads } from '#engine/store/reads.ts'

const HOUR = 60
const DAY = 24 * HOUR
/** Four weeks are read; the first two of them, of less the first day alone, only teach. */
const READ = 28 * DAY
const JUDGED = 14 * DAY
/** Of a stretch so much has a number, or it says nothing. */
const LEAST_PART = 0.9

/**
 * How far stretches of `step` numbers of a series lay from what was expected of them when each began, as it is learned hour
 * by hour. What is judged is the stretch itself: deviations of single numbers even out in it, or add up, as they really do.
 */
export function countedSpread(
  reads: Reads,
  no: number,
  { kind, everyMinutes: width }: Pick<CountedSeries, 'kind' | 'everyMinutes'>,
  { step, upTo, hourAt }: { step: number; upTo: number; hourAt(minute: number): number },
): Residuals {
  const residuals = createResiduals()
  const values = valuesBetween(reads, no, { kind, width, from: upTo - READ, to: upTo })
  const first = (values[0]?.bucket ?? 0) * width
  const begin = Math.max(upTo - JUDGED, first + DAY)
  const base = freshBaseline(width)
  let hour = { no: Number.NaN, week: 0, counts: 0, buckets: 0, mean: 0 }
  let stretch = { no: Number.NaN, counts: 0, buckets: 0, expected: 0 }

  function endHour(): void {
    const { week, counts, buckets, mean } = hour
    if (buckets > 0) learnHour(base, { hour: week, counts, buckets, expected: mean * buckets }, counts)
  }
  function endStretch(): void {
    const minute = stretch.no * step * width
    if (minute >= begin && stretch.buckets >= step * LEAST_PART)
      residuals.add(hourAt(minute), stretch.counts, stretch.expected)
  }

  for (const { bucket, value } of values) {
    const minute = bucket * width
    const count = Math.round(value)
    if (Math.floor(minute / HOUR) !== hour.no) {
      endHour()
      const week = hourAt(minute)
      hour = { no: Math.floor(minute / HOUR), week, counts: 0, buckets: 0, mean: levelOf(base) * seasonOf(base, week) }
    }
    if (Math.floor(bucket / step) !== stretch.no) {
      endStretch()
      stretch = { no: Math.floor(bucket / step), counts: 0, buckets: 0, expected: 0 }
    }
    hour.counts += count
    hour.buckets++
    stretch.counts += count
    stretch.buckets++
    stretch.expected += hour.mean
  }
  endStretch()
  return residuals
}
