import { said, type Code } from '#shared/words/said.ts'
import { bandOf, rarityFallingShort, raritySurpassing } from './count-law.ts'
import type { SeriesReading, SpanReading } from './series.ts'
import { strengthOf, type Detector, type Sensitivity, type Verdict } from './verdict.ts'

/** What a series has to show to be spoken of. */
export interface VolumeSetting {
  /** By its own habit it comes no more often than once in so many days. */
  days: number
  /** −log10 of the probability by the law of counts. */
  rarity: number
  /** So many counts at least, and so many times the expectation. */
  least: number
  times: number
}

export const volumeSettings: Readonly<Record<Sensitivity, VolumeSetting>> = {
  low: { days: 60, rarity: 8, least: 15, times: 3 },
  normal: { days: 12, rarity: 6, least: 8, times: 2 },
  high: { days: 4, rarity: 4, least: 5, times: 1.5 },
}

/** A drop is at most half of the expectation, and nothing is said of drops on the first day. */
const HALF = 0.5
const FIRST_DAY = 1
/** From here on a series knows its week. */
const KNOWN_DAYS = 14
/** The band leaves out one in a thousand on each side. */
const BAND = 3

const riseCodes: Partial<Record<Detector, Code>> = {
  negative: 'alert.negativeRise',
  counted: 'alert.countedRise',
}

/** A spike, or growth over hours: of mentions, of negative ones (`negative`), or of a series from elsewhere (`counted`). */
export function judgeRise(
  { rise, days }: SeriesReading,
  sensitivity: Sensitivity,
  detector: Detector = 'rise',
): Verdict | null {
  const s = volumeSettings[sensitivity]
  if (rise === null || !isRise(rise, s)) return null
  const times = rise.observed / Math.max(rise.expected, 0.5)
  const enough = leastThatRaises(rise, s)
  return {
    ...verdictOf(rise, days, detector, times),
    what: said(riseCodes[detector] ?? 'alert.rise', { ...numbersOf(rise), times: rounded(times) }),
    silentIf: said('alert.silentBelow', { n: enough, minutes: rise.minutes }),
  }
}

/** A drop, or silence. */
export function judgeFall(
  { fall, days }: SeriesReading,
  sensitivity: Sensitivity,
  detector: Detector = 'fall',
): Verdict | null {
  const s = volumeSettings[sensitivity]
  if (fall === null || days < FIRST_DAY || fall.observed > fall.expected * HALF) return null
  if (fall.daysBetween < s.days || fall.rarity < s.rarity) return null
  const some: Code = detector === 'counted' ? 'alert.countedFall' : 'alert.fall'
  const code: Code = fall.observed === 0 ? 'alert.silence' : some
  return {
    ...verdictOf(fall, days, detector, fall.expected / Math.max(fall.observed, 0.5)),
    what: said(code, numbersOf(fall)),
    silentIf: said('alert.silentAbove', { n: mostThatRaises(fall, s), minutes: fall.minutes }),
  }
}

const isRise = (rise: SpanReading, s: VolumeSetting): boolean =>
  rise.daysBetween >= s.days * rise.patience &&
  rise.rarity >= s.rarity &&
  rise.observed >= s.least &&
  rise.observed >= s.times * rise.expected

function verdictOf(span: SpanReading, days: number, detector: Detector, times: number) {
  const { low, high } = bandOf(span.expected, span.variance, BAND)
  return {
    detector,
    formula: said('alert.formulaCount', {
      mean: rounded(span.expected),
      spread: rounded(Math.sqrt(span.variance)),
      rarity: rounded(span.rarity),
      days: Math.round(span.daysBetween),
    }),
    observed: span.observed,
    expected: rounded(span.expected),
    low,
    high,
    minutes: span.minutes,
    daysBetween: span.daysBetween,
    strength: strengthOf(span.daysBetween, times),
    learning: days < KNOWN_DAYS,
  }
}

const numbersOf = ({ observed, expected, minutes }: SpanReading) => ({
  n: observed,
  usual: rounded(expected),
  minutes,
})

/** The rarity that a habit asks grows with its logarithm: what a count this much rarer or commoner would have been said to be. */
function leastThatRaises(rise: SpanReading, s: VolumeSetting): number {
  let low = Math.floor(rise.expected)
  let high = rise.observed
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    const rarity = raritySurpassing(middle, rise.expected, rise.variance)
    const share = rise.rarity > 0 ? rarity / rise.rarity : 0
    const daysBetween = rise.daysBetween ** share
    if (isRise({ ...rise, observed: middle, rarity, daysBetween }, s)) high = middle
    else low = middle
  }
  return high
}

function mostThatRaises(fall: SpanReading, s: VolumeSetting): number {
  let low = fall.observed
  let high = Math.max(low + 1, Math.floor(fall.expected * HALF) + 1)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    const rarity = rarityFallingShort(middle, fall.expected, fall.variance)
    if (rarity >= s.rarity && fall.daysBetween ** (rarity / fall.rarity) >= s.days) low = middle
    else high = middle
  }
  return low
}

/** Two digits after the point are enough to read. */
export const rounded = (value: number): number => Math.round(value * 100) / 100
