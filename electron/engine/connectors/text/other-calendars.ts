import { evenDigits } from './written-dates.ts'

/**
 * Dates of other calendars and of programs with a form of their own, as ISO 8601 or another form that is read anyhow; null: none of them.
 * By their years, which no date of a mention has in our calendar: Iran's 14th and 15th century, Islam's 15th, Taiwan's
 * and Japan's eras by name. (Thailand's years are told in `compose`.)
 */
export function inOurForm(written: string): string | null {
  const text = evenDigits(written).trim()
  return formOf(text) ?? eraOf(text) ?? calendarOf(text)
}

const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII']
const two = (n: number): string => String(n).padStart(2, '0')

/** Forms of programs: a text cell's apostrophe, a web server's log, .NET's JSON, a clock before its date, weeks and days of the year. */
function formOf(text: string): string | null {
  if (/^['‘’]\d/.test(text)) return text.slice(1)
  const net = /^\\?\/?Date\((-?\d{9,14})(?:[+-]\d{4})?\)\\?\/?$/.exec(text)
  if (net) return net[1]!
  const log = /^\[?(\d{1,2})\/(\p{L}{3,9})\/(\d{4}):(\d{2}:\d{2}:\d{2})(?:\s*([+-]\d{4}))?\]?$/u.exec(text)
  if (log) return `${log[1]} ${log[2]} ${log[3]} ${log[4]} ${log[5] ?? ''}`.trim()
  const before = /^(\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?)\s*[·•|,–—-]\s*(.*\d{4}.*)$/iu.exec(text)
  if (before && !/\d:\d{2}/.test(before[2]!)) return `${before[2]} ${before[1]}`
  const week = /^(\d{4})-?W(\d{2})(?:-?([1-7]))?(?:[T\s](.*))?$/i.exec(text)
  if (week) {
    const day = dayOfWeek(Number(week[1]), Number(week[2]), Number(week[3] ?? 1))
    return day === null ? null : withClock(day, week[4])
  }
  const nth = /^(\d{4})-(\d{3})[T\s](\d{2}:?\d{2}.*)$/.exec(text)
  if (nth) {
    const day = Date.UTC(Number(nth[1]), 0, Number(nth[2]))
    return new Date(day).getUTCFullYear() === Number(nth[1]) ? withClock(day, nth[3]) : null
  }
  const roman = /^(\d{1,2})[\s./-]+([IVX]{1,4})[\s./-]+(\d{4})(?:\s*r\.?)?(?:[,\s]+(.*))?$/.exec(text)
  const month = roman ? ROMAN.indexOf(roman[2]!) + 1 : 0
  return month > 0 ? isoOf(Number(roman![3]), month, Number(roman![1]), roman![4]) : null
}

const isoOf = (year: number, month: number, day: number, clock: string | undefined): string =>
  `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}${clock ? ` ${clock.trim()}` : ''}`

const withClock = (day: number, clock: string | undefined): string =>
  `${new Date(day).toISOString().slice(0, 10)}${clock ? ` ${clock.trim()}` : ''}`

/** ISO 8601: the week that holds the year's first Thursday is its first. Null: the year has no such week. */
function dayOfWeek(year: number, week: number, day: number): number | null {
  const fourth = new Date(Date.UTC(year, 0, 4))
  const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * DAY_MS
  const thursday = monday + ((week - 1) * 7 + 3) * DAY_MS
  return new Date(thursday).getUTCFullYear() === year ? thursday + (day - 4) * DAY_MS : null
}

/** The year before the first of each era. */
const ERAS: Record<string, number> = {
  R: 2018,
  H: 1988,
  S: 1925,
  令和: 2018,
  平成: 1988,
  昭和: 1925,
  民國: 1911,
  民国: 1911,
  中華民國: 1911,
}

function eraOf(text: string): string | null {
  const found =
    /^(R|H|S|令和|平成|昭和|中華民國|民國|民国)\s?(元|\d{1,3})\s?[年./-]\s?(\d{1,2})\s?[月./-]\s?(\d{1,2})\s?日?(?:\s*\(.\))?\s*(.*)$/u.exec(
      text,
    )
  if (!found) return null
  const [, era, nth, month, day, clock] = found
  return isoOf(ERAS[era!]! + (nth === '元' ? 1 : Number(nth)), Number(month), Number(day), clock)
}

const DAY_MS = 86_400_000
const PERSIAN_MONTHS = 'فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند'.split(' ')

interface Calendar {
  name: 'persian' | 'islamic-umalqura'
  /** Years that stand for 2000 … 2049. */
  from: number
  to: number
  /** About when a day of it is, ms. */
  about(year: number, month: number, day: number): number
}

const CALENDARS: Calendar[] = [
  {
    name: 'persian',
    from: 1378,
    to: 1427,
    about: (year, month, day) => Date.UTC(year + 621, 2, 21) + ((month - 1) * 30.6 + day - 1) * DAY_MS,
  },
  {
    name: 'islamic-umalqura',
    from: 1428,
    to: 1475,
    about: (year, month, day) => Date.UTC(622, 6, 19) + ((year - 1) * 354.367 + (month - 1) * 29.53 + day - 1) * DAY_MS,
  },
]

const formats = new Map<string, Intl.DateTimeFormat>()

function calendarOf(text: string): string | null {
  const numeric = /^(1[34]\d{2})[/.-](\d{1,2})[/.-](\d{1,2})(?:[,،\sT-]+(.*))?$/u.exec(text)
  if (numeric) return ofCalendar(Number(numeric[1]), Number(numeric[2]), Number(numeric[3]), numeric[4])
  const worded =
    /^(?:\p{L}+[\s‌]?\p{L}*[،,]?\s+)?(\d{1,2})\s+(\p{L}+)(?:\s+ماه)?،?\s+(1[34]\d{2})(?:[،,\s-]+(.*))?$/u.exec(text)
  if (!worded) return null
  const name = worded[2]!.replace('ي', 'ی')
  const month = PERSIAN_MONTHS.indexOf(name) + 1
  return month === 0 ? null : ofCalendar(Number(worded[3]), month, Number(worded[1]), worded[4])
}

/** The day by the platform's own calendar: a few days around where it must be. */
function ofCalendar(year: number, month: number, day: number, clock: string | undefined): string | null {
  const calendar = CALENDARS.find(({ from, to }) => year >= from && year <= to)
  if (!calendar || month < 1 || month > 12) return null
  const { name } = calendar
  const format =
    formats.get(name) ??
    new Intl.DateTimeFormat(`en-u-ca-${name}-nu-latn`, {
      timeZone: 'UTC',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
    })
  formats.set(name, format)
  const start = Math.floor(calendar.about(year, month, day) / DAY_MS) * DAY_MS
  for (let off = -6; off <= 6; off++) {
    const time = start + off * DAY_MS
    const part = (type: string): number =>
      Number(
        format
          .formatToParts(time)
          .find((one) => one.type === type)
          ?.value.replace(/\D/g, ''),
      )
    if (part('year') === year && part('month') === month && part('day') === day)
      return withClock(time, clock?.replace(/^ساعت\s*/u, ''))
  }
  return null
}
