import type { SentimentBucket } from '#shared/model/sentiment-bucket.ts'

export const speeds = [1, 2, 5, 10, 30, 60] as const
export type Speed = (typeof speeds)[number]

export interface Mark {
  at: number
  kind: string
  text: string
}

/** The stretch of time that a scrubber runs over; `end` is after `start`. */
export interface Span {
  start: number
  end: number
}

export const clampTo = (span: Span, at: number): number => Math.min(span.end, Math.max(span.start, Math.round(at)))

/** 0 … 1 */
export const shareOf = (span: Span, at: number): number =>
  (clampTo(span, at) - span.start) / Math.max(1, span.end - span.start)

export const atShare = (span: Span, share: number): number =>
  clampTo(span, span.start + share * (span.end - span.start))

/** How far one arrow key goes: a 240th of the shift, rounded to a time that a person would say; Page keys go ten times as far. */
export function stepOf(span: Span): number {
  const wanted = (span.end - span.start) / 240
  const steps = [1_000, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000]
  return steps.find((step) => step >= wanted) ?? 3_600_000
}

/** The first mark after (or the last before) `at`; null when there is none. Marks may come in any order. */
export function nextMark(marks: readonly Mark[], at: number, direction: 1 | -1): Mark | null {
  let found: Mark | null = null
  for (const mark of marks) {
    if (direction === 1 ? mark.at <= at : mark.at >= at) continue
    if (!found || (direction === 1 ? mark.at < found.at : mark.at > found.at)) found = mark
  }
  return found
}

/** Marks that would be drawn closer than `pixels` become one, so that a busy hour stays readable. `width`: of the chart. */
export function clusterMarks(
  marks: readonly Mark[],
  span: Span,
  width: number,
  pixels = 10,
): { at: number; marks: Mark[] }[] {
  const clusters: { at: number; marks: Mark[] }[] = []
  for (const mark of marks.toSorted((a, b) => a.at - b.at)) {
    if (mark.at < span.start || mark.at > span.end) continue
    const last = clusters.at(-1)
    if (last && (shareOf(span, mark.at) - shareOf(span, last.at)) * width < pixels) last.marks.push(mark)
    else clusters.push({ at: mark.at, marks: [mark] })
  }
  return clusters
}

/** A bar of the chart in a box of 1 × 1, from the bottom: neutral lies between negative (lowest) and positive. */
export interface Bar {
  at: number
  x: number
  w: number
  negative: number
  neutral: number
  positive: number
}

export function bars(buckets: readonly SentimentBucket[], span: Span): Bar[] {
  let most = 1
  for (const bucket of buckets) most = Math.max(most, bucket.negative + bucket.neutral + bucket.positive)
  const spacing = buckets.length > 1 ? buckets[1]!.at - buckets[0]!.at : span.end - span.start
  const width = Math.min(1, spacing / Math.max(1, span.end - span.start))
  return buckets.map((bucket) => ({
    at: bucket.at,
    x: (bucket.at - span.start) / Math.max(1, span.end - span.start),
    w: width,
    negative: bucket.negative / most,
    neutral: bucket.neutral / most,
    positive: bucket.positive / most,
  }))
}

/** Times for the axis: at most `most`, on round local times, in the zone of the page. */
export function axisTimes(span: Span, most: number, offsetMinutes: (at: number) => number): number[] {
  const minutes = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 10_080]
  const length = (span.end - span.start) / 60_000
  const step = minutes.find((candidate) => length / candidate <= most) ?? Math.ceil(length / most)
  const times: number[] = []
  const offset = offsetMinutes(span.start)
  const first = Math.ceil((span.start / 60_000 + offset) / step) * step - offset
  for (let at = first; at * 60_000 <= span.end; at += step) times.push(at * 60_000)
  return times
}
