import { random } from '#engine/understanding/linear/random.ts'
import type { CorpusText } from '../corpus.ts'
import type { Batch } from './fit.ts'
import type { Document } from './vocabulary.ts'

export interface PurposeBatchOptions {
  batches: number
  texts: number
  /** What such a batch counts beside one of a trade. */
  weight: number
  seed: number
}

/**
 * Texts of all trades that are told apart by why they are written: a report that the reader jams and thanks for the reader that was mended share their
 * nouns, and only one of them tells of a fault. Half of each batch are reports of faults.
 */
export function purposeBatches(
  texts: readonly CorpusText[],
  documents: readonly Document[],
  { batches, texts: size, weight, seed }: PurposeBatchOptions,
): Batch[] {
  const next = random(seed)
  const purposes = [...new Set(texts.map(purposeOf))]
  const faults = [...texts.keys()].filter((at) => texts[at]!.part !== null)
  const others = [...texts.keys()].filter((at) => texts[at]!.part === null)
  return Array.from({ length: batches }, () => {
    const own = Array.from({ length: size }, (_, at) => {
      const from = at % 2 === 0 ? faults : others
      return from[Math.floor(next() * from.length)]!
    })
    return {
      documents: own.map((at) => documents[at]!),
      groups: Int32Array.from(own, (at) => purposes.indexOf(purposeOf(texts[at]!))),
      langs: Int32Array.from(own.keys()),
      weight,
    }
  })
}

const purposeOf = ({ part, intents }: CorpusText): string => (part === null ? intents[0]! : 'fault')
