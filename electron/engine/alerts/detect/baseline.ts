/**
 * What a counted series lets expect: level × hour of the week × how the last hours went. It is learned an hour at a time, from the hour that is over: what breaks out does not teach the baseline in the minute
 * in which it is to be noticed. Costs buckets, not mentions, and keeps a few hundred numbers.
 */

export const HOURS_OF_WEEK = 168
const HOUR = 60

/** JSON-safe: a restart continues with it. */
export interface Baseline {
  /** Minutes a bucket. */
  width: number
  /** Buckets with data that were learned. */
  seen: number
  /** By hour of the week: sums of count ÷ level, and of the buckets that they are from; both fade by the week. */
  season: number[]
  seasonBuckets: number[]
  /** Sums of counts ÷ season and of buckets, fading over days: their ratio is the level. */
  levelSum: number
  levelBuckets: number
  /** Sums of counts and of expectations, fading over hours: how the last hours went beside the expectation. */
  nearSum: number
  nearExpected: number
}

export interface BaselineSetting {
  /** Half-lives. */
  levelHours: number
  nearHours: number
  /** What is left of a week after the next one. */
  weekKept: number
  /** An hour of the week takes up to so many times what was expected of it. */
  weekTimes: number
  /** What an hour of the day, and of the week, has to show before it is believed: in hours and in counts. */
  dayPrior: number
  weekPrior: number
  seasonCounts: number
  /** Counts to be expected before the last hours say anything. */
  nearPrior: number
}

export const baselineSetting: BaselineSetting = {
  levelHours: 72,
  nearHours: 3,
  weekKept: 0.8,
  weekTimes: 4,
  dayPrior: 2,
  weekPrior: 2,
  seasonCounts: 20,
  nearPrior: 10,
}

/** An hour counts at most so many times the level: one huge bucket is not the hour's habit. */
const BUSIEST = 20

export const freshBaseline = (width: number): Baseline => ({
  width,
  seen: 0,
  season: Array.from({ length: HOURS_OF_WEEK }, () => 0),
  seasonBuckets: Array.from({ length: HOURS_OF_WEEK }, () => 0),
  levelSum: 0,
  levelBuckets: 0,
  nearSum: 0,
  nearExpected: 0,
})

/** Counts a bucket of a mean hour. Of what was never looked at, half a count. */
export const levelOf = (b: Baseline): number => (b.levelSum + 0.5) / (b.levelBuckets + 1)

/** How much busier this hour of the week is than the mean one. An hour that is not known well is like the same hour of other days, and that like any. */
export function seasonOf(b: Baseline, hour: number, s: BaselineSetting = baselineSetting): number {
  const perHour = HOUR / b.width
  const counts = s.seasonCounts / Math.max(1e-6, levelOf(b))
  let sum = 0
  let buckets = 0
  for (let at = hour % 24; at < HOURS_OF_WEEK; at += 24) {
    sum += b.season[at]!
    buckets += b.seasonBuckets[at]!
  }
  const dayPrior = s.dayPrior * perHour + counts
  const day = (sum + dayPrior) / (buckets + dayPrior)
  const weekPrior = s.weekPrior * perHour + counts
  return (b.season[hour]! + weekPrior * day) / (b.seasonBuckets[hour]! + weekPrior)
}

/** How the last hours went beside what was to be expected of them; 1 where that was little. */
export const nearOf = (b: Baseline, s: BaselineSetting = baselineSetting): number =>
  (b.nearSum + s.nearPrior) / (b.nearExpected + s.nearPrior)

/** What an hour brought, in `buckets` with data, of which `expected` was to be expected by level and season. */
export interface Hour {
  hour: number
  counts: number
  buckets: number
  expected: number
}

/** `believed`: how much of the counts the level takes. The hour of the week takes more of them: what comes back each week is no surprise after a few. */
export function learnHour(
  b: Baseline,
  { hour, counts: all, buckets, expected }: Hour,
  believed: number,
  s: BaselineSetting = baselineSetting,
): void {
  if (buckets === 0) return
  const counts = Math.min(all, believed)
  const season = seasonOf(b, hour, s)
  const hours = (buckets * b.width) / HOUR
  const keepLevel = 2 ** (-hours / s.levelHours)
  b.levelSum = b.levelSum * keepLevel + counts / season
  b.levelBuckets = b.levelBuckets * keepLevel + buckets
  const weight = b.seasonBuckets[hour]! * b.width > HOUR * 0.5 ? s.weekKept : 1
  const taken = Math.min(all, Math.max(counts, s.weekTimes * expected))
  b.season[hour] = b.season[hour]! * weight + Math.min(BUSIEST * buckets, taken / levelOf(b))
  b.seasonBuckets[hour] = b.seasonBuckets[hour]! * weight + buckets
  const keepNear = 2 ** (-hours / s.nearHours)
  b.nearSum = b.nearSum * keepNear + counts
  b.nearExpected = b.nearExpected * keepNear + expected
  b.seen += buckets
}
