/** Steps between labels, in minutes, that a person can count in. */
const STEPS = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080]

/**
 * Which buckets carry a label: about `most` of them, on round local times (10:30, not 10:37), a `day` where midnight is.
 * `at` are the buckets' starts (ms), `stepMs` their width, `zone` an IANA time zone.
 */
export function timeTicks(at: readonly number[], stepMs: number, zone: string, most = 7): (false | 'time' | 'day')[] {
  if (!at.length) return []
  const minutes = (at.length * stepMs) / 60_000
  const step = STEPS.find((one) => minutes / one <= most && one * 60_000 >= stepMs) ?? STEPS.at(-1)!
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  let last = Number.NEGATIVE_INFINITY
  let today = NaN
  return at.map((moment, index) => {
    const [day = 0, hour = 0, minute = 0] = (clock.format(moment).match(/\d+/g) ?? []).map(Number)
    const width = stepMs / 60_000
    // Where the clocks skip midnight (Beirut, Cairo) a day begins with the first bar in it.
    const isFirst = index > 0 && day !== today && hour * 60 + minute < width + 120
    today = day
    const ofDay = isFirst ? 0 : hour * 60 + minute
    // The bucket that holds a round time carries its label, should the buckets themselves not start on round times.
    if (ofDay % Math.min(step, 1440) >= width || moment - last < step * 60_000 * 0.6) return false
    last = moment
    return ofDay < width && step >= 360 ? 'day' : 'time'
  })
}
