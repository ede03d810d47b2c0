import { said } from '#shared/words/said.ts'
import type { SeriesReading } from './series.ts'
import { strengthOf, type Sensitivity, type Verdict } from './verdict.ts'
import { judgeFall } from './volume.ts'

/** How a source stands. Instants are milliseconds since 1970. */
export interface EarLook {
  at: number
  /** Since when every look at it failed; null: the last one went well. */
  failingSince: number | null
  /** Minutes between two looks. */
  everyMinutes: number
  /** What its counted series says; null while it fails: what is not heard cannot be counted. */
  reading: SeriesReading | null
}

const settings: Readonly<Record<Sensitivity, { minutes: number; looks: number }>> = {
  low: { minutes: 30, looks: 5 },
  normal: { minutes: 10, looks: 3 },
  high: { minutes: 3, looks: 2 },
}
const MINUTE = 60_000

/** Broken is not quiet: a source that fails says so after a few looks, one that answers and brings nothing by its own habit. */
export function judgeEar(look: EarLook, sensitivity: Sensitivity): Verdict | null {
  if (look.failingSince === null) return look.reading && judgeFall(look.reading, sensitivity, 'ear')
  const s = settings[sensitivity]
  const least = Math.max(s.minutes, s.looks * look.everyMinutes)
  const minutes = Math.floor((look.at - look.failingSince) / MINUTE)
  if (minutes < least) return null
  return {
    detector: 'ear',
    what: said('alert.earBroken', { minutes }),
    formula: said('alert.formulaEar', { minutes: least, n: s.looks }),
    silentIf: said('alert.silentEar', { minutes: least }),
    observed: minutes,
    expected: 0,
    low: 0,
    high: least,
    minutes,
    daysBetween: null,
    strength: strengthOf(10, minutes / Math.max(1, least)),
    learning: false,
  }
}
