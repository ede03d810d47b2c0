import { silencedBy } from '#engine/alerts/detect/silence.ts'
import type { Detector } from '#engine/alerts/detect/verdict.ts'
import { numbersOf } from '#engine/store/listen-numbers.ts'
import { readSettings } from '#engine/store/queries/settings.ts'
import type { Reads } from '#engine/store/reads.ts'

/** Why nobody is told of it now: the reason of what was planned for this time and these subjects; null: nothing was. */
export type Silenced = (detector: Detector, subjects: readonly string[], at: number) => string | null

/** What people planned, as the settings have it now. A silence of listens that are gone covers nothing. */
export const plannedFor =
  (reads: Reads): Silenced =>
  (detector, subjects, at) => {
    const now = readSettings(reads).plannedSilences.filter(({ from, to }) => from <= at && at < to)
    const silences = now.flatMap(({ id, from, to, listenIds }) => {
      const about = numbersOf(reads, listenIds).map((no) => `listen:${no}`)
      return listenIds.length > 0 && about.length === 0 ? [] : [{ id, from, to, detectors: [], about }]
    })
    const found = silencedBy(silences, detector, subjects, at)
    return now.find(({ id }) => id === found?.id)?.reason ?? null
  }
