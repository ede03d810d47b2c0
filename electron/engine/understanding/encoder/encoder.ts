import { readWeights } from '../binary.ts'
import { finish, HASH_START, step } from '../hash.ts'
import { tokenize, type Token } from '../tokens.ts'
import { createRows, readRows, type Lookup } from './lookup.ts'
import { createSum } from './sum.ts'
import { createWords, readWords } from './words.ts'

/** Under `resources/`. */
export const encoderFile = 'models/encoder.bin'

/** Turns a text into a vector: texts that mean the same lie near each other, over seven languages. Synchronous; one instance a thread. */
export interface Encoder {
  /** Name and a digest: another training has another one. Vectors of different models cannot be compared. */
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
  const scales = file.array('scales', 'Float32Array')
  const addUp = createSum(file.array('vectors', 'Int8Array'), scales, dimensions)
  const words = createWords()
  const rows = createRows()
  return {
    model: `${file.header['model'] as string} · ${digestOf([scales, lookup.exact.values, lookup.phrases])}`,
    dimensions,
    encode(text, tokens = tokenize(text), into = new Float32Array(dimensions)) {
      readWords(tokens, words)
      readRows(words, lookup, rows)
      addUp(rows, into)
      return toUnit(into)
    },
  }
}

/** No vector moves without its scale, and no word comes or goes without another row: the vectors themselves need not be read for it. */
function digestOf(arrays: readonly (Uint32Array | Int32Array | Float32Array)[]): string {
  let hash: number = HASH_START
  for (const { buffer, byteOffset, length } of arrays)
    for (const unit of new Uint32Array(buffer, byteOffset, length)) hash = step(hash, unit)
  return finish(hash).toString(16).padStart(8, '0')
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
