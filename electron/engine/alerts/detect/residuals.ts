import { HOURS_OF_WEEK } from './baseline.ts'

/** Of a normal law the median deviation is 0.6745 standard deviations, and one in ten is further off than 1.645. */
const MEDIAN = 0.6745
const NINE_IN_TEN = 1.645
/** Fewer say nothing of one hour of the week, then of one of the day, then at all. */
const LEAST = 12
const HOURS_OF_DAY = 24
/** Counts come in whole: of an expectation below this a deviation is not divided any further. */
const LEAST_EXPECTED = 0.5

/** How far numbers lie from what was expected of them before they came. */
export interface Residuals {
  /** `hour`: of the week, 0 … 167. */
  add(hour: number, observed: number, expected: number): void
  /** Variance ÷ expectation of this hour, at least the 1 of what comes independently (Poisson); null: too little is known. */
  burstAt(hour: number): number | null
}

/**
 * The spread of a series from itself, robust: by hour of the week the median of |observed − expected| ÷ √expected (MAD), or
 * what nine in ten of them stay within where that is more, as in a series that is calm and comes in bursts; up to a tenth
 * of the numbers may be a crisis and widen nothing. An hour of the week that was seen too seldom is as its hour of the day.
 */
export function createResiduals(): Residuals {
  const byHour = Array.from({ length: HOURS_OF_WEEK }, (): number[] => [])
  const known = new Map<number, number | null>()

  function spreadOf(hour: number): number | null {
    const own = byHour[hour]!
    if (own.length >= LEAST) return robust(own)
    const day = byHour.filter((_, at) => at % HOURS_OF_DAY === hour % HOURS_OF_DAY).flat()
    if (day.length >= LEAST) return robust(day)
    const all = byHour.flat()
    return all.length >= LEAST ? robust(all) : null
  }

  return {
    add(hour, observed, expected) {
      byHour[hour]!.push(Math.abs(observed - expected) / Math.sqrt(Math.max(LEAST_EXPECTED, expected)))
      known.clear()
    },
    burstAt(hour) {
      let burst = known.get(hour)
      if (burst === undefined) known.set(hour, (burst = spreadOf(hour)))
      return burst
    },
  }
}

function robust(deviations: readonly number[]): number {
  const sorted = deviations.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)]!
  return Math.max(1, at(0.5) / MEDIAN, at(0.9) / NINE_IN_TEN) ** 2
}
