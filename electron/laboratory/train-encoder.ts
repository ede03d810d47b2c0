import { writeFile } from 'node:fs/promises'
import { writeWeights } from '#engine/understanding/binary.ts'
import { NOTHING, type Lookup } from '#engine/understanding/encoder/lookup.ts'
import { readCorpus, type CorpusText } from './corpus.ts'
import { fitVectors, type Batch } from './encoder/fit.ts'
import { readLexicon, type LexiconEntry } from './encoder/lexicon.ts'
import { phraseBatches } from './encoder/phrase-batches.ts'
import { startVectors } from './encoder/start.ts'
import { createReader, createVocabulary, type Document, type Vocabulary } from './encoder/vocabulary.ts'

export interface EncoderTraining {
  /** Folders with the desk corpus and with the lexicon of parts, symptoms and words. */
  corpus: string
  concepts: string
  out: string
  say(line: string): void
}

/** Chosen on trades of the corpus' train part that were held out, a third at a time; rounds, phrases and what is left out on its check part. */
const options = {
  dimensions: 256,
  vocabulary: { pieces: 2 ** 13, leastTexts: 2, leastEntries: 2 },
  start: { part: 3, symptom: 3, meaning: 1.25, word: 0.5, piece: 0.25, rarity: 1, seed: 7 },
  phrases: { batches: 72, meanings: 40, phrases: 5, seed: 11 },
  fit: { epochs: 16, rate: 0.001, temperature: 0.15, dropout: 0.35, keep: 0, seed: 3 },
}

/** Trains the encoder from the texts of the corpus' train part and the lexicon. Deterministic. */
export async function trainEncoder({ corpus, concepts, out, say }: EncoderTraining): Promise<void> {
  const texts = (await readCorpus(corpus)).filter(({ split }) => split === 'train')
  const lexicon = readLexicon(concepts)
  say(`${texts.length} texts, ${lexicon.length} entries`)
  const { vocabulary, vectors } = learnVectors(texts, lexicon, (epoch, loss) =>
    say(`epoch ${epoch + 1}: ${loss.toFixed(3)}`),
  )
  const bytes = encoderBytes(vocabulary, vectors)
  await writeFile(out, bytes)
  say(`${out}: ${(bytes.length / 1e6).toFixed(2)} MB`)
}

function learnVectors(
  texts: readonly CorpusText[],
  lexicon: readonly LexiconEntry[],
  onEpoch: (epoch: number, loss: number) => void,
): { vocabulary: Vocabulary; vectors: Float32Array } {
  const { dimensions, start, fit, phrases } = options
  const vocabulary = createVocabulary(
    lexicon,
    texts.map(({ text }) => text),
    options.vocabulary,
  )
  const read = createReader(vocabulary)
  const documents = texts.map(({ text }) => read(text))
  const langs = texts.map(({ lang }) => lang)
  const vectors = startVectors(vocabulary, lexicon, documents, langs, { dimensions, ...start })
  const batches = [...batchesOf(texts, documents), ...phraseBatches(lexicon, read, phrases)]
  fitVectors(vectors, batches, { dimensions, ...fit, onEpoch })
  return { vocabulary, vectors }
}

/** A batch a trade: what has to be told apart is what one company hears. */
function batchesOf(texts: readonly CorpusText[], documents: readonly Document[]): Batch[] {
  const numbers = new Map<string, number>()
  const numberOf = (name: string): number => {
    const known = numbers.get(name)
    if (known !== undefined) return known
    numbers.set(name, numbers.size)
    return numbers.size - 1
  }
  return [...new Set(texts.map(({ industry }) => industry))].map((industry) => {
    const own = [...texts.keys()].filter((at) => texts[at]!.industry === industry)
    return {
      documents: own.map((at) => documents[at]!),
      groups: Int32Array.from(own, (at) => numberOf(texts[at]!.group)),
      langs: Int32Array.from(own, (at) => numberOf(texts[at]!.lang)),
    }
  })
}

/** Words with a shorter vector weigh less than one that nobody knows: they only cost time. Chosen on the corpus' check part. */
const SILENT = 0.35

/** What `createEncoder` reads: a row a sum of learned vectors, in 8 bits a number. */
function encoderBytes({ lookup, rows, learned }: Vocabulary, vectors: Float32Array): Uint8Array {
  const { dimensions } = options
  const firstPiece = learned - lookup.pieces
  const sums = [
    ...rows,
    ...Array.from({ length: lookup.pieces }, (_, at) => ({ parts: [firstPiece + at], weights: [1] })),
  ]
  const packed = new Int8Array(sums.length * dimensions)
  const scales = new Float32Array(sums.length)
  const lengths = new Float64Array(sums.length)
  const sum = new Float32Array(dimensions)
  sums.forEach(({ parts, weights }, row) => {
    sum.fill(0)
    parts.forEach((part, at) => {
      for (let k = 0; k < dimensions; k++) sum[k]! += weights[at]! * vectors[part * dimensions + k]!
    })
    const most = sum.reduce((max, value) => Math.max(max, Math.abs(value)), 0)
    if (most === 0) return
    scales[row] = most / 127
    let square = 0
    for (let k = 0; k < dimensions; k++) {
      const value = Math.round((sum[k]! / most) * 127)
      packed[row * dimensions + k] = value
      square += value * value
    }
    lengths[row] = scales[row]! * Math.sqrt(square)
  })
  const exactRows = lookup.exact.values.map((row) => (row >= 0 && lengths[row]! < SILENT ? NOTHING : row))
  const { kept, moved, phrases } = keptRows({ ...lookup, exact: { ...lookup.exact, values: exactRows } }, sums.length)
  const move = (row: number): number => (row < 0 ? row : moved[row]!)
  const ownVectors = new Int8Array(kept.length * dimensions)
  kept.forEach((row, at) => ownVectors.set(packed.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions))
  return writeWeights(
    { model: 'earshot-encoder 2', dimensions, pieces: lookup.pieces, firstPiece: moved[lookup.firstPiece]! },
    {
      exactKeys: lookup.exact.keys,
      exactRows: exactRows.map(move),
      beginningKeys: lookup.beginnings.keys,
      beginningRows: lookup.beginnings.values.map(move),
      startKeys: lookup.starts.keys,
      startPlaces: lookup.starts.values,
      phrases,
      scales: Float32Array.from(kept, (row) => scales[row]!),
      vectors: ownVectors,
    },
  )
}

/** The rows that some word, beginning or phrase leads to, and the pieces; where each of them moves; and the phrases that name them so. */
function keptRows(lookup: Lookup, rows: number): { kept: number[]; moved: Int32Array; phrases: Uint32Array } {
  const moved = new Int32Array(rows).fill(NOTHING)
  const places = rowsOfPhrases(lookup)
  for (const row of [...lookup.exact.values, ...lookup.beginnings.values]) if (row >= 0) moved[row] = 0
  for (const place of places) moved[lookup.phrases[place]!] = 0
  moved.fill(0, lookup.firstPiece)
  const kept = [...moved.keys()].filter((row) => moved[row] === 0)
  kept.forEach((row, at) => (moved[row] = at))
  const phrases = lookup.phrases.slice()
  for (const place of places) phrases[place] = moved[phrases[place]!]!
  return { kept, moved, phrases }
}

/** Where in the stream of phrases the row of each stands. */
function rowsOfPhrases({ phrases }: Lookup): number[] {
  const places: number[] = []
  for (let at = 0; at < phrases.length;) {
    let left = phrases[at++]!
    for (; left > 0; left--) {
      places.push(at)
      at += 2 + 2 * phrases[at + 1]!
    }
  }
  return places
}
