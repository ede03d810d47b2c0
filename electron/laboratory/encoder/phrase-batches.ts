import { random, shuffle } from '#engine/understanding/linear/random.ts'
import type { Batch } from './fit.ts'
import type { LexiconEntry } from './lexicon.ts'
import type { Document } from './vocabulary.ts'

export interface PhraseBatchOptions {
  batches: number
  /** Meanings that are told apart in one batch, and phrases of each. */
  meanings: number
  phrases: number
  seed: number
}

/** Of fewer phrases of several words little is learned. */
const LEAST_PHRASES = 4

/**
 * What the lexicon teaches: the words of a phrase, taken one by one, mean what its entry means, so that a text that says it in a looser way
 * ("goes just not any more on") still lies near. Phrases of one entry in all languages are a group, with the entry itself; `read` is the texts' reader.
 */
export function phraseBatches(
  lexicon: readonly LexiconEntry[],
  read: (text: string) => Document,
  { batches, meanings, phrases, seed }: PhraseBatchOptions,
): Batch[] {
  const next = random(seed)
  const known = lexicon
    .map((entry, at) => ({ at, documents: documentsOf(entry, at, read) }))
    .filter(({ documents }) => documents.length >= LEAST_PHRASES)
  const order = Int32Array.from(known.keys())
  let place = order.length
  return Array.from({ length: batches }, () => {
    const documents: Document[] = []
    const groups: number[] = []
    for (let group = 0; group < meanings; group++) {
      if (place >= order.length) {
        shuffle(order, next)
        place = 0
      }
      const { at, documents: said } = known[order[place++]!]!
      documents.push({ parts: Int32Array.of(at), weights: Float32Array.of(1) })
      for (let one = 0; one < phrases; one++) documents.push(said[Math.floor(next() * said.length)]!)
      for (let one = 0; one <= phrases; one++) groups.push(group)
    }
    // Every phrase as if in a language of its own: all of a group count as right.
    return { documents, groups: Int32Array.from(groups), langs: Int32Array.from(documents.keys()) }
  })
}

/** Phrases of several words, without the vector of their own entry: its words have to say it. */
function documentsOf(entry: LexiconEntry, own: number, read: (text: string) => Document): Document[] {
  return entry.phrases
    .filter(({ length }) => length > 1)
    .map((phrase) => {
      const sum = new Map<number, number>()
      for (const { word } of phrase) {
        const { parts, weights } = read(word)
        parts.forEach((part, at) => {
          if (part !== own) sum.set(part, Math.max(sum.get(part) ?? 0, weights[at]!))
        })
      }
      return { parts: Int32Array.from(sum.keys()), weights: Float32Array.from(sum.values()) }
    })
    .filter(({ parts }) => parts.length > 0)
}
