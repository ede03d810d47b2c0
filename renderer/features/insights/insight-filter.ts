import { barMinutes } from '#renderer/composables/time/bar-width.ts'
import { atWall } from '#renderer/composables/time/zone-offset.ts'

/** What Insights looks at. It stands in the address, so that it can be kept, sent and gone back to. */
export interface InsightFilter {
  /** Empty: everything that is heard. */
  listenIds: string[]
  period: PeriodKind
  /** Only with `custom`; ms, `to` exclusive. */
  from: number
  to: number
  /** Beside the period before. */
  compare: boolean
}
export const periodKinds = ['hour', 'hours8', 'today', 'days7', 'days28', 'custom'] as const
export type PeriodKind = (typeof periodKinds)[number]

/** A stretch [from, to) in ms that starts and ends with a bar, and how far back the one lies that it is compared with. */
export interface Stretch {
  from: number
  to: number
  /** Minutes. */
  bar: number
  before: { from: number; to: number }
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const ROLLING: Partial<Record<PeriodKind, number>> = { hour: HOUR, hours8: 8 * HOUR, days7: 7 * DAY, days28: 28 * DAY }
/** Minutes: what ends no later than this ends now. */
const SOON = 5
/** Beyond it a chart would have more points than the station hands out. */
const LONGEST = 20 * 365 * DAY

export function readFilter(query: Readonly<Record<string, string>>): InsightFilter {
  const whole = (text: string | undefined) => (text && /^\d{1,15}$/.test(text) ? Number(text) : 0)
  const [from, to] = [whole(query['from']), whole(query['to'])]
  const named = periodKinds.find((kind) => kind === query['period']) ?? 'hours8'
  return {
    listenIds: (query['listens'] ?? '').split(',').filter(Boolean).slice(0, 200),
    period: named === 'custom' && !(from < to) ? 'hours8' : named,
    from,
    to,
    compare: query['compare'] !== 'no',
  }
}
export function writeFilter(filter: InsightFilter): Record<string, string> {
  const custom = filter.period === 'custom'
  return {
    listens: filter.listenIds.join(','),
    period: filter.period === 'hours8' ? '' : filter.period,
    from: custom ? String(filter.from) : '',
    to: custom ? String(filter.to) : '',
    compare: filter.compare ? '' : 'no',
  }
}

/**
 * The stretch that a filter means at `now`. Its ends are rounded outwards to whole bars, so that a chart and the numbers
 * beside it count the same mentions. `offset`: minutes that local time is ahead of UTC at an instant.
 */
export function stretchOf(filter: InsightFilter, now: number, offset: (at: number) => number): Stretch {
  if (filter.period === 'today') {
    const bar = 15
    const from = midnight(now, offset)
    const to = roundUp(now + 1, bar)
    const yesterday = midnight(from - HOUR, offset)
    return { from, to, bar, before: { from: yesterday, to: yesterday + (to - from) } }
  }
  const rolling = ROLLING[filter.period]
  if (rolling !== undefined) {
    const bar = barMinutes(rolling / MINUTE)
    const end = localUp(now + 1, bar, offset)
    return withBefore(localDown(end - rolling, bar, offset), end, bar, offset)
  }
  const start = Math.max(0, filter.from, filter.to - LONGEST)
  const bar = barMinutes((filter.to - start) / MINUTE)
  return withBefore(localDown(start, bar, offset), localUp(filter.to, bar, offset), bar, offset)
}
/**
 * Where a stretch that goes on ends for whoever reads it: the bar that is being filled may be half a day wide, and what lies
 * ahead was not heard yet.
 */
export const endOf = ({ to }: Stretch, now: number): number => (now < to ? Math.min(to, roundUp(now + 1, SOON)) : to)

function withBefore(from: number, to: number, bar: number, offset: (at: number) => number): Stretch {
  // To the nearest bar: where the clocks changed, as much time before is no whole number of bars.
  const begin = localDown(from - (to - from) + (bar * MINUTE) / 2, bar, offset)
  return { from, to, bar, before: { from: Math.max(0, begin), to: from } }
}
const roundUp = (at: number, minutes: number) => Math.ceil(at / (minutes * MINUTE)) * minutes * MINUTE

const WEEK = 7 * 24 * 60
/** 1970-01-05 was a Monday. */
const MONDAY = 4 * 24 * 60

/**
 * The round local time (of `bar` minutes; weeks on Mondays) at or before an instant, as the station's charts begin their
 * bars: a day has 23 or 25 hours where the clocks change.
 */
function localDown(at: number, bar: number, offset: (at: number) => number): number {
  const anchor = bar % WEEK === 0 ? MONDAY : 0
  const wall = Math.floor((at / MINUTE + offset(at) - anchor) / bar) * bar + anchor
  const found = atWall(wall, offset)
  // Between the two times of an hour that comes twice; bars of up to an hour go on through it.
  return bar <= 60 && at - found >= bar * MINUTE ? at - ((at - found) % (bar * MINUTE)) : Math.min(found, at)
}
function localUp(at: number, bar: number, offset: (at: number) => number): number {
  const down = localDown(at, bar, offset)
  if (down === at) return at
  // A bar is at most three hours longer or shorter than it says.
  const next = localDown(down + bar * MINUTE + Math.min(bar / 2, 200) * MINUTE, bar, offset)
  return next >= at ? next : localDown(next + bar * MINUTE * 1.5, bar, offset)
}

/** The start of the local day that `at` lies in. */
function midnight(at: number, offset: (at: number) => number): number {
  return atWall(Math.floor((at / MINUTE + offset(at)) / 1440) * 1440, offset)
}

/** `2026-03-01T09:30`, as a field for date and time wants it, ↔ ms. */
export const toField = (at: number, offset: (at: number) => number): string =>
  new Date(at + offset(at) * MINUTE).toISOString().slice(0, 16)
export function fromField(text: string, offset: (at: number) => number): number | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text)) return null
  const local = Date.parse(`${text}Z`)
  if (Number.isNaN(local)) return null
  return atWall(local / MINUTE, offset)
}
