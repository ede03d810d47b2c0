import { compose, dayAndMonth, longYear } from './date-parts.ts'
import type { DateOrder } from './date-parts.ts'
import { inOurForm } from './other-calendars.ts'
import { evenDigits, writtenDate } from './written-dates.ts'

export type { DateOrder }

/**
 * Reads the dates that networks, feeds and spreadsheets write. Never guesses: what is not understood as a whole is null,
 * and a calendar date that does not exist (30 February) is null. Without a zone a time is taken as UTC.
 */
const MONTHS = numbersIn(`jan 1 feb 2 mar 3 apr 4 may 5 jun 6 jul 7 aug 8 sep 9 oct 10 nov 11 dec 12
  mär 3 mrz 3 mai 5 okt 10 dez 12`)

/** Words with their numbers behind them. */
function numbersIn(text: string): Record<string, number> {
  return Object.fromEntries([...text.matchAll(/(\S+) (-?\d+)/g)].map(([, word, number]) => [word, Number(number)]))
}

/** Nothing said on a network is older, and nothing is dated a century ahead. */
const EARLIEST = Date.UTC(1970, 0, 1)
const LATEST = Date.UTC(2100, 0, 1)

/** Milliseconds since the epoch, or null. */
export function parseDate(value: unknown, order?: DateOrder): number | null {
  if (typeof value === 'number') return epoch(value)
  if (typeof value !== 'string') return null
  const text = value.trim()
  if (text === '' || text.length > 80 || !/\p{Nd}/u.test(text)) return null
  const joined = /^((?:19|20)\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?$/.exec(text)
  // As milliseconds these would be of 1976, or centuries ahead.
  if (joined) {
    const [, year, month, day, hour, minute, second] = joined
    const time = compose(Number(year), Number(month), Number(day), hour, minute, second)
    if (time !== null) return within(time)
  }
  if (/^\d{9,19}(\.\d+)?$/.test(text)) return epoch(Number(text))
  if (/^\d([.,]\d+)?e\+?\d{1,2}$/i.test(text)) return epoch(Number(text.replace(',', '.')))
  const usual = within(iso(text) ?? rfc822(text) ?? asctime(text) ?? numeric(text, order))
  if (usual !== null) return usual
  const ours = ODD.test(text) ? inOurForm(text) : null
  if (ours !== null && ours !== text) return parseDate(ours, order)
  return within(writtenDate(text, order))
}

/** What a date of another calendar, or of a program with a form of its own, has somewhere. */
const ODD =
  /^['‘’]\d|Date\(|\/\p{L}{3,9}\/|^\d{1,2}:\d{2}.*\d{4}|W\d{2}|^\d{4}-\d{3}[T ]|\b[IVX]{1,4}\b|^[RHS]\s?\d|令和|平成|昭和|民[國国]|^[\p{Nd}]{4}[/.-]|ماه|[۰-۹]{4}/u

/** Seconds, milliseconds, microseconds or nanoseconds, told apart by size: seconds reach 10¹¹ in the year 5138. */
function epoch(value: number): number | null {
  if (!Number.isFinite(value) || value < 1e8) return null
  if (value < 1e11) return within(Math.round(value * 1000))
  if (value < 1e14) return within(Math.round(value))
  if (value < 1e17) return within(Math.round(value / 1e3))
  return within(Math.round(value / 1e6))
}

const within = (time: number | null): number | null =>
  time !== null && time >= EARLIEST && time < LATEST ? time : null

/** ISO 8601 / RFC 3339 / W3C-DTF: `2003`, `2003-12`, `20031231`, `2003-12-31T10:14:55.7+01:00`, `2015-02-24 11:35:52 -0800`. */
function iso(text: string): number | null {
  const match =
    /^(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?(?:[T\s]+(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d+))?)?\s*(z|utc|gmt|[+-]\d{2}(?::?\d{2})?)?)?$/i.exec(
      text,
    )
  if (match) {
    const [, year, month, day, hour, minute, second, fraction, zone] = match
    if (hour !== undefined && day === undefined) return null
    return compose(Number(year), Number(month ?? 1), Number(day ?? 1), hour, minute, second, fraction, zone)
  }
  const ordinal = /^(\d{4})-(\d{3})$/.exec(text)
  if (!ordinal) return null
  const dayOfYear = Number(ordinal[2])
  return dayOfYear >= 1 && dayOfYear <= 366 ? Date.UTC(Number(ordinal[1]), 0, dayOfYear) : null
}

/** RFC 822 / 2822 and its neighbours: `Thu, 01 Jan 2004 19:48:21 GMT`, `31 Dec 03 10:14 EST`, `Jan 5, 2024 14:00`. */
function rfc822(text: string): number | null {
  const bare = text.replace(/^[\p{L}]+\.?,?\s+(?=\d)/u, '').replace(/\s*\([^)]*\)\s*$/, '')
  const dayFirst =
    /^(\d{1,2})(?:st|nd|rd|th)?\.?[\s-]+([\p{L}]{3,9})\.?,?[\s-]+(\d{4}|\d{2})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?\s*(am|pm)?\s*([a-z]{1,5}|(?:gmt|utc)?\s*[+-]\d{1,2}:?\d{2})?)?$/iu.exec(
      bare,
    )
  if (dayFirst) {
    const [, day, month, year, hour, minute, second, fraction, half, zone] = dayFirst
    return compose(longYear(year!), monthOf(month!), Number(day), hour, minute, second, fraction, zone, half)
  }
  const monthFirst =
    /^(?:[\p{L}]+\.?,?\s+)?([\p{L}]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:,?\s+(?:at\s+)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?\s*(am|pm)?\s*([a-z]{1,5}|[+-]\d{2}:?\d{2})?)?$/iu.exec(
      text,
    )
  if (!monthFirst) return null
  const [, month, day, year, hour, minute, second, fraction, half, zone] = monthFirst
  return compose(Number(year), monthOf(month!), Number(day), hour, minute, second, fraction, zone, half)
}

/** C's asctime with or without a zone, and Twitter's: `Tue Oct 31 22:10:47 +0000 2017`. */
function asctime(text: string): number | null {
  const match =
    /^[\p{L}]{3,9},?\s+([\p{L}]{3,9})\s+(\d{1,2})\s+(\d{1,2}):(\d{2}):(\d{2})\s+(?:([+-]\d{2}:?\d{2}|[a-z]{1,5})\s+)?(\d{4})$/iu.exec(
      text,
    )
  if (!match) return null
  const [, month, day, hour, minute, second, zone, year] = match
  return compose(Number(year), monthOf(month!), Number(day), hour, minute, second, undefined, zone)
}

const CLOCK = String.raw`(?:[T,\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(am|pm)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?)?$`
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})[/.](\d{1,2})[/.](\d{1,2})${CLOCK}`, 'i')
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})${CLOCK}`, 'i')

/**
 * Spreadsheets: `31.12.2003 10:14`, `2003/12/31`, `12/31/2003 10:14 PM`. With dots the day comes first; with slashes it is
 * read only where one of the two cannot be a month, or both are the same: 03/04/2024 is two dates, so it is none.
 */
function numeric(text: string, order?: DateOrder): number | null {
  const slashed = YEAR_FIRST.exec(text)
  if (slashed) {
    const [, year, month, day, hour, minute, second, fraction, half, zone] = slashed
    return compose(Number(year), Number(month), Number(day), hour, minute, second, fraction, zone, half)
  }
  const match = YEAR_LAST.exec(text)
  if (!match) return null
  const [, first, separator, second_, year, hour, minute, second, fraction, half, zone] = match
  if (order === 'ymd' && year!.length === 2) {
    return compose(longYear(first!), Number(second_), Number(year), hour, minute, second, fraction, zone, half)
  }
  const told = dayAndMonth(Number(first), Number(second_), separator!, order)
  if (!told) return null
  const [day, month] = told
  return compose(longYear(year!), month, day, hour, minute, second, fraction, zone, half)
}

const monthOf = (name: string): number => MONTHS[name.slice(0, 3).toLowerCase()] ?? 0

const SHORT = /^\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/

/** Whether a date can be read day first and month first. */
export const leavesOrderOpen = (value: string): boolean => shortIn(value) !== null && parseDate(value) === null

// eslint-disable-next-line no-control-regex
const shortIn = (value: string): RegExpExecArray | null =>
  SHORT.exec(/^[\x00-\x7f]*$/.test(value) ? value : evenDigits(value))

/**
 * Whether a column of dates like 03/04/2024 puts the day or the month first: some date in it tells, because no month is
 * above 12; else their order in the file does, where only one reading makes them follow each other; else that one of the
 * two numbers keeps changing while the other stays. undefined: nothing tells, or they contradict each other.
 */
export function dateOrderOf(values: Iterable<string>): DateOrder | undefined {
  const dates: [a: number, b: number, c: number][] = []
  let order: DateOrder | undefined
  let yearFirst = 0
  for (const value of values) {
    const match = shortIn(value)
    if (!match || match[2] === '.') continue
    const [a, b, c] = [Number(match[1]), Number(match[3]), Number(match[4])]
    if (match[4]!.length === 2 && (a > 31 || a === 0)) return 'ymd'
    dates.push([a, b, c])
    if (match[4]!.length === 2 && a > 12 && b <= 12) yearFirst++
    const told = a > 12 ? 'dmy' : b > 12 ? 'mdy' : undefined
    if (told === undefined) continue
    if (order !== undefined && order !== told) return undefined
    order = told
  }
  if (order === 'dmy' && yearFirst === dates.length && isYear(dates)) return 'ymd'
  return order ?? byTheirOrder(dates)
}

/** Two-digit years come first where the first number stays while the last one changes. */
const isYear = (dates: [number, number, number][]): boolean => {
  const different = (at: 0 | 2): number => new Set(dates.map((date) => date[at])).size
  return different(0) <= 2 && different(2) > Math.max(2, different(0))
}

/** Fewer dates than this may follow each other by accident. */
const ENOUGH = 5

function byTheirOrder(dates: [number, number, number][]): DateOrder | undefined {
  if (new Set(dates.map(String)).size < ENOUGH) return undefined
  const follow = (place: (date: [number, number, number]) => number): boolean => {
    const times = dates.map(place)
    const rising = times.every((time, i) => i === 0 || time >= times[i - 1]!)
    return rising || times.every((time, i) => i === 0 || time <= times[i - 1]!)
  }
  const dayFirst = follow(([a, b, c]) => c * 10_000 + b * 100 + a)
  const monthFirst = follow(([a, b, c]) => c * 10_000 + a * 100 + b)
  if (dayFirst !== monthFirst) return dayFirst ? 'dmy' : 'mdy'
  const [first, second] = [new Set(dates.map(([a]) => a)).size, new Set(dates.map(([, b]) => b)).size]
  if (first >= ENOUGH && second === 1) return 'dmy'
  return second >= ENOUGH && first === 1 ? 'mdy' : undefined
}
