import { said } from '#shared/words/said.ts'
import { bandOf } from './count-law.ts'
import type { ShareReading, ShareSpan } from './share.ts'
import { strengthOf, type Detector, type Sensitivity, type Verdict } from './verdict.ts'
import { rounded } from './volume.ts'

/** What a share has to show. */
export interface ShareSetting {
  days: number
  rarity: number
  /** Mentions in all that are heard in the span. */
  least: number
  /** So much more (or less) of the whole than usual. */
  points: number
}

export const shareSettings: Readonly<Record<Sensitivity, ShareSetting>> = {
  low: { days: 60, rarity: 5, least: 40, points: 0.25 },
  normal: { days: 12, rarity: 4, least: 20, points: 0.15 },
  high: { days: 4, rarity: 3, least: 10, points: 0.1 },
}

const KNOWN_DAYS = 7
const BAND = 3

/** Mood dips: the negative are a greater share of what is heard than they usually are. */
export const judgeMood = (reading: ShareReading, sensitivity: Sensitivity): Verdict | null =>
  reading.rise && judge(reading, reading.rise, sensitivity, 'mood', 'alert.mood')

/** A brand is spoken of more, or less, beside its competitors than it usually is. */
export const judgeVoice = (reading: ShareReading, sensitivity: Sensitivity): Verdict | null =>
  (reading.rise && judge(reading, reading.rise, sensitivity, 'voice', 'alert.voice')) ??
  (reading.fall && judge(reading, reading.fall, sensitivity, 'voice', 'alert.voice'))

function judge(
  { usual, days }: ShareReading,
  span: ShareSpan,
  sensitivity: Sensitivity,
  detector: Detector,
  code: 'alert.mood' | 'alert.voice',
): Verdict | null {
  const s = shareSettings[sensitivity]
  const share = span.whole === 0 ? 0 : span.observed / span.whole
  if (span.whole < s.least || Math.abs(share - usual) < s.points) return null
  if (span.rarity < s.rarity || span.daysBetween < s.days) return null
  const { low, high } = bandOf(span.expected, span.variance, BAND)
  const percent = (part: number): number => Math.round(part * 100)
  const edge = percent(share > usual ? usual + s.points : usual - s.points)
  return {
    detector,
    what: said(code, { share: percent(share), usual: percent(usual), n: span.whole, minutes: span.minutes }),
    formula: said('alert.formulaShare', {
      mean: rounded(span.expected),
      spread: rounded(Math.sqrt(span.variance)),
      rarity: rounded(span.rarity),
      days: Math.round(span.daysBetween),
    }),
    silentIf: said(share > usual ? 'alert.silentShareBelow' : 'alert.silentShareAbove', { share: edge, n: s.least }),
    observed: span.observed,
    expected: rounded(span.expected),
    low,
    high: Math.min(high, span.whole),
    minutes: span.minutes,
    daysBetween: span.daysBetween,
    strength: strengthOf(
      span.daysBetween,
      share > usual ? share / Math.max(usual, 0.05) : usual / Math.max(share, 0.05),
    ),
    learning: days < KNOWN_DAYS,
  }
}
