import type { Rows } from './lookup.ts'
import { BLOCK, openSumModule } from './sum-module.ts'

/** Adds up weighted rows of vectors in 8 bits, each with a scale of its own, into `into`, which is as long as a row. */
export type SumOfRows = (rows: Rows, into: Float32Array) => void

const PAGE = 65_536
const aligned = (bytes: number): number => Math.ceil(bytes / BLOCK) * BLOCK

/** By the processor's vector instructions where WebAssembly has them, eight times as fast; else one number after the other. */
export function createSum(vectors: Int8Array, scales: Float32Array, size: number): SumOfRows {
  return (size % BLOCK === 0 ? fastSum(vectors, scales, size) : null) ?? plainSum(vectors, scales, size)
}

/** null: this runtime has no vector instructions. */
export function fastSum(vectors: Int8Array, scales: Float32Array, size: number): SumOfRows | null {
  const most = 8192
  // One after the other: the sum, places of rows, what each counts, the vectors.
  const placesAt = aligned(size * 4)
  const weightsAt = placesAt + most * 4
  const vectorsAt = weightsAt + most * 4
  const module = openSumModule(Math.ceil((vectorsAt + vectors.length) / PAGE))
  if (module === null) return null
  const { memory, sum } = module
  new Int8Array(memory.buffer, vectorsAt, vectors.length).set(vectors)
  const places = new Int32Array(memory.buffer, placesAt, most)
  const weights = new Float32Array(memory.buffer, weightsAt, most)
  const out = new Float32Array(memory.buffer, 0, size)
  return ({ count, rows, weights: given }, into) => {
    for (let at = 0; at < count; at++) {
      const row = rows[at]!
      places[at] = vectorsAt + row * size
      weights[at] = given[at]! * scales[row]!
    }
    sum(count, size, placesAt, weightsAt)
    into.set(out)
  }
}

export const plainSum =
  (vectors: Int8Array, scales: Float32Array, size: number): SumOfRows =>
  ({ count, rows, weights }, into) => {
    into.fill(0)
    for (let at = 0; at < count; at++) {
      const from = rows[at]! * size
      const scale = weights[at]! * scales[rows[at]!]!
      for (let k = 0; k < size; k++) into[k]! += scale * vectors[from + k]!
    }
  }
