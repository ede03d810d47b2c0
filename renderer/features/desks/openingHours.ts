import type { OpeningSpan } from '#shared/model/desk.ts'

/** `09:30` for 570; 1440 is `24:00`. */
export function clockText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** Minutes after midnight of `9`, `9:30`, `09.30`, `0930`, `24:00`; null when it is no time of day. */
export function parseClock(text: string): number | null {
  const found = /^\s*(\d{1,2})(?:[:.h]?([0-5]\d))?\s*$/.exec(text)
  if (!found) return null
  const minutes = Number(found[1]) * 60 + Number(found[2] ?? 0)
  return minutes <= 1440 ? minutes : null
}

/** The spans in order, overlapping and touching ones of a day joined: what the desk means, in its shortest form. */
export function tidySpans(spans: readonly OpeningSpan[]): OpeningSpan[] {
  const tidy: OpeningSpan[] = []
  for (const span of spans.toSorted((a, b) => a.day - b.day || a.from - b.from)) {
    const last = tidy.at(-1)
    if (last && last.day === span.day && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else tidy.push({ ...span })
  }
  return tidy
}

/** Days with the same hours side by side are said together: Mon–Fri 09:00–17:00, Sat 10:00–14:00. Empty: always open. */
export function groupDays(
  spans: readonly OpeningSpan[],
): { from: number; to: number; spans: { from: number; to: number }[] }[] {
  const byDay = new Map<number, { from: number; to: number }[]>()
  for (const { day, from, to } of tidySpans(spans)) byDay.set(day, [...(byDay.get(day) ?? []), { from, to }])
  const groups: { from: number; to: number; spans: { from: number; to: number }[] }[] = []
  for (const [day, hours] of [...byDay].toSorted(([a], [b]) => a - b)) {
    const last = groups.at(-1)
    const same = last && last.to === day - 1 && JSON.stringify(last.spans) === JSON.stringify(hours)
    if (same) last.to = day
    else groups.push({ from: day, to: day, spans: hours })
  }
  return groups
}

/** The hours of one day become those of others. */
export function copyDay(spans: readonly OpeningSpan[], day: number, to: readonly number[]): OpeningSpan[] {
  const hours = spans.filter((span) => span.day === day)
  const others = spans.filter((span) => span.day === day || !to.includes(span.day))
  return tidySpans([
    ...others,
    ...to.filter((target) => target !== day).flatMap((target) => hours.map((span) => ({ ...span, day: target }))),
  ])
}
