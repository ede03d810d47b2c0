import type { AlertPoint } from '#shared/model/alert.ts'
import type { TriedDetector } from '#shared/model/back-test.ts'
import { bandOf } from '#engine/alerts/detect/count-law.ts'
import { SPANS, type SeriesReading, type SeriesState } from '#engine/alerts/detect/series.ts'
import type { ShareReading } from '#engine/alerts/detect/share.ts'
import type { Minute, TriedState } from './trial.ts'

const MINUTE = 60_000
/** The band leaves out one in a thousand on each side. */
const BAND = 3
/** A share of fewer is not drawn: one of two is fifty percent. */
const LEAST_OF_SHARE = 5

interface Bucket {
  no: number
  /** Minutes with data. */
  minutes: number
  all: number
  negative: number
  /** Summed over its minutes, as it was expected in each of them. */
  expected: number
  variance: number
}

/** A minute's expectation and what makes its variance: `mean × burst + mean² × doubt`, see detect/series.ts. */
function expectedOf({ hour }: SeriesState, detector: TriedDetector, span: number) {
  if (hour === null) return { mean: 0, burst: 1, doubt: 0 }
  const { mean, rising, falling, bursts, doubt } = hour
  return { mean: mean * (detector === 'fall' ? falling : rising), burst: bursts[span] ?? 1, doubt }
}

/** The minutes of a try as buckets of `width`, each with the band as it was known in those minutes. */
export function createBandBuckets(detector: TriedDetector, width: number) {
  const buckets: Bucket[] = []
  const found = SPANS.findIndex((minutes) => minutes >= width)
  const span = found === -1 ? SPANS.length - 1 : found
  let doubt = 0

  const points = (): AlertPoint[] =>
    buckets.map((bucket) => {
      const at = bucket.no * width * MINUTE
      if (bucket.minutes === 0) return { at, n: null, expected: null, low: null, high: null }
      return detector === 'mood' ? shareOf(bucket, at) : countOf(bucket, at)
    })

  function countOf(bucket: Bucket, at: number): AlertPoint {
    const { low, high } = bandOf(bucket.expected, bucket.variance, BAND)
    return { at, n: detector === 'negative' ? bucket.negative : bucket.all, expected: bucket.expected, low, high }
  }
  function shareOf({ all, negative, expected, minutes }: Bucket, at: number): AlertPoint {
    const usual = expected / minutes
    const mean = all * usual
    if (all < LEAST_OF_SHARE) return { at, n: null, expected: 100 * usual, low: null, high: null }
    const { low, high } = bandOf(mean, mean * (1 - usual) + mean * mean * 0.02, BAND)
    const percent = (part: number): number => (100 * Math.min(part, all)) / all
    return { at, n: percent(negative), expected: 100 * usual, low: percent(low), high: percent(high) }
  }

  return {
    points,
    add(minute: number, counts: Minute, tried: TriedState, reading: SeriesReading | ShareReading): void {
      const no = Math.floor(minute / width)
      let bucket = buckets.at(-1)
      if (bucket?.no !== no) {
        bucket = { no, minutes: 0, all: 0, negative: 0, expected: 0, variance: 0 }
        buckets.push(bucket)
      }
      if (counts === null) return
      bucket.minutes++
      bucket.all += counts.all
      bucket.negative += counts.negative
      if ('usual' in reading) bucket.expected += reading.usual
      if (tried.of !== 'series') return
      const now = expectedOf(tried.state, detector, span)
      doubt = now.doubt
      // (a + b)² = a² + 2ab + b²: the doubt is of the whole bucket, not of each minute by itself.
      bucket.variance += now.mean * now.burst + now.mean * (now.mean + 2 * bucket.expected) * doubt
      bucket.expected += now.mean
    },
  }
}
