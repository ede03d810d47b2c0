import type { BusinessHours } from '#shared/model/desk.ts'
import type { QuietHours } from '#shared/model/alert-recipient.ts'
import { stretchAt } from '#engine/routing/hours.ts'

const days = [1, 2, 3, 4, 5, 6, 7]
/** The same hours give the same object: calendars are kept by it. */
const known = new Map<string, BusinessHours>()
const MOST = 500

/** Quiet hours as the open stretches of a week. */
function weekOf({ timeZone, from, to }: QuietHours): BusinessHours {
  const key = `${timeZone} ${from} ${to}`
  let week = known.get(key)
  if (week === undefined) {
    const spans = days.flatMap((day) =>
      from < to ? [{ day, from, to }] : [{ day, from, to: 1440 }, ...(to === 0 ? [] : [{ day, from: 0, to }])],
    )
    week = { timeZone, spans, holidays: [] }
    if (known.size >= MOST) known.clear()
    known.set(key, week)
  }
  return week
}

/** When the quiet hours that hold back an alert of this strength end; null: none do at `now`. */
export function quietUntil(quiet: QuietHours | null, strength: number, now: number): number | null {
  if (quiet === null || (quiet.butFrom !== null && strength >= quiet.butFrom)) return null
  const week = weekOf(quiet)
  const first = stretchAt(week, now)
  if (!first.open) return null
  let { until } = first
  // Over midnight two stretches follow one another.
  for (let next = stretchAt(week, until); next.open && next.until > until; next = stretchAt(week, until))
    until = next.until
  return until
}
