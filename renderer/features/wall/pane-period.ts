/** Widths of a bar that people can count in, in minutes. */
const BUCKETS = [1, 2, 5, 10, 15, 30, 60, 120, 240, 720, 1440, 10_080]

export interface Period {
  from: number
  to: number
  bucketMinutes: number
}

/** The last `minutes` up to `now` (ms), cut into at most `most` bars that start on round times. */
export function lastPeriod(now: number, minutes: number, most = 96): Period {
  const bucketMinutes = BUCKETS.find((width) => minutes / width <= most) ?? BUCKETS.at(-1)!
  const width = bucketMinutes * 60_000
  const to = Math.ceil((now + 1) / width) * width
  return { from: to - Math.ceil(minutes / bucketMinutes) * width, to, bucketMinutes }
}
