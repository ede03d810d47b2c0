import { rarityFallingShort, raritySurpassing } from './count-law.ts'
import { daysBetween, freshHabit, remember, type Habit } from './habit.ts'
import type { SpanReading } from './series.ts'

/** Minutes that are looked at: a share needs more mentions than a count does. */
export const SHARE_SPANS = [15, 60, 180] as const

/** A part of a whole and the share that it usually has: negative mentions of all, one brand's of all brands'. JSON-safe. */
export interface ShareState {
  /** Minutes a bucket. */
  width: number
  at: number | null
  /** The last buckets; −1 as whole: no data. */
  parts: number[]
  wholes: number[]
  /** Fading sums that the usual share comes from. */
  partSum: number
  wholeSum: number
  /** Of hours that are over: squared surprise ÷ what chance would give, and how many. */
  spreadSum: number
  spreadHours: number
  /** The hour that is not over yet. */
  hour: { no: number; part: number; whole: number } | null
  rises: Habit
  falls: Habit
  /** Hours with data. */
  hours: number
}

/** Like a span of counts; `observed` and `expected` are of the part. */
export interface ShareSpan extends SpanReading {
  whole: number
}

export interface ShareReading {
  usual: number
  rise: ShareSpan | null
  fall: ShareSpan | null
  days: number
}

const HOUR = 60
const HALF_LIFE_HOURS = 168
/** What an unknown share is taken to be, as so many mentions. */
const PRIOR_WHOLE = 20
/** An unknown share goes up and down twice as much as chance would have it; half a day of hours tells otherwise. */
const PRIOR_SPREAD = 2
const PRIOR_HOURS = 12
const SPREAD_MOST = 25
/** Squared share by which the usual may be wrong: at last, and so much more while few mentions were heard. */
const DOUBT_LAST = 0.02
const DOUBT_FIRST = 25
/** So much of the whole must be heard before anything is said. */
const LEAST_HEARD = 50

export const freshShare = (width: number, prior = 0.3): ShareState => {
  const length = Math.max(1, Math.ceil(SHARE_SPANS.at(-1)! / width))
  return {
    width,
    at: null,
    parts: Array.from({ length }, () => 0),
    wholes: Array.from({ length }, () => -1),
    partSum: prior * PRIOR_WHOLE,
    wholeSum: PRIOR_WHOLE,
    spreadSum: PRIOR_SPREAD * PRIOR_HOURS,
    spreadHours: PRIOR_HOURS,
    hour: null,
    rises: freshHabit(),
    falls: freshHabit(),
    hours: 0,
  }
}

/** One bucket later. null: no data; a bucket that is not after the last one changes nothing and gives null. */
export function observeShare(
  state: ShareState,
  bucket: number,
  counts: { part: number; whole: number } | null,
): ShareReading | null {
  if (state.at !== null && bucket <= state.at) return null
  const length = state.parts.length
  const from = state.at === null ? bucket : Math.max(state.at + 1, bucket - length + 1)
  for (let at = from; at <= bucket; at++) state.wholes[at % length] = -1
  state.at = bucket
  const hour = Math.floor((bucket * state.width) / HOUR)
  if (state.hour?.no !== hour) {
    fold(state)
    state.hour = { no: hour, part: 0, whole: 0 }
  }
  const usual = state.partSum / state.wholeSum
  const reading: ShareReading = { usual, rise: null, fall: null, days: state.hours / 24 }
  if (counts === null) return reading
  const slot = bucket % length
  state.parts[slot] = counts.part
  state.wholes[slot] = counts.whole
  state.hour!.part += counts.part
  state.hour!.whole += counts.whole
  if (state.wholeSum >= PRIOR_WHOLE + LEAST_HEARD) lookAt(state, bucket, usual, reading)
  const minute = bucket * state.width
  for (const [span, habit] of [
    [reading.rise, state.rises],
    [reading.fall, state.falls],
  ] as const) {
    if (span !== null) span.daysBetween = daysBetween(habit, span.rarity, minute)
    remember(habit, span?.rarity ?? 0, minute)
  }
  return reading
}

function fold(state: ShareState): void {
  const { hour } = state
  if (hour === null || hour.whole === 0) return
  const usual = state.partSum / state.wholeSum
  const mean = hour.whole * usual
  const chance = Math.max(0.25, mean * (1 - usual))
  const spread = state.spreadSum / state.spreadHours
  const keep = 2 ** (-1 / HALF_LIFE_HOURS)
  state.spreadSum = state.spreadSum * keep + Math.min(SPREAD_MOST, (hour.part - mean) ** 2 / chance)
  state.spreadHours = state.spreadHours * keep + 1
  // An hour that is far off is to be noticed; it teaches as much as the band's edge would.
  const reach = 2 * Math.sqrt(chance * spread)
  state.partSum = state.partSum * keep + Math.max(mean - reach, Math.min(mean + reach, hour.part))
  state.wholeSum = state.wholeSum * keep + hour.whole
  state.hours++
}

function lookAt(state: ShareState, bucket: number, usual: number, reading: ShareReading): void {
  const { parts, wholes, width } = state
  const length = parts.length
  const doubt = DOUBT_LAST + DOUBT_FIRST / (state.wholeSum * 10)
  const burst = Math.max(1, state.spreadSum / state.spreadHours)
  let part = 0
  let whole = 0
  for (let back = 0, span = 0; back < length && span < SHARE_SPANS.length; back++) {
    const at = (bucket - back) % length
    if (wholes[at]! >= 0) {
      part += parts[at]!
      whole += wholes[at]!
    }
    for (; span < SHARE_SPANS.length && (back + 1 === length || (back + 1) * width >= SHARE_SPANS[span]!); span++) {
      const expected = whole * usual
      const variance = expected * (1 - usual) * burst + expected * expected * doubt
      const one = {
        minutes: (back + 1) * width,
        observed: part,
        expected,
        variance,
        whole,
        daysBetween: 0,
        patience: 1,
      }
      const up = part > expected ? raritySurpassing(part, expected, variance) : 0
      const down = part < expected ? rarityFallingShort(part, expected, variance) : 0
      if (up > (reading.rise?.rarity ?? 0)) reading.rise = { ...one, rarity: up }
      if (down > (reading.fall?.rarity ?? 0)) reading.fall = { ...one, rarity: down }
    }
  }
}
