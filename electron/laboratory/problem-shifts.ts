import { random as seeded } from '#engine/understanding/linear/random.ts'
import type { CorpusText } from './corpus.ts'

/** A text of a composed shift, in order of arrival. */
export interface ShiftText extends CorpusText {
  /** Of the shift, from 0. */
  minute: number
  /** Null: it is about no fault, or only about one that nobody else has. */
  fault: string | null
}

export interface Shift {
  name: string
  texts: ShiftText[]
}

const SHIFT_MINUTES = 480
/** A fault is told within so many minutes of its onset. */
const FAULT_MINUTES = 240

/**
 * A shift for each trade of the desk corpus: its faults break out one after the other and overlap, everything else that people write arrives all the
 * time. The same for the same corpus.
 */
export function shiftsOf(corpus: readonly CorpusText[], split: CorpusText['split']): Shift[] {
  const trades = [...new Set(corpus.filter((text) => text.split === split).map(({ industry }) => industry))]
  return trades.map((name, nth) => {
    const random = seeded(nth + 1)
    const own = corpus.filter(({ industry }) => industry === name)
    const onsets = new Map<string, number>()
    const texts = own.map((text) => {
      const fault = text.part === null ? null : `${text.part}: ${text.symptom}`
      if (fault === null) return { ...text, fault, minute: Math.floor(random() * SHIFT_MINUTES) }
      const onset = onsets.get(fault) ?? Math.floor(random() * (SHIFT_MINUTES - FAULT_MINUTES))
      onsets.set(fault, onset)
      return { ...text, fault, minute: onset + Math.floor(random() * FAULT_MINUTES) }
    })
    return { name, texts: texts.sort((a, b) => a.minute - b.minute) }
  })
}
