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
