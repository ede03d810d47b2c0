import { barMinutes } from '#renderer/composables/time/bar-width.ts'

export interface Period {
  from: number
  to: number
  bucketMinutes: number
}

/** The last `minutes` up to `now` (ms), cut into at most `most` bars that start on round times. */
export function lastPeriod(now: number, minutes: number, most = 96): Period {
  const bucketMinutes = barMinutes(minutes, most)
  const width = bucketMinutes * 60_000
  const to = Math.ceil((now + 1) / width) * width
  return { from: to - Math.ceil(minutes / bucketMinutes) * width, to, bucketMinutes }
}
