/** Minutes that local time in a zone is ahead of UTC at an instant; an unknown zone counts as UTC. */
export function zoneOffset(timeZone: string): (at: number) => number {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    })
  } catch {
    return () => 0
  }
  return (at) => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    const local = Date.UTC(part['year']!, part['month']! - 1, part['day'], part['hour'], part['minute'])
    return Math.round((local - Math.floor(at / 60_000) * 60_000) / 60_000)
  }
}

const DAY_MINUTES = 1440

/**
 * When the clocks of a zone show these minutes since 1970-01-01, 00:00 on the wall, for the first time; where they skip
 * them, as much later as they skip ("compatible" in RFC 5545). Clocks change at most once in two days.
 */
export function atWall(minutes: number, offset: (at: number) => number): number {
  const before = offset((minutes - DAY_MINUTES) * 60_000)
  const after = offset((minutes + DAY_MINUTES) * 60_000)
  if (before === after) return (minutes - before) * 60_000
  const found = [before, after]
    .map((one) => (minutes - one) * 60_000)
    .filter((at) => Math.round(at / 60_000) + offset(at) === minutes)
  return found.length > 0 ? Math.min(...found) : (minutes - before) * 60_000
}
