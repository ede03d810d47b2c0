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
  /** Of each span: what its buckets sum up to, so that a minute costs the same however long it is. */
  sums: SpanSum[]
  /** The hour that is not over yet. */
  hour: OpenHour | null
  /** Of each span. */
  spread: Spread[]
  rises: Habit[]
  falls: Habit
  /** Buckets with data since the last count that was not 0, and what was expected of them. */
  silent: { buckets: number; expected: number }
}

export interface SpanSum {
  buckets: number
  counts: number
  expected: number
  /** Buckets without data. */
  missing: number
}

/** Everything is learned by the hour, and so what an hour is judged by is the same for all of it. */
interface OpenHour extends Hour {
  surprises: Spread[]
  rarest: number
  days: number
  /** A bucket is expected to have so many. */
  mean: number
  rising: number
  falling: number
  doubt: number
  quiet: boolean
  /** Of each span. */
  bursts: number[]
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
  const length = Math.max(1, Math.ceil(SPANS.at(-1)! / width))
  return {
    base: freshBaseline(width),
    at: null,
    counts: Array.from({ length }, () => -1),
    expected: Array.from({ length }, () => 0),
    sums: SPANS.map((span) => {
      const buckets = Math.max(1, Math.ceil(span / width))
      return { buckets, counts: 0, expected: 0, missing: buckets }
    }),
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
  if (state.at !== null && bucket <= state.at) return null
  if (state.hour?.hour !== hour) openHour(state, hour, s)
  const now = state.hour!
  for (let at = firstMissed(state, bucket); at < bucket; at++) enter(state, at, -1, 0)
  state.at = bucket
  if (count === null) {
    enter(state, bucket, -1, 0)
    return { rise: null, fall: null, days: now.days }
  }
  enter(state, bucket, count, now.mean)
  const { silent } = state
  if (count > 0 || now.quiet) silent.buckets = silent.expected = 0
  else {
    silent.buckets++
    silent.expected += now.mean
  }
  now.counts += count
  now.buckets++
  now.expected += now.mean
  return lookAtSpans(state, now, bucket * state.base.width, s)
}

/**
 * A series that knows its history: of a listen that was changed, a source that was imported, a station that begins to keep series. Nothing of it is judged, for history is history; what comes next is. `counts` in
 * order of time.
 */
export function recount(
  width: number,
  counts: Iterable<readonly [bucket: number, count: number | null]>,
  hourOf: (minute: number) => number = hourOfWeek,
): SeriesState {
  const state = freshSeries(width)
  for (const [bucket, count] of counts) observe(state, bucket, count, hourOf(bucket * width))
  return state
}

/** Buckets between the last one and this one had no data; older ones than the longest span are out of sight. */
const firstMissed = ({ at, counts }: SeriesState, bucket: number): number =>
  at === null ? bucket : Math.max(at + 1, bucket - counts.length)

/** A bucket goes in at the front of each span, and one out at its end. */
function enter({ counts, expected, sums }: SeriesState, bucket: number, count: number, mean: number): void {
  const length = counts.length
  for (const sum of sums) {
    const at = (bucket - sum.buckets + length) % length
    const out = counts[at]!
    if (out >= 0) {
      sum.counts -= out
      sum.expected -= expected[at]!
    } else sum.missing--
    if (count >= 0) {
      sum.counts += count
      sum.expected += mean
    } else sum.missing++
    // Sums of fractions drift by less than a millionth of a millionth; of nothing they are nothing.
    if (sum.missing === sum.buckets) sum.counts = sum.expected = 0
  }
  counts[bucket % length] = count
  expected[bucket % length] = mean
}

function openHour(state: SeriesState, hour: number, s: SeriesSetting): void {
  foldHour(state, s)
  const { base } = state
  const days = (base.seen * base.width) / DAY
  const near = nearOf(base)
  const trust = Math.min(1, Math.max(0, days / s.seasonDays - 1))
  const prior = (s.spreadPriorHours * HOUR) / base.width
  // Of all series in the same minute: what is there is used again.
  const surprises = state.hour?.surprises ?? noSpread()
  for (const surprise of surprises) surprise.sum = surprise.looks = 0
  state.hour = {
    hour,
    counts: 0,
    buckets: 0,
    expected: 0,
    surprises,
    rarest: 0,
    days,
    mean: levelOf(base) * seasonOf(base, hour),
    rising: Math.min(near, s.nearMost) ** (1 - trust),
    falling: Math.min(1, near),
    doubt: s.doubtLast + s.doubtFirst / (1 + days),
    quiet: base.seen * base.width < s.quietMinutes,
    bursts: state.spread.map(({ sum, looks }) => Math.max(1, (sum + s.spreadPrior * prior) / (looks + prior))),
  }
}

function foldHour(state: SeriesState, s: SeriesSetting): void {
  const { hour, base } = state
  if (hour === null) return
  learnHour(base, hour, believedOf(hour, s))
  const keep = 2 ** (-(hour.buckets * base.width) / HOUR / s.spreadHours)
  hour.surprises.forEach(({ sum, looks }, span) => {
    const spread = state.spread[span]!
    spread.sum = spread.sum * keep + sum
    spread.looks = spread.looks * keep + looks
  })
}

/** How much of an hour is learned: what is far above its habit is to be noticed, and believed only when it lasts. */
function believedOf(hour: OpenHour, s: SeriesSetting): number {
  if (hour.quiet) return hour.counts
  const usual = hour.expected * hour.rising
  const deviation = Math.sqrt(varianceOf(usual, hour.bursts[HOUR_SPAN]!, hour.doubt))
  return Math.min(hour.counts, usual + (hour.rarest > s.surprise ? deviation : s.believedSpreads * deviation + 3))
}

const varianceOf = (mean: number, burst: number, doubt: number): number => mean * burst + mean * mean * doubt

/** For each minute of each series: nothing is made that is not needed. */
function lookAtSpans(state: SeriesState, now: OpenHour, minute: number, s: SeriesSetting): SeriesReading {
  const { width } = state.base
  let rise: SpanReading | null = null
  let fall: SpanReading | null = null
  for (let span = 0; span < SPANS.length; span++) {
    const sum = state.sums[span]!
    const expected = Math.max(0, sum.expected) * now.rising
    const variance = varianceOf(expected, now.bursts[span]!, now.doubt)
    const over = sum.counts - expected
    const surprise = now.surprises[span]!
    surprise.sum += Math.min(s.spreadMost, (over * over) / Math.max(expected, 0.05))
    surprise.looks++
    const far = over > 0 && over * over > 4 * variance && !now.quiet
    const rarity = far ? raritySurpassing(sum.counts, expected, variance) : 0
    const habit = state.rises[span]!
    if (rarity > 0) {
      if (rarity > now.rarest) now.rarest = rarity
      const minutes = sum.buckets * width
      const patience = minutes <= s.shortMinutes && sum.counts < s.far * expected ? s.patience : 1
      const seldom = daysBetween(habit, rarity, minute)
      const up = { minutes, observed: sum.counts, expected, variance, rarity, daysBetween: seldom, patience }
      if (rise === null || isFurther(up, rise)) rise = up
    }
    remember(habit, rarity, minute)
    if (over >= 0 || sum.missing > 0) continue
    const down = fallOf(sum.buckets * width, sum.counts, sum.expected, span, now)
    if (down !== null && down.rarity > (fall?.rarity ?? 0)) fall = down
  }
  const { buckets, expected } = state.silent
  // A series that speaks once a day falls silent over days: longer than any span.
  const silence = buckets * width > SPANS.at(-1)! ? fallOf(buckets * width, 0, expected, SPANS.length - 1, now) : null
  if (silence !== null && silence.rarity > (fall?.rarity ?? 0)) fall = silence
  if (fall !== null) fall.daysBetween = daysBetween(state.falls, fall.rarity, minute)
  remember(state.falls, fall?.rarity ?? 0, minute)
  return { rise, fall, days: now.days }
}

const isFurther = (one: SpanReading, other: SpanReading): boolean => {
  const a = one.daysBetween / one.patience
  const b = other.daysBetween / other.patience
  return a > b || (a === b && one.rarity > other.rarity)
}

function fallOf(minutes: number, counts: number, mean: number, span: number, now: OpenHour): SpanReading | null {
  const expected = Math.max(0, mean) * now.falling
  const variance = varianceOf(expected, now.bursts[span]!, now.doubt)
  if (now.quiet || counts >= expected - 1.5 * Math.sqrt(variance)) return null
  const rarity = rarityFallingShort(counts, expected, variance)
  return { minutes, observed: counts, expected, variance, rarity, daysBetween: 0, patience: 1 }
}
