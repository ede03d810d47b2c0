import { lifeSetting, stepCard, type CardLife } from '#engine/alerts/detect/card.ts'
import { freshSeries, observe } from '#engine/alerts/detect/series.ts'
import type { Sensitivity, Verdict } from '#engine/alerts/detect/verdict.ts'
import { judgeFall, judgeRise } from '#engine/alerts/detect/volume.ts'

/** One bucket of a series; null: no data. */
export interface Bucket {
  /** Counted in widths since 1970. */
  no: number
  count: number | null
}

export interface Raised {
  /** Place in the buckets given. */
  at: number
  verdict: Verdict
}

const MINUTE = 60_000

/** The cards that one series would have raised, as a station raises them: the same baseline, detectors and life of a card, at one sensitivity. */
export function cardsOf(buckets: readonly Bucket[], width: number, sensitivity: Sensitivity = 'normal'): Raised[] {
  const state = freshSeries(width)
  const raised: Raised[] = []
  let card: CardLife | null = null
  buckets.forEach(({ no, count }, at) => {
    const reading = observe(state, no, count)
    if (reading === null) return
    const verdict = count === null ? undefined : (judgeRise(reading, sensitivity) ?? judgeFall(reading, sensitivity))
    const step = stepCard('series', card, verdict, no * width * MINUTE, lifeSetting)
    card = step.card
    if (step.event === 'raised') raised.push({ at, verdict: card!.verdict })
  })
  return raised
}
