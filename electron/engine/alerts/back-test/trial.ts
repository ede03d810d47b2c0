import { sensitivities, type AlertPoint, type Sensitivity } from '#shared/model/alert.ts'
import type { TriedDetector, WouldHaveFired } from '#shared/model/back-test.ts'
import { lifeSetting, stepCard, type CardLife } from '#engine/alerts/detect/card.ts'
import { judgeMood } from '#engine/alerts/detect/mood.ts'
import { observe, type SeriesReading, type SeriesState } from '#engine/alerts/detect/series.ts'
import { observeShare, type ShareReading, type ShareState } from '#engine/alerts/detect/share.ts'
import type { Verdict } from '#engine/alerts/detect/verdict.ts'
import { judgeFall, judgeRise } from '#engine/alerts/detect/volume.ts'
import { createBandBuckets } from './band-buckets.ts'

/** Counts of a minute; null: nobody listened. */
export type Minute = { all: number; negative: number } | null
export type Mark = Omit<WouldHaveFired, 'done'>

/** A series or a share, as far as it was learned before the first minute. */
export type TriedState = { of: 'series'; state: SeriesState } | { of: 'share'; state: ShareState }

export interface Trial {
  /** One minute on; minutes in order. */
  minute(no: number, counts: Minute): void
  readonly fired: Record<Sensitivity, { count: number; marks: Mark[] }>
  /** When it knew what is usual; null: not yet. */
  readonly knownAt: number | null
  points(): AlertPoint[]
}

const MINUTE = 60_000
/** As the detectors say it of their verdicts: from so many days of learning on nothing is `learning` any more. */
export const knownDays = { series: 14, share: 7 } as const
/** Marks that are kept of a sensitivity: the last ones. */
export const MOST_MARKS = 200

/**
 * One detector through the past: what is expected is learned minute by minute as in the running station, so no hindsight
 * comes into it, and each sensitivity has a card with a life of its own. Pure.
 * Long: three lives beside one series, and everything that a minute does to them.
 */
export function createTrial(
  detector: TriedDetector,
  tried: TriedState,
  options: { width: number; hourAt(minute: number): number; coolMinutes: number },
): Trial {
  const lives = new Map<Sensitivity, CardLife | null>()
  const life = { ...lifeSetting, coolMinutes: options.coolMinutes }
  const fired = { low: none(), normal: none(), high: none() }
  const chart = createBandBuckets(detector, options.width)
  let knownAt: number | null = null

  function judged(reading: SeriesReading | ShareReading, sensitivity: Sensitivity): Verdict | null {
    if ('usual' in reading) return judgeMood(reading, sensitivity)
    if (detector === 'fall') return judgeFall(reading, sensitivity)
    return judgeRise(reading, sensitivity, detector)
  }

  function step(sensitivity: Sensitivity, verdict: Verdict | null | undefined, at: number): void {
    const { card, event } = stepCard(detector, lives.get(sensitivity) ?? null, verdict, at, life)
    lives.set(sensitivity, card)
    const of = fired[sensitivity]
    if (event === 'raised' && verdict) {
      of.count++
      of.marks.push(markOf(verdict, at))
      if (of.marks.length > MOST_MARKS) of.marks.shift()
      return
    }
    const mark = of.marks.at(-1)
    if (!mark || !verdict || card === null || card.state === 'resolved') return
    mark.lastAt = at
    if (event === 'worse') mark.worse++
    if (isFurther(verdict, mark)) Object.assign(mark, ofVerdict(verdict))
  }

  function read(no: number, counts: Minute): SeriesReading | ShareReading | null {
    const { hourAt } = options
    if (tried.of === 'share')
      return observeShare(tried.state, no, counts && { part: counts.negative, whole: counts.all })
    const count = counts && (detector === 'negative' ? counts.negative : counts.all)
    return observe(tried.state, no, count, hourAt(no))
  }

  return {
    fired,
    get knownAt() {
      return knownAt
    },
    minute(no, counts) {
      const reading = read(no, counts)
      if (reading === null) return
      const at = (no + 1) * MINUTE
      if (knownAt === null && reading.days >= knownDays[tried.of]) knownAt = no * MINUTE
      for (const sensitivity of sensitivities)
        step(sensitivity, counts === null ? undefined : judged(reading, sensitivity), at)
      chart.add(no, counts, tried, reading)
    },
    points: () => chart.points(),
  }
}

const none = (): { count: number; marks: Mark[] } => ({ count: 0, marks: [] })

/** Strengths end at 10: among equals the one that is further off is the peak. */
const isFurther = (one: Verdict, other: Mark): boolean =>
  one.strength > other.strength ||
  (one.strength === other.strength && Math.abs(one.observed - one.expected) > Math.abs(other.observed - other.expected))

const ofVerdict = ({ strength, what, observed, expected, minutes }: Verdict) => ({
  strength,
  what,
  observed,
  expected,
  minutes,
})

const markOf = (verdict: Verdict, at: number): Mark => ({
  at,
  lastAt: at,
  from: at - verdict.minutes * MINUTE,
  ...ofVerdict(verdict),
  learning: verdict.learning,
  worse: 0,
})
