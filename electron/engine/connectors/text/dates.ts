/**
 * Reads the dates that networks, feeds and spreadsheets write. Never guesses: what is not understood as a whole is null,
 * and a calendar date that does not exist (30 February) is null. Without a zone a time is taken as UTC.
 */
const MONTHS = numbersIn(`jan 1 feb 2 mar 3 apr 4 may 5 jun 6 jul 7 aug 8 sep 9 oct 10 nov 11 dec 12
  mär 3 mrz 3 mai 5 okt 10 dez 12`)

/** Minutes east of UTC. RFC 2822 §4.3 and the zone names met in feeds; unknown names are refused, not taken as UTC. */
const ZONES = numbersIn(`z 0 ut 0 utc 0 gmt 0 wet 0 bst 60 cet 60 met 60 mez 60 west 60 ist 330
  cest 120 mest 120 mesz 120 eet 120 eest 180 msk 180 jst 540 kst 540 aest 600 aedt 660 nzst 720 nzdt 780
  est -300 edt -240 cst -360 cdt -300 mst -420 mdt -360 pst -480 pdt -420 akst -540 akdt -480 hst -600
  et -300 ct -360 mt -420 pt -480 at -240 ast -240 adt -180`)

/** Words with their numbers behind them. */
function numbersIn(text: string): Record<string, number> {
  return Object.fromEntries([...text.matchAll(/(\S+) (-?\d+)/g)].map(([, word, number]) => [word, Number(number)]))
}

/** Nothing said on a network is older, and nothing is dated a century ahead. */
const EARLIEST = Date.UTC(1970, 0, 1)
const LATEST = Date.UTC(2100, 0, 1)

/** How to read 03/04/2024; without it such a date is none. */
export type DateOrder = 'dmy' | 'mdy'

/** Milliseconds since the epoch, or null. */
export function parseDate(value: unknown, order?: DateOrder): number | null {
  if (typeof value === 'number') return epoch(value)
  if (typeof value !== 'string') return null
  const text = value.trim()
  if (text === '' || text.length > 80) return null
  if (/^\d{9,19}(\.\d+)?$/.test(text)) return epoch(Number(text))
  return within(iso(text) ?? rfc822(text) ?? asctime(text) ?? numeric(text, order))
}

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

/**
 * Spreadsheets: `31.12.2003 10:14`, `2003/12/31`, `12/31/2003 10:14 PM`. With dots the day comes first; with slashes it is
 * read only where one of the two cannot be a month, or both are the same: 03/04/2024 is two dates, so it is none.
 */
function numeric(text: string, order?: DateOrder): number | null {
  const clock = String.raw`(?:[T,\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(am|pm)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?)?$`
  const slashed = new RegExp(String.raw`^(\d{4})[/.](\d{1,2})[/.](\d{1,2})${clock}`, 'i').exec(text)
  if (slashed) {
    const [, year, month, day, hour, minute, second, fraction, half, zone] = slashed
    return compose(Number(year), Number(month), Number(day), hour, minute, second, fraction, zone, half)
  }
  const match = new RegExp(String.raw`^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})${clock}`, 'i').exec(text)
  if (!match) return null
  const [, first, separator, second_, year, hour, minute, second, fraction, half, zone] = match
  const a = Number(first)
  const b = Number(second_)
  const dayFirst = separator === '.' || a > 12 || a === b || (order === 'dmy' && b <= 12)
  if (!dayFirst && b <= 12 && order !== 'mdy') return null
  const [day, month] = dayFirst ? [a, b] : [b, a]
  return compose(Number(year), month, day, hour, minute, second, fraction, zone, half)
}

/**
 * Whether a column of dates like 03/04/2024 puts the day or the month first: some date in it tells, because no month is
 * above 12. undefined: none does, or they contradict each other.
 */
export function dateOrderOf(values: Iterable<string>): DateOrder | undefined {
  let order: DateOrder | undefined
  for (const value of values) {
    const match = /^\s*(\d{1,2})[/-](\d{1,2})[/-]\d{4}\b/.exec(value)
    if (!match) continue
    const [a, b] = [Number(match[1]), Number(match[2])]
    const told = a > 12 ? 'dmy' : b > 12 ? 'mdy' : undefined
    if (told === undefined) continue
    if (order !== undefined && order !== told) return undefined
    order = told
  }
  return order
}

const monthOf = (name: string): number => MONTHS[name.slice(0, 3).toLowerCase()] ?? 0

/** RFC 2822 §4.3: 00–49 are 2000–2049, 50–99 are 1950–1999. */
function longYear(year: string): number {
  const number = Number(year)
  if (year.length > 2) return number
  return number < 50 ? 2000 + number : 1900 + number
}

function compose(
  year: number,
  month: number,
  day: number,
  hour = '0',
  minute = '0',
  second = '0',
  fraction = '',
  zone = 'z',
  half = '',
): number | null {
  let hours = Number(hour)
  if (half !== '') {
    if (hours < 1 || hours > 12) return null
    hours = (hours % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
  }
  const minutes = Number(minute)
  // 60: a leap second. 24:00:00 is ISO's end of the day.
  const seconds = Math.min(Number(second), 59)
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null
  if (hours > 24 || minutes > 59 || Number(second) > 60 || (hours === 24 && minutes + seconds > 0)) return null
  const offset = zoneMinutes(zone)
  if (offset === null) return null
  const ms = fraction === '' ? 0 : Math.floor(Number(`0.${fraction}`) * 1000)
  return Date.UTC(year, month - 1, day, hours, minutes - offset, seconds, ms)
}

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

function zoneMinutes(zone: string): number | null {
  const text = zone.trim().toLowerCase()
  const offset = /^(?:gmt|utc)?\s*([+-])(\d{1,2}):?(\d{2})?$/.exec(text)
  if (!offset) return ZONES[text] ?? null
  const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0)
  if (minutes > 14 * 60) return null
  return offset[1] === '-' ? -minutes : minutes
}
