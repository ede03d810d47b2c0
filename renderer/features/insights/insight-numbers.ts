import type { SentimentBucket } from '#shared/model/sentiment-bucket.ts'

/** Mentions by mood. */
export interface Moods {
  negative: number
  neutral: number
  positive: number
}
export const allOf = (moods: Moods): number => moods.negative + moods.neutral + moods.positive

export function sumMoods(buckets: readonly SentimentBucket[]): Moods {
  const sum = { negative: 0, neutral: 0, positive: 0 }
  for (const bucket of buckets) {
    sum.negative += bucket.negative
    sum.neutral += bucket.neutral
    sum.positive += bucket.positive
  }
  return sum
}

/** How a number stands to the one before it. `share`: of the earlier number, null when that was nothing. */
export interface Change {
  way: 'up' | 'down' | 'same'
  share: number | null
}
export function changeOf(now: number, before: number): Change {
  const way = now > before ? 'up' : now < before ? 'down' : 'same'
  return { way, share: before > 0 ? Math.abs(now - before) / before : null }
}

/** Negative ones among all; null: nothing was said. */
export const negativeShare = (moods: Moods): number | null => {
  const all = allOf(moods)
  return all ? moods.negative / all : null
}

/** Totals of the stretch before, bar by bar, as long as `bars`: what is missing at the end counts as nothing. */
export const totalsBeside = (bars: number, before: readonly SentimentBucket[]): number[] =>
  Array.from({ length: bars }, (_, index) => {
    const bucket = before[index]
    return bucket ? allOf(bucket) : 0
  })

/** Percentages of a bar of three parts, in the order negative, neutral, positive. */
export function moodWidths(moods: Moods): [number, number, number] {
  const all = allOf(moods) || 1
  return [(100 * moods.negative) / all, (100 * moods.neutral) / all, (100 * moods.positive) / all]
}
