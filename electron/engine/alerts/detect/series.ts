import { freshBaseline, learnHour, levelOf, nearOf, seasonOf, type Baseline, type Hour } from './baseline.ts'
import { rarityFallingShort, raritySurpassing } from './count-law.ts'
import { daysBetween, freshHabit, remember, type Habit } from './habit.ts'

/** Stretches, in minutes, that are looked at each minute: the short ones see what breaks out, the long ones what grows. */
export const SPANS = [5, 15, 60, 180] as const

/** One counted series and what it is used to. JSON-safe; a restart continues with it. */
export interface SeriesState {
  base: Baseline
  /** The last bucket, counted in widths since 1970. */
  at: number | null
  /** The last buckets, as many as the longest span has: counts (−1: no data), and what was expected by level and season. */
  counts: number[]
  expected: number[]
  /** The hour that is not over yet. */
  hour: (Hour & { surprises: Spread[]; rarest: number }) | null
  /** Of each span. */
  spread: Spread[]
  rises: Habit[]
  falls: Habit
  /** Buckets with data since the last count that was not 0, and what was expected of them. */
  silent: { buckets: number; expected: number }
}

/** Sums of squared surprise ÷ expectation, and of looks: their ratio is how bursty the series is; 1 for what comes independently. */
export interface Spread {
  sum: number
  looks: number
}

/** How one span stands. */
export interface SpanReading {
  minutes: number
  observed: number
  expected: number
  variance: number
  /** −log10 of the probability by the law of counts. */
  rarity: number
  /** By the series' own habit, in days. */
  daysBetween: number
  /** So many times as rare as another it has to be. */
  patience: number
}

export interface SeriesReading {
  /** The span that is furthest above or below what the series is used to. */
  rise: SpanReading | null
  fall: SpanReading | null
  /** Days with data that the baseline learned from. */
  days: number
}

export interface SeriesSetting {
  /** How bursty an unknown series is, and how many hours of looks it takes to believe otherwise. */
  spreadPrior: number
  spreadPriorHours: number
  spreadHours: number
  spreadMost: number
  /** Squared share by which an expectation may be wrong: so much more on the first day, and so much at last. */
  doubtFirst: number
  doubtLast: number
  /** An hour is learned up to so many deviations above the expectation. */
  believedSpreads: number
  /** An hour with anything rarer than this is hardly believed. */
  surprise: number
  /** After so many days the hour of the week begins to be trusted more than the last hours, wholly after as many again. */
  seasonDays: number
  /** In the first days, the last hours count as at most so many times the level: what grows all day is not the day's habit. */
  nearMost: number
  /** So long nothing is said of a series. */
  quietMinutes: number
  /** A stretch of at most so many minutes has to be `patience` times as rare, unless it is `far` times what was expected: short bursts are nobody's crisis. */
  shortMinutes: number
  patience: number
  far: number
}

export const seriesSetting: SeriesSetting = {
  spreadPrior: 2,
  spreadPriorHours: 6,
  spreadHours: 72,
  spreadMost: 100,
  doubtFirst: 0.25,
  doubtLast: 0.06,
  believedSpreads: 3,
  surprise: 3,
  seasonDays: 1,
  nearMost: 8,
  quietMinutes: 60,
  shortMinutes: 15,
  patience: 4,
  far: 12,
}

const DAY = 1440
const HOUR = 60
/** Which of the spans is an hour. */
const HOUR_SPAN = SPANS.indexOf(HOUR)

export const freshSeries = (width: number): SeriesState => {
  const buckets = Math.max(1, Math.ceil(SPANS.at(-1)! / width))
  return {
    base: freshBaseline(width),
    at: null,
    counts: Array.from({ length: buckets }, () => -1),
    expected: Array.from({ length: buckets }, () => 0),
    hour: null,
    spread: noSpread(),
    rises: SPANS.map(() => freshHabit()),
    falls: freshHabit(),
    silent: { buckets: 0, expected: 0 },
  }
}

const noSpread = (): Spread[] => SPANS.map(() => ({ sum: 0, looks: 0 }))

/** Hour of the week in UTC of a minute since 1970; 0 is Thursday 00:00, with which 1970 began. */
export const hourOfWeek = (minute: number): number => ((Math.floor(minute / HOUR) % 168) + 168) % 168

/**
 * The series one bucket later. `count` null: there is no data, which is neither a drop nor a zero, and so is a bucket that was left out. One that is not after the last one changes nothing: null. `hour` is the hour
 * of the week from 0 to 167 in the zone that the people live in; a holiday is given as a Sunday's.
 */
export function observe(
  state: SeriesState,
  bucket: number,
  count: number | null,
  hour = hourOfWeek(bucket * state.base.width),
  s: SeriesSetting = seriesSetting,
): SeriesReading | null {
  const { base } = state
  if (state.at !== null && bucket <= state.at) return null
  moveTo(state, bucket)
  if (state.hour?.hour !== hour) {
    foldHour(state, s)
    state.hour = { hour, counts: 0, buckets: 0, expected: 0, surprises: noSpread(), rarest: 0 }
  }
  const days = (base.seen * base.width) / DAY
  if (count === null) return { rise: null, fall: null, days }
  const expected = levelOf(base) * seasonOf(base, hour)
  const slot = bucket % state.counts.length
  state.counts[slot] = count
  state.expected[slot] = expected
  const look = lookerOf(state, days, s)
  if (count > 0 || look.quiet) state.silent = { buckets: 0, expected: 0 }
  else {
    state.silent.buckets++
    state.silent.expected += expected
  }
  const { rise, fall } = lookAtSpans(state, bucket, look, s)
  const now = state.hour!
  now.counts += count
  now.buckets++
  now.expected += expected
  return { rise, fall, days }
}

/** Buckets between the last one and this one had no data. */
function moveTo(state: SeriesState, bucket: number): void {
  const length = state.counts.length
  const from = state.at === null ? bucket : Math.max(state.at + 1, bucket - length + 1)
  for (let at = from; at <= bucket; at++) {
    state.counts[at % length] = -1
    state.expected[at % length] = 0
  }
  state.at = bucket
}

function foldHour(state: SeriesState, s: SeriesSetting): void {
  const { hour, base } = state
  if (hour === null) return
  learnHour(base, hour, believedOf(state, hour, s))
  const keep = 2 ** (-(hour.buckets * base.width) / HOUR / s.spreadHours)
  hour.surprises.forEach(({ sum, looks }, span) => {
    const spread = state.spread[span]!
    spread.sum = spread.sum * keep + sum
    spread.looks = spread.looks * keep + looks
  })
}

/** How much of an hour is learned: what is far above its habit is to be noticed, and believed only when it lasts. */
function believedOf(
  state: SeriesState,
  { counts, expected, rarest }: Hour & { rarest: number },
  s: SeriesSetting,
): number {
  const { base } = state
  const look = lookerOf(state, (base.seen * base.width) / DAY, s)
  if (look.quiet) return counts
  const usual = expected * look.rising
  const deviation = Math.sqrt(varianceOf(usual, burstOf(state.spread[HOUR_SPAN]!, look, s), look.doubt))
  return Math.min(counts, usual + (rarest > s.surprise ? deviation : s.believedSpreads * deviation + 3))
}

/** What all spans of a minute are looked at with. */
interface Look {
  rising: number
  falling: number
  doubt: number
  priorLooks: number
  quiet: boolean
}

function lookerOf({ base }: SeriesState, days: number, s: SeriesSetting): Look {
  const near = nearOf(base)
  const trust = Math.min(1, Math.max(0, days / s.seasonDays - 1))
  return {
    rising: Math.min(near, s.nearMost) ** (1 - trust),
    falling: Math.min(1, near),
    doubt: s.doubtLast + s.doubtFirst / (1 + days),
    priorLooks: (s.spreadPriorHours * HOUR) / base.width,
    quiet: base.seen * base.width < s.quietMinutes,
  }
}

interface Sums {
  minutes: number
  counts: number
  expected: number
  whole: boolean
}

function lookAtSpans(state: SeriesState, bucket: number, look: Look, s: SeriesSetting) {
  const { width } = state.base
  const minute = bucket * width
  let rise: SpanReading | null = null
  let fall: SpanReading | null = null
  let most = 0
  const sums = sumsOf(state, bucket)
  sums.forEach((sum, span) => {
    const burst = burstOf(state.spread[span]!, look, s)
    const up = riseOf(sum, burst, look, s)
    const habit = state.rises[span]!
    up.daysBetween = daysBetween(habit, up.rarity, minute)
    remember(habit, up.rarity, minute)
    most = Math.max(most, up.rarity)
    if (up.rarity > 0 && (rise === null || isFurther(up, rise))) rise = up
    const down = sum.whole ? fallOf(sum, burst, look) : null
    if (down !== null && down.rarity > (fall?.rarity ?? 0)) fall = down
    const surprise = state.hour!.surprises[span]!
    surprise.sum += Math.min(s.spreadMost, (sum.counts - up.expected) ** 2 / Math.max(up.expected, 0.05))
    surprise.looks++
  })
  const quiet = silenceOf(state, look, s)
  if (quiet !== null && quiet.rarity > ((fall as SpanReading | null)?.rarity ?? 0)) fall = quiet
  const lowest = fall as SpanReading | null
  if (lowest !== null) lowest.daysBetween = daysBetween(state.falls, lowest.rarity, minute)
  remember(state.falls, lowest?.rarity ?? 0, minute)
  state.hour!.rarest = Math.max(state.hour!.rarest, most)
  return { rise: rise as SpanReading | null, fall: lowest }
}

const isFurther = (one: SpanReading, other: SpanReading): boolean => {
  const a = one.daysBetween / one.patience
  const b = other.daysBetween / other.patience
  return a > b || (a === b && one.rarity > other.rarity)
}

function sumsOf({ counts, expected, base }: SeriesState, bucket: number): Sums[] {
  const sums: Sums[] = []
  const length = counts.length
  let sum = 0
  let mean = 0
  let missing = false
  for (let back = 0, span = 0; back < length && span < SPANS.length; back++) {
    const at = (bucket - back) % length
    if (counts[at]! >= 0) {
      sum += counts[at]!
      mean += expected[at]!
    } else missing = true
    for (; span < SPANS.length && (back + 1 === length || (back + 1) * base.width >= SPANS[span]!); span++)
      sums.push({ minutes: (back + 1) * base.width, counts: sum, expected: mean, whole: !missing })
  }
  return sums
}

const burstOf = ({ sum, looks }: Spread, { priorLooks }: Look, s: SeriesSetting): number =>
  Math.max(1, (sum + s.spreadPrior * priorLooks) / (looks + priorLooks))

const varianceOf = (mean: number, burst: number, doubt: number): number => mean * burst + mean * mean * doubt

function riseOf(sum: Sums, burst: number, look: Look, s: SeriesSetting): SpanReading {
  const expected = sum.expected * look.rising
  const variance = varianceOf(expected, burst, look.doubt)
  const far = sum.counts > expected + 2 * Math.sqrt(variance)
  const rarity = far && !look.quiet ? raritySurpassing(sum.counts, expected, variance) : 0
  const patience = sum.minutes <= s.shortMinutes && sum.counts < s.far * expected ? s.patience : 1
  return { minutes: sum.minutes, observed: sum.counts, expected, variance, rarity, daysBetween: 0, patience }
}

function fallOf(sum: Sums, burst: number, look: Look): SpanReading | null {
  const expected = sum.expected * look.falling
  const variance = varianceOf(expected, burst, look.doubt)
  if (look.quiet || sum.counts >= expected - 1.5 * Math.sqrt(variance)) return null
  const rarity = rarityFallingShort(sum.counts, expected, variance)
  return { minutes: sum.minutes, observed: sum.counts, expected, variance, rarity, daysBetween: 0, patience: 1 }
}

/** A series that speaks once a day falls silent over days: longer than any span. */
function silenceOf(state: SeriesState, look: Look, s: SeriesSetting): SpanReading | null {
  const { buckets, expected } = state.silent
  const minutes = buckets * state.base.width
  if (minutes <= SPANS.at(-1)!) return null
  const burst = burstOf(state.spread.at(-1)!, look, s)
  return fallOf({ minutes, counts: 0, expected, whole: true }, burst, look)
}
