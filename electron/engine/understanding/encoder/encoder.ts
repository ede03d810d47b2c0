import { readWeights } from '../binary.ts'
import { tokenize, type Token } from '../tokens.ts'
import { createRows, readRows, type Lookup } from './lookup.ts'
import { createWords, readWords } from './words.ts'

/** Under `resources/`. */
export const encoderFile = 'models/encoder.bin'

/** Turns a text into a vector: texts that mean the same lie near each other, over seven languages. Synchronous; one instance a thread. */
export interface Encoder {
  /** Name and version; vectors of different models cannot be compared. */
  readonly model: string
  /** Length of each vector. */
  readonly dimensions: number
  /**
   * A vector of length 1, so that the sum of products of two is their likeness, -1 … 1; all zeros when nothing of the text is known.
   * `tokens`: those of `text`, where the caller has cut it already. `into`: filled and given back, else a new one.
   */
  encode(text: string, tokens?: readonly Token[], into?: Float32Array): Float32Array
}

/** Reads what `npm run train -- encoder` wrote. Throws when it is damaged. */
export function createEncoder(bytes: Uint8Array): Encoder {
  const file = readWeights(bytes, 'encoder')
  const dimensions = file.header['dimensions'] as number
  const lookup: Lookup = {
    exact: { keys: file.array('exactKeys', 'Uint32Array'), values: file.array('exactRows', 'Int32Array') },
    beginnings: { keys: file.array('beginningKeys', 'Uint32Array'), values: file.array('beginningRows', 'Int32Array') },
    starts: { keys: file.array('startKeys', 'Uint32Array'), values: file.array('startPlaces', 'Int32Array') },
    phrases: file.array('phrases', 'Uint32Array'),
    pieces: file.header['pieces'] as number,
    firstPiece: file.header['firstPiece'] as number,
  }
  const vectors = file.array('vectors', 'Int8Array')
  const scales = file.array('scales', 'Float32Array')
  const words = createWords()
  const rows = createRows()
  return {
    model: file.header['model'] as string,
    dimensions,
    encode(text, tokens = tokenize(text), into = new Float32Array(dimensions)) {
      readWords(tokens, words)
      readRows(words, lookup, rows)
      into.fill(0)
      for (let at = 0; at < rows.count; at++) {
        const row = rows.rows[at]!
        const scale = rows.weights[at]! * scales[row]!
        if (scale === 0) continue
        const from = row * dimensions
        for (let k = 0; k < dimensions; k++) into[k]! += scale * vectors[from + k]!
      }
      return toUnit(into)
    },
  }
}

/** In place. */
export function toUnit(vector: Float32Array): Float32Array {
  let sum = 0
  for (let k = 0; k < vector.length; k++) sum += vector[k]! * vector[k]!
  if (sum > 0) {
    const scale = 1 / Math.sqrt(sum)
    for (let k = 0; k < vector.length; k++) vector[k]! *= scale
  }
  return vector
}

/** Likeness of two vectors of one model, -1 … 1. */
export function likeness(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!
  return sum
}
