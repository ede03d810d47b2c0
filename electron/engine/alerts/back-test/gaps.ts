/** A stretch of minutes [from, to) in which nobody listened. */
export interface Gap {
  from: number
  to: number
}

const DAY = 1440
const HOUR = 60
/** Shorter is no gap, however busy the hour is. */
const LEAST_MINUTES = 60
/** Of a Poisson with this mean nothing at all comes once in three million times. */
const LEAST_EXPECTED = 15

/**
 * Stretches in which nothing at all was heard although the same hours of other days are busy: the station slept or every
 * ear failed. The past does not say more, so they are taken as time without data. `counts` by minute from `first`.
 */
export function gapsIn(counts: ArrayLike<number>, first: number): Gap[] {
  const usual = byHourOfDay(counts, first)
  const gaps: Gap[] = []
  let from = -1
  let expected = 0
  for (let at = 0; at <= counts.length; at++) {
    const isSilent = at < counts.length && counts[at] === 0
    if (isSilent) {
      if (from === -1) [from, expected] = [at, 0]
      expected += usual(first + at)
    } else if (from !== -1) {
      if (at - from >= LEAST_MINUTES && expected >= LEAST_EXPECTED) gaps.push({ from: first + from, to: first + at })
      from = -1
    }
  }
  return gaps
}

/** Mean counts a minute of each hour of the day, of the days on which that hour brought anything. */
function byHourOfDay(counts: ArrayLike<number>, first: number): (minute: number) => number {
  const sums = new Float64Array(24)
  const hours = new Float64Array(24)
  let hourSum = 0
  for (let at = 0; at < counts.length; at++) {
    const minute = first + at
    hourSum += counts[at]!
    if ((minute + 1) % HOUR !== 0 && at + 1 < counts.length) continue
    const hour = Math.floor((minute % DAY) / HOUR)
    if (hourSum > 0) {
      sums[hour]! += hourSum
      hours[hour]!++
    }
    hourSum = 0
  }
  return (minute) => {
    const hour = Math.floor((minute % DAY) / HOUR)
    return hours[hour]! < 2 ? 0 : sums[hour]! / hours[hour]! / HOUR
  }
}
