import type { DateOrder } from '../text/dates.ts'
import { parseDate } from '../text/dates.ts'
import { isZone, zoneMinutes } from '../text/zones.ts'
import { normalName } from './column-names.ts'
import { DAYS_TO_1904 } from './sheet/cell-format.ts'
import type { Row } from './table.ts'

/** How the dates of a file are read, decided over the whole column. */
export interface When {
  order: DateOrder | undefined
  /** Days since 30 December 1899, as a spreadsheet counts them, with the time of day as a fraction. */
  serial: boolean
  /** Those days are counted from 1 January 1904. Default: no. */
  epoch1904?: boolean
  /** The zone of what has none: a word of the header, or what the officer said. null: UTC. */
  zone: string | null
}

/** Days that spreadsheets count for 1955 … 2118. */
const SERIAL = /^[2-7]\d{4}([.,]\d+)?$/
const CLOCK = /^\d{1,2}[:.]\d{2}([:.]\d{2}([.,]\d+)?)?\s*(\p{L}[\p{L}.\s]*)?$/u
const DAY_MS = 86_400_000

export const looksSerial = (cell: string): boolean => SERIAL.test(cell.trim())
/** `10:15`, `1:10 PM`, and times that a spreadsheet keeps as a fraction of the day. */
export const looksLikeClock = (cell: string): boolean => CLOCK.test(cell.trim()) || /^0[.,]\d+$/.test(cell.trim())

/** The instant that a row's date, time and zone say together; null when they say none. */
export function instantOf(date: string, time: string, zone: string, when: When): number | null {
  if (when.serial && SERIAL.test(date)) return serialInstant(date, time, zone || when.zone, when.epoch1904 ?? false)
  let written = date
  if (time !== '' && !hasClock(date)) written = `${date.replace(MIDNIGHT, '')} ${clockOf(time)}`
  const where = zone === '' ? when.zone : zone
  if (where !== null && !saysZone(written)) {
    const named = zoneIn(where)
    if (named === null) return null
    const local = parseDate(`${written}${hasTime(written) ? '' : ' 00:00'} ${named}`, when.order)
    if (local !== null) return local
  }
  return parseDate(written, when.order)
}

const MIDNIGHT = /[T\s]+0{1,2}:00(:00(\.0+)?)?$/
const hasTime = (text: string): boolean => /\d:\d{2}|\d[hH時时시]/u.test(text)
const hasClock = (text: string): boolean => hasTime(text.replace(MIDNIGHT, ''))

function serialInstant(date: string, time: string, zone: string | null, epoch1904: boolean): number | null {
  const days = Number(date.replace(',', '.')) + (epoch1904 ? DAYS_TO_1904 : 0)
  // Excel keeps milliseconds at best: the fraction is rounded to the second, or 9:05 becomes 9:04:59.999.
  const instant = Math.round((Date.UTC(1899, 11, 30) + days * DAY_MS) / 1000) * 1000
  const day = new Date(instant).toISOString()
  const local = time === '' || days % 1 !== 0 ? day.slice(0, 19) : `${day.slice(0, 10)} ${clockOf(time)}`
  return parseDate(zone === null ? local : `${local} ${zoneIn(zone) ?? '?'}`)
}

/** A time of day as it is read behind a date: fractions of the day, `905` and `0905` become clocks. */
function clockOf(time: string): string {
  if (/^0[.,]\d+$/.test(time))
    return new Date(Math.round(Number(time.replace(',', '.')) * 86_400) * 1000).toISOString().slice(11, 19)
  const digits = /^(\d{1,2})(\d{2})$/.exec(time)
  if (digits) return `${digits[1]}:${digits[2]}`
  return time.replace(/^(\d{1,2})\.(\d{2})(?:\.(\d{2}))?/, (_, h: string, m: string, s?: string) =>
    s === undefined ? `${h}:${m}` : `${h}:${m}:${s}`,
  )
}

/** The zone in `(UTC+01:00) Berlin`, `Time zone: EST`, `-0500` or `America/New_York`. */
export function zoneIn(text: string): string | null {
  const trimmed = text.trim()
  if (isZone(trimmed)) return trimmed
  const inner = /\(([^)]+)\)/.exec(trimmed)?.[1] ?? /(?:gmt|utc)\s?[+-]\d{1,2}(?::?\d{2})?/i.exec(trimmed)?.[0]
  return inner !== undefined && isZone(inner) ? inner : null
}

/** A zone that a column's name carries: `Date (EST)`, `created_at_utc`, `Zeit [MEZ]`. */
export function zoneOfHeader(column: string): string | null {
  const inner = /[([]([^)\]]+)[)\]]\s*$/.exec(column)?.[1]
  if (inner !== undefined && isZone(inner)) return inner
  return /(?:[_\s.-](utc|gmt)|(?<=[a-z])(UTC|GMT))$/.test(column) || /[_\s.-](utc|gmt)$/i.test(column) ? 'utc' : null
}

/** Whether a written date is an instant by itself: unix time, or with a zone. */
export function saysZone(cell: string): boolean {
  const text = cell.trim()
  if (/^\d{9,19}(\.\d+)?$/.test(text) || /^\d([.,]\d+)?e\+?\d+$/i.test(text)) return true
  if (/(\d\s*z|\d\s?(gmt|utc)?\s?[+-]\d{1,2}:?\d{2}(\s?\([^)]*\))?|\b(gmt|utc)([+-]\d+)?|\])$/i.test(text))
    return hasTime(text)
  if (!hasTime(text)) return false
  return (
    (text.match(/(?<=\s)[A-ZМСК]{2,5}\b/gu) ?? []).some(
      (word) => !/^[AP]M$/.test(word) && zoneMinutes(word) !== null,
    ) || / [+-]\d{4}\b/.test(text)
  )
}

const QUARTER_MS = 15 * 60_000
const ROWS = 50
/** What the absolute form of a date is called behind the date's own name: `date_unixtime`. */
const ABSOLUTE = /^(unix|unixtime|utc|gmt|epoch|ts|timestamp)(s|ms|us)?$/

/**
 * A column that says the same moments as `local`, absolutely: wherever both stand, they differ by a zone's distance. Found
 * by what it holds, so that `date_unixtime`, `created_at_utc` and `ts` are found alike, and `edited_unixtime` is not.
 */
export function absoluteTwin(local: string, columns: string[], sample: Row[], order?: DateOrder): string | undefined {
  const rows = sample.filter((row) => row.cell(local).trim() !== '').slice(0, ROWS)
  const says = (column: string): boolean =>
    column !== local &&
    rows.length > 0 &&
    rows.every((row) => row.cell(column).trim() !== '' && (zoneOfHeader(column) !== null || saysZone(row.cell(column))))
  const absolute = columns.filter(says)
  const called = absolute.find((column) => ABSOLUTE.test(normalName(column).replace(normalName(local), '')))
  if (called !== undefined && normalName(called).startsWith(normalName(local))) return called
  return absolute.find((column) => {
    let same = 0
    for (const row of rows) {
      const cell = row.cell(column).trim()
      const [here, there] = [parseDate(row.cell(local), order), parseDate(cell, order)]
      if (here === null || there === null) continue
      const apart = Math.abs(here - there)
      const beside = apart % QUARTER_MS
      if (apart <= 14 * 3_600_000 && (beside < 60_000 || beside > QUARTER_MS - 60_000)) same++
    }
    return rows.length > 0 && same >= rows.length * 0.9
  })
}
