import { compose, dayAndMonth, longYear } from './date-parts.ts'
import type { DateOrder } from './date-parts.ts'
import { halfOf, isFiller, monthsOf, weekdaysOf } from './date-words.ts'
import { isPlace, isZone, zoneMinutes } from './zones.ts'

/**
 * Dates as people and their programs write them, in any language that the platform has names for: `1. März 2024 um 09:05
 * Uhr`, `Vendredi, 13 Mars, 2020 - 12:22`, `2024年3月1日 午後9時5分`, `Fri Mar 01 2024 09:05:00 GMT+0100 (…)`. Every word has
 * to mean something in a date; a text with a word that does not is no date.
 */
export function writtenDate(written: string, order?: DateOrder): number | null {
  if (written.length > 90 || !/\p{Nd}/u.test(written)) return null
  const text = evenOut(written)
  if (!/\d/.test(text) || (text.match(/\p{L}[\p{L}\p{M}]*/gu)?.length ?? 0) > 8) return null
  const clock = clockIn(text)
  if (clock === null) return null
  const { hour, minute, second, fraction } = clock
  const words = wordsOf(clock.rest)
  if (words === null) return null
  const day = dayIn(words, order)
  if (day === null) return null
  const [year, month, date] = day
  return compose(year, month, date, hour, minute, second, fraction, words.zone ?? clock.zone ?? 'z', words.half ?? '')
}

/** One kind of digit, blank and mark; the signs of East Asia as the marks that stand for the same. */
function evenOut(written: string): string {
  return evenDigits(written)
    .replace(/(令和|平成)\s*(\d{1,2}|元)\s*年/gu, (_, era: string, year: string) => {
      const nth = year === '元' ? 1 : Number(year)
      return `${(era === '令和' ? 2018 : 1988) + nth}年`
    })
    .replace(/(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*(?:[日号號일]|(?!\d))/gu, ' $1-$2-$3 ')
    .replace(/(\d{1,2})\s*[時时点點시]\s*(\d{1,2})\s*[分분]?\s*(?:(\d{1,2})\s*[秒초])?/gu, (_, h, m, s) =>
      clockText(h, m, s),
    )
    .replace(/(\d{1,2})\s*[時时点點시]/gu, '$1:00')
    .replace(/(\d{1,2})\s+(?:tháng|thg)\s+(\d{1,2}),?\s+(?:năm\s+)?(\d{4})/giu, '$3-$2-$1')
    .replace(/(\d{4}-\d{2}-\d{2})-(?=\d{1,2}:)/g, '$1 ')
    .replace(/\b([ap])\.?\s?m\b\.?/giu, '$1m')
    .replace(/\b(\d{1,2}) ?h ?(\d{2})\b(?: ?(?:m|min) ?(\d{2}) ?s?)?/giu, (_, h, m, s) => clockText(h, m, s))
    .replace(/(\d)(?:st|nd|rd|th|er|ère|re|º|ª|°|-?(?:го|е|ого|й))(?![\p{L}\d])/giu, '$1')
    .replace(/[（(]([^()（）]*)[)）]/gu, (whole, inner: string) =>
      isZone(inner) ? ` ${inner} ` : /[+-]\d/.test(written) || /^\p{L}{1,9}\.?$/u.test(inner) ? ' ' : whole,
    )
    .replace(/\s+/gu, ' ')
    .trim()
}

/** Digits of any script as those of Latin, without the marks that say which way a text runs. */
export const evenDigits = (written: string): string =>
  written
    .normalize('NFKC')
    .replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]/gu, (digit) =>
      String(digitValue(digit)),
    )

/** Digits of one script stand in a row from 0 to 9, and each row begins at a multiple of 16 or six above one. */
const digitValue = (digit: string): number => {
  const code = digit.codePointAt(0)!
  const zero = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50].findLast((begin) => begin <= code)!
  return code - zero
}

const clockText = (hour: string, minute: string, second?: string): string =>
  `${hour}:${minute.padStart(2, '0')}${second === undefined ? '' : `:${second.padStart(2, '0')}`}`

interface Clock {
  hour?: string
  minute?: string
  second?: string
  fraction?: string
  /** An offset directly behind the clock. */
  zone?: string
  /** The text around it. */
  rest: string
}

const COLONS = /(?<![\d:.+\-\u2212])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,:](\d{1,9}))?)?(?![\d:])/g
const OFFSET = /^\s*(?:gmt|utc)?\s?[+\-\u2212]\d{1,2}(?::?\d{2})?(?::00)?(?!\d)/i
/** A zone directly behind the clock in capitals: elsewhere a word may be a month of some language. */
const ZONE = /^\s?(?:(am|pm)\s?)?([\p{Lu}]{2,5})(?![\p{L}])/iu
/** `kl. 09.05`, `2024 09.05.30`: a clock with dots stands behind its date. */
const DOTS =
  /(?<=(?:\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2}|\d{1,2}[ -]\p{L}+[ -]\d{2}),? (?:\p{L}+\.? )?)(\d{1,2})\.(\d{2})(?:\.(\d{2}))?(?![\d.])/gu
/** `9 PM`, `9 Uhr`. */
const HOUR = /(?<![\d.:/-])(\d{1,2})(?= ?(?:am|pm|uhr)\b)/gi

/** The one clock of a text, or a text without one; null when there are two. */
function clockIn(text: string): Clock | null {
  for (const form of [COLONS, DOTS, HOUR]) {
    const found = [...text.matchAll(form)]
    if (found.length > 1) return null
    const [match] = found
    if (!match) continue
    const [whole, hour, minute, second, fraction] = match
    const after = text.slice(match.index + whole.length)
    const zone = OFFSET.exec(after)?.[0]
    const named = zone === undefined ? ZONE.exec(after) : null
    if (named && named[2] === named[2]!.toUpperCase() && zoneMinutes(named[2]) !== null) {
      const rest = `${text.slice(0, match.index)} ${named[1] ?? ''} ${after.slice(named[0].length)}`
      return { hour, minute, second, fraction, zone: named[2], rest }
    }
    const before = text.slice(0, match.index).replace(/(?<=\d)T$/, ' ')
    const rest = `${before} ${after.slice(zone?.length ?? 0)}`
    return { hour, minute, second, fraction, zone: zone?.trim(), rest }
  }
  return { rest: text }
}

interface Words {
  numbers: string
  months: { values: number[]; at: number; afterNumber: boolean }[]
  weekdays: number[]
  zone?: string
  half?: 'am' | 'pm'
}

/** What the words mean that stand around the numbers; null when one means nothing. */
function wordsOf(text: string): Words | null {
  const words: Words = { numbers: '', months: [], weekdays: [] }
  let zoned = text.replace(/\[?([A-Z][A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)+)\]?/, (whole, place: string) => {
    if (!isPlace(place)) return whole
    words.zone = place
    return ' '
  })
  zoned = zoned.replace(/(?:gmt|utc)\s?[+-]\d{1,2}(?::?\d{2})?(?!\d)/i, (offset) => {
    words.zone = offset
    return ' '
  })
  const half = /[上下]午|午[前後后]|오[전후]/u.exec(zoned)
  if (half) {
    words.half = /上|前|전/u.test(half[0]) ? 'am' : 'pm'
    zoned = zoned.replace(half[0], ' ')
  }
  for (const match of zoned.matchAll(/[\p{L}\p{M}][\p{L}\p{M}.'’]*/gu)) {
    const word = match[0].replace(/\.$/, '')
    const afterNumber = /\d[.\s,-]*(?:de |del |di )?$/iu.test(zoned.slice(0, match.index))
    if (!oneWord(words, word, match.index, afterNumber)) return null
  }
  words.numbers = zoned
    .replace(/[\p{L}\p{M}.'’]*\p{L}[\p{L}\p{M}.'’]*/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
  return words
}

function oneWord(words: Words, word: string, at: number, afterNumber: boolean): boolean {
  if (/^(am|pm)$/i.test(word)) {
    words.half ??= word.toLowerCase() as 'am' | 'pm'
    return true
  }
  // Upper case: "MET", "EST" and "BRT" are zones; "met" and "est" may be words. A zone stands behind the date.
  if (word.length > 1 && word === word.toUpperCase() && zoneMinutes(word) !== null && monthsOf(word).length === 0) {
    words.zone ??= word
    return true
  }
  if (/^z$/i.test(word)) return ((words.zone ??= 'z'), true)
  // Hebrew writes "in" as the first letter of what follows.
  const months = monthsOf(/^ב-?\p{L}/u.test(word) ? word.slice(1) : word)
  const weekdays = weekdaysOf(word)
  if (months.length > 0) words.months.push({ values: months, at, afterNumber })
  words.weekdays.push(...weekdays)
  if (months.length > 0 || weekdays.length > 0 || isFiller(word)) return true
  const half = halfOf(word)
  if (half !== null) words.half ??= half
  else if (zoneMinutes(word) !== null) words.zone ??= word
  else return false
  return true
}

/** Year, month and day of what is left. A weekday that fits one reading only decides between readings. */
function dayIn({ numbers, months, weekdays }: Words, order?: DateOrder): [number, number, number] | null {
  const fits = (year: number, month: number, day: number): boolean =>
    weekdays.includes(new Date(Date.UTC(year, month - 1, day)).getUTCDay())
  const bare = numbers.replace(/^[\s,.@\-–—|/]+|[\s,.@\-–—|/]+$/gu, '')
  const numeric = /^(\d{1,4})\s?([-/. ])\s?(\d{1,2})\s?\2\s?(\d{1,4})$/.exec(bare)
  if (numeric && months.length === 0) {
    const [, first, separator, second, third] = numeric as unknown as [string, string, string, string, string]
    if (first.length === 4) return [Number(first), Number(second), Number(third)]
    if (separator === ' ' || (third.length !== 4 && third.length !== 2)) return null
    if (order === 'ymd' && third.length === 2) return [longYear(first), Number(second), Number(third)]
    const year = longYear(third)
    const [a, b] = [Number(first), Number(second)]
    const told = dayAndMonth(a, b, separator, order)
    if (told) return [year, told[1], told[0]]
    const [dayFirst, monthFirst] = [fits(year, b, a), fits(year, a, b)]
    if (dayFirst === monthFirst) return null
    return dayFirst ? [year, b, a] : [year, a, b]
  }
  if (months.length === 0) return null
  const two = /^['’]?(\d{1,4})[^\d]+(\d{1,4})$/u.exec(bare)
  if (!two) return null
  const [, one, other] = two as unknown as [string, string, string]
  const yearFirst = one.length === 4 && other.length <= 2
  if (!yearFirst && (one.length > 2 || other.length === 1 || other.length === 3)) return null
  const year = buddhist(longYear(yearFirst ? one : other))
  const day = Number(yearFirst ? other : one)
  // "mar., 12 ago.": a word that may be a month or a weekday is the month only when no other word stands behind the day.
  const { values } = months.find(({ afterNumber }) => afterNumber) ?? months.at(-1)!
  return [year, values.find((month) => fits(year, month, day)) ?? values[0]!, day]
}

/** Thailand counts from 543 years earlier. */
const buddhist = (year: number): number => (year > 2400 ? year - 543 : year)
