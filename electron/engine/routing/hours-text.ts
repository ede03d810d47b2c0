import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import type { OpeningSpan } from '#shared/model/desk.ts'
import { err, ok, type Result } from '#shared/util/result.ts'

const days: Record<string, number> = {
  mo: 1, mon: 1, monday: 1, montag: 1, tu: 2, tue: 2, tuesday: 2, di: 2, dienstag: 2, we: 3, wed: 3, wednesday: 3, mi: 3,
  mittwoch: 3, th: 4, thu: 4, thursday: 4, do: 4, donnerstag: 4, fr: 5, fri: 5, friday: 5, freitag: 5, sa: 6, sat: 6,
  saturday: 6, samstag: 6, su: 7, sun: 7, sunday: 7, so: 7, sonntag: 7,
} // prettier-ignore

function minutesOf(text: string): number | null {
  const found = /^(\d{1,2})(?::(\d{2}))?$/.exec(text)
  if (!found) return null
  const minutes = Number(found[1]) * 60 + Number(found[2] ?? 0)
  return minutes <= 1440 && Number(found[2] ?? 0) < 60 ? minutes : null
}

/**
 * Reads opening hours as people write them: `Mo-Fr 09:00-17:00; Sa 10-14`, in English or German, parts separated by
 * semicolons, several stretches of a day by commas. `24/7` and an empty text: always open. A night over midnight
 * (22:00-06:00) becomes two stretches.
 */
export function parseHours(text: string): Result<OpeningSpan[], Said> {
  const spans: OpeningSpan[] = []
  const parts = text.split(';').map((part) => part.trim()).filter((part) => part !== '') // prettier-ignore
  for (const part of parts) {
    if (/^(24\/7|always|immer)$/i.test(part)) return ok([])
    const found = /^([a-z]+)\.?(?:\s*[-–]\s*([a-z]+)\.?)?\s+(.+)$/i.exec(part)
    const first = days[found?.[1]?.toLowerCase() ?? '']
    const last = found?.[2] === undefined ? first : days[found[2].toLowerCase()]
    if (!found || first === undefined || last === undefined) return err(said('desk.noOpeningTime', { value: part }))
    for (const stretch of (found[3] as string).split(',')) {
      const times = stretch.trim().split(/\s*[-–]\s*/)
      const from = minutesOf(times[0] ?? '')
      const to = minutesOf(times[1] ?? '')
      if (times.length !== 2 || from === null || to === null || from === to || from === 1440) {
        return err(said('desk.noStretch', { value: stretch.trim() }))
      }
      for (let day = first; ; day = (day % 7) + 1) {
        if (to > from) spans.push({ day, from, to })
        else {
          spans.push({ day, from, to: 1440 })
          if (to > 0) spans.push({ day: (day % 7) + 1, from: 0, to })
        }
        if (day === last) break
      }
    }
  }
  return ok(spans)
}
