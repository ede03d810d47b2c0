/**
 * Dates of `since:` and `until:`: `2026-11-20`, `2026-11-20T15:00`, `2026-11-20T15:00:30Z`, `2026-11-20T15:00+01:00`, and
 * `2026-11` or `2026`. Without an offset they are UTC, so that a saved listen means the same on every screen.
 */
export interface WrittenTime {
  /** First millisecond of what was written, and the first after it. */
  from: number
  to: number
}

const shape = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/i

/** null: not a date, or one that the calendar does not have (30 February). */
export function readTime(text: string): WrittenTime | null {
  const found = shape.exec(text)
  if (!found) return null
  const [, year, month, day, hour, minute, second, zone] = found
  const at = (y: number, mo: number, d: number, h: number, mi: number, s: number): number =>
    Date.UTC(y, mo, d, h, mi, s)
  const y = Number(year)
  if (y < 1000) return null
  if (month === undefined) return { from: at(y, 0, 1, 0, 0, 0), to: at(y + 1, 0, 1, 0, 0, 0) }
  const mo = Number(month) - 1
  if (mo < 0 || mo > 11) return null
  if (day === undefined) return { from: at(y, mo, 1, 0, 0, 0), to: at(y, mo + 1, 1, 0, 0, 0) }
  const d = Number(day)
  if (d < 1 || d > new Date(at(y, mo + 1, 0, 0, 0, 0)).getUTCDate()) return null
  if (hour === undefined) return { from: at(y, mo, d, 0, 0, 0), to: at(y, mo, d + 1, 0, 0, 0) }
  const h = Number(hour)
  const mi = Number(minute)
  const s = Number(second ?? 0)
  if (h > 23 || mi > 59 || s > 59) return null
  const from = at(y, mo, d, h, mi, s) - offset(zone)
  return { from, to: from + (second === undefined ? 60_000 : 1_000) }
}

function offset(zone: string | undefined): number {
  const found = zone === undefined ? null : /^([+-])(\d{2}):?(\d{2})$/.exec(zone)
  if (!found) return 0
  return (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) * 60_000
}
