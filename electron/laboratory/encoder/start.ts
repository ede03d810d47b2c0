import { random } from '#engine/understanding/linear/random.ts'
import type { LexiconEntry } from './lexicon.ts'
import type { Document, Vocabulary } from './vocabulary.ts'

export interface StartOptions {
  dimensions: number
  /** What parts, symptoms and general meanings of the lexicon, words of their own and pieces of words weigh at first. */
  part: number
  symptom: number
  meaning: number
  word: number
  piece: number
  rarity: number
  seed: number
}

/**
 * Where training begins: every meaning points in a direction of its own, as long as it is rare. Words that mean what an entry of the lexicon means
 * add nothing of their own yet.
 */
export function startVectors(
  vocabulary: Vocabulary,
  lexicon: readonly LexiconEntry[],
  documents: readonly Document[],
  langs: readonly string[],
  options: StartOptions,
): Float32Array {
  const { dimensions } = options
  const vectors = new Float32Array(vocabulary.learned * dimensions)
  const rarity = rarities(vocabulary.learned, documents, langs)
  const next = random(options.seed)
  const firstPiece = vocabulary.learned - vocabulary.lookup.pieces
  const tied = new Uint8Array(firstPiece)
  for (const { parts } of vocabulary.rows)
    if (parts.some((part) => part < vocabulary.entries))
      for (const part of parts) if (part >= vocabulary.entries && part < firstPiece) tied[part] = 1
  const kindWeight = { part: options.part, symptom: options.symptom, word: options.meaning }
  const common = Math.log(langs.length)
  for (let one = 0; one < vocabulary.learned; one++) {
    const weight =
      one < vocabulary.entries
        ? kindWeight[lexicon[one]!.kind] * (rarity[one]! / common) ** options.rarity
        : one < firstPiece
          ? options.word * (1 - tied[one]!) * (rarity[one]! / common) ** options.rarity
          : options.piece
    for (let k = 0; k < dimensions; k++) vectors[one * dimensions + k] = (weight * normal(next)) / Math.sqrt(dimensions)
  }
  return vectors
}

/** How seldom each learned vector is met: the logarithm of one in so many texts of the language where it is most frequent. */
function rarities(learned: number, documents: readonly Document[], langs: readonly string[]): Float64Array {
  const most = new Float64Array(learned)
  for (const lang of new Set(langs)) {
    const counts = new Float64Array(learned)
    let texts = 0
    documents.forEach(({ parts }, at) => {
      if (langs[at] !== lang) return
      texts++
      for (const part of parts) counts[part]!++
    })
    for (let one = 0; one < learned; one++) most[one] = Math.max(most[one]!, (counts[one]! + 0.5) / (texts + 1))
  }
  return most.map((share) => -Math.log(share))
}

/** Box and Muller. */
function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
}
