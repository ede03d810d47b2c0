import type { Detector } from './verdict.ts'

/** A stretch in which it is known beforehand that something will be unusual: a release, a campaign, a holiday. JSON-safe; instants are milliseconds since 1970. */
export interface PlannedSilence {
  id: string
  from: number
  to: number
  /** Empty: all. */
  detectors: readonly Detector[]
  /** Of the subjects that it covers (`listen:…`, `problem:…`, `source:…`, `series:…`); empty: all. */
  about: readonly string[]
}

/** The silence that covers a verdict about these subjects at this time, if one does: it is kept and shown as silenced, and nobody is told. */
export const silencedBy = (
  silences: readonly PlannedSilence[],
  detector: Detector,
  about: readonly string[],
  at: number,
): PlannedSilence | null =>
  silences.find(
    (one) =>
      one.from <= at &&
      at < one.to &&
      (one.detectors.length === 0 || one.detectors.includes(detector)) &&
      (one.about.length === 0 || about.some((subject) => one.about.includes(subject))),
  ) ?? null
