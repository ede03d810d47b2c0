import { stepCard, type CardLife } from '#engine/alerts/detect/card.ts'
import { freshSeries, observe, type SeriesState } from '#engine/alerts/detect/series.ts'
import type { Sensitivity, Verdict } from '#engine/alerts/detect/verdict.ts'
import { judgeFall, judgeRise } from '#engine/alerts/detect/volume.ts'
import { random } from '#engine/understanding/linear/random.ts'

/** Monday 2 March 2026, 00:00 UTC, in minutes since 1970. */
export const MONDAY = Date.UTC(2026, 2, 2) / 60_000
export const DAY = 1440

export interface Card {
  /** Minutes since the series began. */
  minute: number
  verdict: Verdict
}

/** The cards that counts by the bucket raise, one after the other; a state that is given goes on. */
export function cardsOf(
  counts: readonly (number | null)[],
  {
    width = 1,
    from = MONDAY,
    sensitivity = 'normal' as Sensitivity,
    state = freshSeries(width),
  }: Partial<Options> = {},
): Card[] {
  const cards: Card[] = []
  let card: CardLife | null = null
  counts.forEach((count, at) => {
    const bucket = Math.floor(from / width) + at
    const reading = observe(state, bucket, count)
    if (reading === null) return
    const verdict = count === null ? undefined : (judgeRise(reading, sensitivity) ?? judgeFall(reading, sensitivity))
    const step = stepCard('series', card, verdict, bucket * width * 60_000)
    card = step.card
    if (step.event === 'raised') cards.push({ minute: at * width, verdict: card!.verdict })
  })
  return cards
}

interface Options {
  width: number
  from: number
  sensitivity: Sensitivity
  state: SeriesState
}

export function poisson(next: () => number, mean: number): number {
  if (mean > 50) {
    const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
    return Math.max(0, Math.round(mean + normal * Math.sqrt(mean)))
  }
  const least = Math.exp(-mean)
  let count = 0
  for (let product = next(); product > least; product *= next()) count++
  return count
}

export interface Kind {
  minutes: number
  width: number
  /** Mentions a minute in the mean hour. */
  base: number
  /** Each lasts some minutes and has so many times the mentions. */
  burstsADay: number
  burst: [least: number, most: number]
  startHour: number
}

/** A profile of the day with its most at three in the afternoon and its least at three at night. */
const profile = (hour: number): number => 0.25 + 1.2 * ((1 + Math.cos(((hour - 15) / 24) * 2 * Math.PI)) / 2)

/** Counts of a stretch in which nothing happens but what always happens. The same for the same seed. */
export function ordinary(kind: Kind, seed: number): number[] {
  const next = random(seed * 7919 + 13)
  const bursts: { from: number; to: number; times: number }[] = []
  for (let minute = 0; minute < kind.minutes; minute++) {
    if (next() >= kind.burstsADay / DAY) continue
    const times = kind.burst[0] + next() * (kind.burst[1] - kind.burst[0])
    bursts.push({ from: minute, to: minute + 5 + next() * 15, times })
  }
  return Array.from({ length: kind.minutes / kind.width }, (_, at) => {
    const minute = at * kind.width
    const burst = Math.max(1, ...bursts.filter(({ from, to }) => from <= minute && minute < to).map((one) => one.times))
    return poisson(next, kind.base * profile((kind.startHour + minute / 60) % 24) * kind.width * burst)
  })
}
