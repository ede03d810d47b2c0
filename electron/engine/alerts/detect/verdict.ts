import type { AlertKind } from '#shared/model/alert.ts'
import type { Said } from '#shared/model/said.ts'

/** What is looked for in numbers, and what a rule says: of anything, or of somebody with reach. */
export type Detector = AlertKind

export type { Sensitivity } from '#shared/model/alert.ts'

/** A detector's word that something is unusual, with everything that a person needs to check it. Detectors that have nothing to say give null. */
export interface Verdict {
  detector: Detector
  /** What happened, in one sentence. */
  what: Said
  /** How it was reckoned. */
  formula: Said
  /** What would have kept it silent. */
  silentIf: Said
  observed: number
  expected: number
  /** The band in which all but one in a thousand would have been expected. */
  low: number
  high: number
  /** Over so many minutes, up to now. */
  minutes: number
  /** By the habit of the series one like this comes once in so many days; null where no habit is asked. */
  daysBetween: number | null
  /** 1 (worth a look) to 10 (nothing like it was ever seen). */
  strength: number
  /** Its history is short: the expectation is still being learned. */
  learning: boolean
}

/** From how seldom it comes (1 day: 0, 10,000 days: 6) and how many times the expectation it is (2: 0.6, 64: 3.6). */
export function strengthOf(daysBetween: number, times: number): number {
  const seldom = 1.5 * Math.log10(Math.max(1, daysBetween))
  const size = 0.6 * Math.log2(Math.max(1, times))
  return Math.max(1, Math.min(10, Math.round(seldom + size)))
}
