import { quoted } from '#renderer/composables/mentions/term-query.ts'

/** Fields of the query language after what is there. */
export const narrowed = (query: string, ...more: string[]): string => [query, ...more].filter(Boolean).join(' ')

/** As it was understood when the mention arrived, so that the mentions are those that were counted. */
export const aspectQuery = (name: string): string => `aspect:${quoted(name)}`

export const authorQuery = (handle: string, network: string): string =>
  `author:${quoted(handle.replace(/^@/, ''))} network:${network}`

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** More than a year of weeks would be no query any more. */
const MOST_HOURS = 60

/**
 * One hour of the week (1 = Monday) in every week of a period, as a query; newest first. `offset`: minutes that the
 * station's time is ahead of UTC at a moment. Empty: the period has no such hour.
 */
export function hourQuery(
  { weekday, hour }: { weekday: number; hour: number },
  { from, to }: { from: number; to: number },
  offset: (at: number) => number,
): string {
  const spans: string[] = []
  const ahead = (at: number) => offset(at) * MINUTE
  // From the last such hour on, day by day: a change of the clocks moves the hour, not the day.
  for (let day = Math.floor((to + ahead(to)) / DAY) * DAY; day >= from + ahead(from) - DAY; day -= DAY) {
    if (((new Date(day).getUTCDay() + 6) % 7) + 1 !== weekday) continue
    const wall = day + hour * HOUR
    const at = wall - ahead(wall - ahead(wall))
    if (at + HOUR <= from || at >= to) continue
    spans.push(`(since:${minute(at)} until:${minute(at + HOUR - MINUTE)})`)
    if (spans.length === MOST_HOURS) break
  }
  return spans.join(' OR ')
}

/** In UTC, which is what a date without a zone means in a query. */
const minute = (at: number): string => new Date(at).toISOString().slice(0, 16)
