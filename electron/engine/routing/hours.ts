import { Temporal } from 'temporal-polyfill'
import type { BusinessHours } from '#shared/model/desk.ts'

/** An open stretch in milliseconds since the epoch, end exclusive. */
type Stretch = readonly [from: number, to: number]

const DAY_MS = 86_400_000
/** A desk that does not open within this many days never will. */
const SEARCH_DAYS = 400
const MAX_CACHED_DAYS = 4_000

interface Calendar {
  zone: string
  alwaysOpen: boolean
  /** Local date as a number of days since 1970-01-01 → its open stretches. */
  days: Map<number, readonly Stretch[]>
  spans: BusinessHours['spans']
  holidays: Set<string>
}

const calendars = new WeakMap<BusinessHours, Calendar>()

function calendarOf(hours: BusinessHours): Calendar {
  let calendar = calendars.get(hours)
  if (calendar === undefined) {
    calendar = {
      // Of an older file: what no platform knows must not stop the clocks of a desk.
      zone: isTimeZone(hours.timeZone) ? hours.timeZone : 'UTC',
      alwaysOpen: hours.spans.length === 0 && hours.holidays.length === 0,
      days: new Map(),
      spans: hours.spans.length > 0 ? hours.spans : [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: 0, to: 1440 })),
      holidays: new Set(hours.holidays),
    }
    calendars.set(hours, calendar)
  }
  return calendar
}

const epochDate = Temporal.PlainDate.from('1970-01-01')

/** The local date at an instant, as days since 1970-01-01. */
const localDay = (zone: string, at: number): number => localQuarter(zone, at).date

/**
 * Wall-clock minutes of a local date as an instant. A time that the clocks skip counts as the moment after the gap, a
 * time that comes twice as its first occurrence ("compatible" in RFC 5545 and in Temporal).
 */
function instantOf(zone: string, date: Temporal.PlainDate, minutes: number): number {
  const day = minutes === 1440 ? date.add({ days: 1 }) : date
  const ofDay = minutes === 1440 ? 0 : minutes
  return day
    .toPlainDateTime({ hour: Math.floor(ofDay / 60), minute: ofDay % 60 })
    .toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds
}

function openOn(calendar: Calendar, day: number): readonly Stretch[] {
  const known = calendar.days.get(day)
  if (known !== undefined) return known
  const date = epochDate.add({ days: day })
  const open: [number, number][] = []
  // A date that the zone left out (Samoa, 30 December 2011) has no hours of its own.
  const isThere = localDay(calendar.zone, instantOf(calendar.zone, date, 720)) === day
  if (isThere && !calendar.holidays.has(date.toString())) {
    const spans = calendar.spans.filter((span) => span.day === date.dayOfWeek).sort((a, b) => a.from - b.from)
    for (const span of spans) {
      const from = instantOf(calendar.zone, date, span.from)
      const to = instantOf(calendar.zone, date, span.to)
      const last = open.at(-1)
      if (last && from <= last[1]) last[1] = Math.max(last[1], to)
      else if (to > from) open.push([from, to])
    }
  }
  if (calendar.days.size >= MAX_CACHED_DAYS) calendar.days.clear()
  calendar.days.set(day, open)
  return open
}

export function isOpen(hours: BusinessHours, at: number): boolean {
  const calendar = calendarOf(hours)
  if (calendar.alwaysOpen) return true
  return openOn(calendar, localDay(calendar.zone, at)).some(([from, to]) => at >= from && at < to)
}

/** Whether it is open at an instant, and until when that stays so; Infinity: for at least 400 days. */
export function stretchAt(hours: BusinessHours, at: number): { open: boolean; until: number } {
  const calendar = calendarOf(hours)
  if (calendar.alwaysOpen) return { open: true, until: Infinity }
  const first = localDay(calendar.zone, at)
  for (let day = first; day <= first + SEARCH_DAYS; day++) {
    for (const [from, to] of openOn(calendar, day)) {
      if (at < from) return { open: false, until: from }
      if (at < to) return { open: true, until: to }
    }
  }
  return { open: false, until: Infinity }
}

/**
 * The instant at which `minutes` of open time have passed since `from`. Open time is real time: a night in which the
 * clocks change is an hour shorter or longer. A clock never ends at an opening: what is used up at closing time is due
 * then. null: the desk does not open for that long within 400 days.
 */
export function addOpenMinutes(hours: BusinessHours, from: number, minutes: number): number | null {
  const calendar = calendarOf(hours)
  let left = minutes * 60_000
  if (calendar.alwaysOpen) return from + left
  const first = localDay(calendar.zone, from)
  for (let day = first; day <= first + SEARCH_DAYS; day++) {
    for (const [open, close] of openOn(calendar, day)) {
      const start = Math.max(open, from)
      if (start >= close) continue
      if (left <= close - start) return start + left
      left -= close - start
    }
  }
  return null
}

/** Open milliseconds in [from, to). */
export function openMsBetween(hours: BusinessHours, from: number, to: number): number {
  const calendar = calendarOf(hours)
  if (to <= from) return 0
  if (calendar.alwaysOpen) return to - from
  let open = 0
  for (let day = localDay(calendar.zone, from); day <= localDay(calendar.zone, to); day++) {
    for (const [start, end] of openOn(calendar, day)) open += Math.max(0, Math.min(end, to) - Math.max(start, from))
  }
  return open
}

const QUARTER_MS = 900_000
const quarters = new Map<string, Map<number, Quarter>>()

interface Quarter {
  hour: number
  weekday: number
  /** Days since 1970-01-01. */
  date: number
}

/** Local hour 0 … 23 and ISO weekday 1 … 7. */
export function localHour(zone: string, at: number): { hour: number; weekday: number } {
  const { hour, weekday } = localQuarter(zone, at)
  return { hour, weekday }
}

/** Offsets of every zone in use change at quarters of an hour, which are cached: the clocks of all desks are looked at every few seconds. */
function localQuarter(zone: string, at: number): Quarter {
  let cache = quarters.get(zone)
  if (cache === undefined) quarters.set(zone, (cache = new Map()))
  const quarter = Math.floor(at / QUARTER_MS)
  let found = cache.get(quarter)
  if (found === undefined) {
    const local = Temporal.Instant.fromEpochMilliseconds(quarter * QUARTER_MS).toZonedDateTimeISO(zone)
    const date = Math.round(Date.UTC(local.year, local.month - 1, local.day) / DAY_MS)
    found = { hour: local.hour, weekday: local.dayOfWeek, date }
    if (cache.size >= MAX_CACHED_DAYS) cache.clear()
    cache.set(quarter, found)
  }
  return found
}

const zones = new Map<string, boolean>()

/** Whether this machine knows the zone. Remembered: an import asks for the same few zones a hundred thousand times. */
export function isTimeZone(zone: string): boolean {
  let known = zones.get(zone)
  if (known === undefined) {
    try {
      Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
      known = true
    } catch {
      known = false
    }
    if (zones.size >= 1_000) zones.clear()
    zones.set(zone, known)
  }
  return known
}
