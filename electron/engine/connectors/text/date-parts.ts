import { atPlace, isPlace, zoneMinutes } from './zones.ts'

/** How to read 03/04/2024, or 24/03/04; without it such a date is none. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd'

/** RFC 2822 §4.3: 00–49 are 2000–2049, 50–99 are 1950–1999. */
export function longYear(year: string): number {
  const number = Number(year)
  if (year.length > 2) return number
  return number < 50 ? 2000 + number : 1900 + number
}

/** Thailand counts from 543 years earlier. */
const buddhist = (year: number): number => (year > 2400 && year < 2700 ? year - 543 : year)

/** The instant of a calendar date with a time of day in a zone; null when there is no such date, time or zone. */
export function compose(
  written: number,
  month: number,
  day: number,
  hour = '0',
  minute = '0',
  second = '0',
  fraction = '',
  zone = 'z',
  half = '',
): number | null {
  const year = buddhist(written)
  let hours = Number(hour)
  if (half !== '') {
    // Some clocks write midnight "0:05 AM".
    if (hours > 12) return null
    hours = (hours % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
  }
  const minutes = Number(minute)
  // 60: a leap second. 24:00:00 is ISO's end of the day.
  const seconds = Math.min(Number(second), 59)
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null
  if (hours > 24 || minutes > 59 || Number(second) > 60 || (hours === 24 && minutes + seconds > 0)) return null
  const ms = fraction === '' ? 0 : Math.floor(Number(`0.${fraction}`) * 1000)
  const local = Date.UTC(year, month - 1, day, hours, minutes, seconds, ms)
  const offset = zoneMinutes(zone)
  if (offset !== null) return local - offset * 60_000
  return isPlace(zone.trim()) ? atPlace(local, zone.trim()) : null
}

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

/**
 * Day and month of two numbers between which a separator stands, or null when both readings are possible and nothing
 * tells. With dots the day comes first.
 */
export function dayAndMonth(
  a: number,
  b: number,
  separator: string,
  order: DateOrder | undefined,
): [day: number, month: number] | null {
  const dayFirst = separator === '.' || a > 12 || a === b || (order === 'dmy' && b <= 12)
  if (!dayFirst && b <= 12 && order !== 'mdy') return null
  return dayFirst ? [a, b] : [b, a]
}
