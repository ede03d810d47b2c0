import { barMinutes } from '#renderer/composables/time/bar-width.ts'

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
    const to = roundUp(now + 1, bar)
    return withBefore(to - rolling, to, bar)
  }
  const start = Math.max(0, filter.from, filter.to - LONGEST)
  const bar = barMinutes((filter.to - start) / MINUTE)
  return withBefore(Math.floor(start / (bar * MINUTE)) * bar * MINUTE, roundUp(filter.to, bar), bar)
}
const withBefore = (from: number, to: number, bar: number): Stretch => ({
  from,
  to,
  bar,
  before: { from: Math.max(0, from - (to - from)), to: from },
})
const roundUp = (at: number, minutes: number) => Math.ceil(at / (minutes * MINUTE)) * minutes * MINUTE

/** The start of the local day that `at` lies in. */
function midnight(at: number, offset: (at: number) => number): number {
  const day = Math.floor((at + offset(at) * MINUTE) / DAY) * DAY
  // The clock may have been put forward or back since midnight: its own offset counts.
  const guess = day - offset(at) * MINUTE
  return day - offset(guess) * MINUTE
}

/** `2026-03-01T09:30`, as a field for date and time wants it, ↔ ms. */
export const toField = (at: number, offset: (at: number) => number): string =>
  new Date(at + offset(at) * MINUTE).toISOString().slice(0, 16)
export function fromField(text: string, offset: (at: number) => number): number | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text)) return null
  const local = Date.parse(`${text}Z`)
  if (Number.isNaN(local)) return null
  const guess = local - offset(local) * MINUTE
  return local - offset(guess) * MINUTE
}
