/** Fields of the query language after what is there. */
export const narrowed = (query: string, ...more: string[]): string => [query, ...more].filter(Boolean).join(' ')

const quoted = (text: string): string => `"${text.replace(/["\\]/g, ' ').trim()}"`

/** One term as it was said; a hashtag is asked for as one. */
export const termQuery = (term: string): string => (/^#[\p{L}\p{N}_]+$/u.test(term) ? term : quoted(term))

export const authorQuery = (handle: string, network: string): string =>
  `author:${quoted(handle.replace(/^@/, ''))} network:${network}`

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** More than a year of weeks would be no query any more. */
const MOST_HOURS = 60

/**
 * One hour of the week (1 = Monday) in every week of a period, as a query; newest first. `offset`: the station's distance from UTC at a moment, in ms. Empty:
 * the period has no such hour.
 */
export function hourQuery(
  { weekday, hour }: { weekday: number; hour: number },
  { from, to }: { from: number; to: number },
  offset: (at: number) => number,
): string {
  const spans: string[] = []
  // From the last such hour on, day by day: a change of the clocks moves the hour, not the day.
  for (let day = Math.floor((to + offset(to)) / DAY) * DAY; day >= from + offset(from) - DAY; day -= DAY) {
    if (((new Date(day).getUTCDay() + 6) % 7) + 1 !== weekday) continue
    const wall = day + hour * HOUR
    const at = wall - offset(wall - offset(wall))
    if (at + HOUR <= from || at >= to) continue
    spans.push(`(since:${minute(at)} until:${minute(at + HOUR - 60_000)})`)
    if (spans.length === MOST_HOURS) break
  }
  return spans.join(' OR ')
}

/** In UTC, which is what a date without a zone means in a query. */
const minute = (at: number): string => new Date(at).toISOString().slice(0, 16)
