const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY_MINUTES = 1440
/** 1970-01-05, as days since 1970-01-01. */
const FIRST_MONDAY = 4

/** Minutes that local time in an IANA zone is ahead of UTC at an instant. Zones of before 1900 had seconds; they count as nothing. */
export type Offset = (at: number) => number

export function offsetIn(timeZone: string): Offset {
  const parts = Object.fromEntries(['year', 'month', 'day', 'hour', 'minute'].map((part) => [part, 'numeric']))
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', ...parts })
  // Often asked for the same instant many times in a row: a look for alerts asks it of each series, and each answer costs microseconds and garbage.
  let asked = NaN
  let known = 0
  return (at) => {
    if (at === asked) return known
    const part: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(at)) part[type] = Number(value)
    const local = Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute)
    known = Math.round((local - Math.floor(at / MINUTE) * MINUTE) / MINUTE)
    asked = at
    return known
  }
}

/** Minutes of local time since 1970-01-01, 00:00 on the wall. */
export const wallMinutes = (at: number, offset: Offset): number => Math.floor(at / MINUTE) + offset(at)

/**
 * When the wall shows these minutes for the first time; where the clocks skip them, as much later as they skip ("compatible"
 * in RFC 5545). Clocks change at most once in two days.
 */
export function atWall(minutes: number, offset: Offset): number {
  const before = offset((minutes - DAY_MINUTES) * MINUTE)
  const after = offset((minutes + DAY_MINUTES) * MINUTE)
  if (before === after) return (minutes - before) * MINUTE
  const found = [before, after]
    .map((one) => (minutes - one) * MINUTE)
    .filter((at) => wallMinutes(at, offset) === minutes)
  return found.length > 0 ? Math.min(...found) : (minutes - before) * MINUTE
}

/** Starts of the bars within one local day; `width` divides it. An hour that comes twice is two bars of up to an hour. */
function barsOfDay(day: number, width: number, offset: Offset): number[] {
  const start = atWall(day * DAY_MINUTES, offset)
  const next = atWall((day + 1) * DAY_MINUTES, offset)
  const plain = next - start === 24 * HOUR && offset(start) === offset(next - MINUTE)
  const bars: number[] = []
  /** Whether it is one more: the last hour of a day may be the one that the clocks skip. */
  const add = (at: number): boolean => at < next && at > (bars.at(-1) ?? -Infinity) && bars.push(at) > 0
  for (let minutes = 0; minutes < DAY_MINUTES; minutes += width) {
    const at = plain || minutes === 0 ? start + minutes * MINUTE : atWall(day * DAY_MINUTES + minutes, offset)
    if (width <= 60)
      while (bars.length && at - bars.at(-1)! > width * MINUTE) if (!add(bars.at(-1)! + width * MINUTE)) break
    add(at)
  }
  if (width <= 60) while (next - bars.at(-1)! > width * MINUTE) if (!add(bars.at(-1)! + width * MINUTE)) break
  return bars
}

/**
 * Where bars of `width` minutes begin, from the one that `from` lies in, and where the last ends, at `to` or after it. They
 * begin at round local times: days at midnight (and have 23 or 25 hours where the clocks change), weeks on Mondays, hours
 * and their parts on the hour. A width that neither divides a day nor is whole days counts from 1970, in UTC.
 */
export function barBounds(from: number, to: number, width: number, offset: Offset): number[] {
  const bounds: number[] = []
  const whole = width % DAY_MINUTES === 0
  if (!whole && DAY_MINUTES % width !== 0) {
    const first = Math.floor(from / MINUTE / width)
    const end = Math.ceil(to / MINUTE / width)
    for (let i = first; i <= end; i++) bounds.push(i * width * MINUTE)
    return bounds
  }
  const days = whole ? width / DAY_MINUTES : 1
  const anchor = days % 7 === 0 ? FIRST_MONDAY : 0
  const today = Math.floor(wallMinutes(from, offset) / DAY_MINUTES)
  let day = Math.floor((today - anchor) / days) * days + anchor
  while (bounds.length === 0 || bounds.at(-1)! < to) {
    if (whole) bounds.push(atWall(day * DAY_MINUTES, offset))
    else bounds.push(...barsOfDay(day, width, offset))
    day += days
  }
  const begin = bounds.findLastIndex((at) => at <= from)
  const end = bounds.findIndex((at, index) => index > begin && at >= to)
  return bounds.slice(Math.max(0, begin), end + 1)
}

/**
 * The widest stretch of minutes (60, 30, 15 or 1) that lies within one local hour wherever it begins in UTC, for all of
 * [from, to): 60 in most zones, 30 in India and Newfoundland, 15 in Nepal.
 */
export function hourParts(from: number, to: number, offset: Offset): 60 | 30 | 15 | 1 {
  let parts: 60 | 30 | 15 | 1 = 60
  for (let at = from; at < to + 24 * HOUR; at += 24 * HOUR) {
    const minutes = Math.abs(offset(Math.min(at, to)))
    while (minutes % parts !== 0) parts = parts === 60 ? 30 : parts === 30 ? 15 : 1
  }
  return parts
}
