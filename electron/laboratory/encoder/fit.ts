import { random, shuffle } from '#engine/understanding/linear/random.ts'
import type { Document } from './vocabulary.ts'

/** Texts that are told apart from each other, as those of one trade. Negative groups: texts of no known meaning. */
export interface Batch {
  documents: Document[]
  /** Texts with the same number mean the same. */
  groups: Int32Array
  /** Texts of another language count as the better match. */
  langs: Int32Array
}

export interface FitOptions {
  dimensions: number
  epochs: number
  rate: number
  /** Sharpness of the comparison. */
  temperature: number
  /** Part of the features that is left out at random. */
  dropout: number
  /** Pull back to where the vectors began. */
  keep: number
  seed: number
  onEpoch?: (epoch: number, loss: number) => void
}

/**
 * Moves `vectors` (learned × dimensions) so that texts of one group lie nearer to each other than to the other texts of their batch, over
 * languages first: a softmax over the likenesses of a text to all others of which those of its group count as right (InfoNCE, van den Oord et
 * al. 2018, with several positives), by Adam. Deterministic for a seed.
 */
export function fitVectors(vectors: Float32Array, batches: readonly Batch[], options: FitOptions): void {
  const { dimensions, epochs, seed } = options
  const start = vectors.slice()
  const gradient = new Float32Array(vectors.length)
  const mean = new Float32Array(vectors.length)
  const square = new Float32Array(vectors.length)
  const touched = new Uint8Array(vectors.length / dimensions)
  const next = random(seed)
  const order = Int32Array.from(batches, (_, at) => at)
  let step = 0
  const steps = epochs * batches.length
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, next)
    let loss = 0
    for (const at of order) {
      loss += lossOf(vectors, gradient, touched, batches[at]!, options, next)
      step++
      const rate = options.rate * (1 - step / (steps + 1))
      const c1 = 1 - 0.9 ** step
      const c2 = 1 - 0.98 ** step
      for (let row = 0; row < touched.length; row++) {
        if (touched[row] === 0) continue
        touched[row] = 0
        for (let k = row * dimensions, end = k + dimensions; k < end; k++) {
          const g = gradient[k]! + options.keep * (vectors[k]! - start[k]!)
          gradient[k] = 0
          mean[k] = 0.9 * mean[k]! + 0.1 * g
          square[k] = 0.98 * square[k]! + 0.02 * g * g
          vectors[k]! -= (rate * (mean[k]! / c1)) / (Math.sqrt(square[k]! / c2) + 1e-8)
        }
      }
    }
    options.onEpoch?.(epoch, loss / batches.length)
  }
}

/** Vectors of length 1, a text after the other, and the length that each had. */
function encodeAll(
  vectors: Float32Array,
  documents: readonly Document[],
  dimensions: number,
): { units: Float32Array; lengths: Float32Array } {
  const units = new Float32Array(documents.length * dimensions)
  const lengths = new Float32Array(documents.length)
  documents.forEach(({ parts, weights }, at) => {
    const to = at * dimensions
    for (let one = 0; one < parts.length; one++) {
      const from = parts[one]! * dimensions
      const weight = weights[one]!
      for (let k = 0; k < dimensions; k++) units[to + k]! += weight * vectors[from + k]!
    }
    let sum = 0
    for (let k = to; k < to + dimensions; k++) sum += units[k]! * units[k]!
    lengths[at] = Math.sqrt(sum)
    if (sum > 0) for (let k = to; k < to + dimensions; k++) units[k]! /= lengths[at]!
  })
  return { units, lengths }
}

function thinned(document: Document, dropout: number, next: () => number): Document {
  if (dropout === 0) return document
  const weights = document.weights.map((weight) => (next() < dropout ? 0 : weight))
  return { parts: document.parts, weights }
}

/** Pairs that pull less are left alone: most of a batch are far from each other already. */
const NEGLIGIBLE = 1e-4

function lossOf(
  vectors: Float32Array,
  gradient: Float32Array,
  touched: Uint8Array,
  batch: Batch,
  { dimensions, temperature, dropout }: FitOptions,
  next: () => number,
): number {
  const thin = batch.documents.map((document) => thinned(document, dropout, next))
  const { units, lengths } = encodeAll(vectors, thin, dimensions)
  const { pull, loss, anchors } = compare(units, lengths, batch, dimensions, temperature)
  if (anchors === 0) return 0
  const count = thin.length
  const inner = new Float32Array(dimensions)
  for (let one = 0; one < count; one++) {
    if (lengths[one] === 0) continue
    inner.fill(0)
    for (let other = 0; other < count; other++) {
      const g = pull[one * count + other]! + pull[other * count + one]!
      if (g > -NEGLIGIBLE && g < NEGLIGIBLE) continue
      const b = other * dimensions
      for (let k = 0; k < dimensions; k++) inner[k]! += g * units[b + k]!
    }
    // Only what turns the vector counts: its length is made 1.
    const a = one * dimensions
    let along = 0
    for (let k = 0; k < dimensions; k++) along += inner[k]! * units[a + k]!
    const scale = 1 / (lengths[one]! * anchors)
    for (let k = 0; k < dimensions; k++) inner[k] = (inner[k]! - along * units[a + k]!) * scale
    const { parts, weights } = thin[one]!
    for (let at = 0; at < parts.length; at++) {
      const weight = weights[at]!
      if (weight === 0) continue
      touched[parts[at]!] = 1
      const to = parts[at]! * dimensions
      for (let k = 0; k < dimensions; k++) gradient[to + k]! += weight * inner[k]!
    }
  }
  return loss / anchors
}

/** How each likeness should move, one row a text; the loss is the sum over `anchors` texts. */
function compare(
  units: Float32Array,
  lengths: Float32Array,
  { groups, langs }: Batch,
  dimensions: number,
  temperature: number,
): { pull: Float32Array; loss: number; anchors: number } {
  const count = lengths.length
  const pull = new Float32Array(count * count)
  let loss = 0
  let anchors = 0
  const z = new Float64Array(count)
  const near = new Float32Array(count * count)
  for (let one = 0; one < count; one++)
    for (let other = 0; other <= one; other++) {
      const value = product(units, one * dimensions, other * dimensions, dimensions) / temperature
      near[one * count + other] = value
      near[other * count + one] = value
    }
  for (let one = 0; one < count; one++) {
    if (groups[one]! < 0 || lengths[one] === 0) continue
    let most = -Infinity
    for (let other = 0; other < count; other++) {
      z[other] = near[one * count + other]!
      if (other !== one && z[other]! > most) most = z[other]!
    }
    let all = 0
    let right = 0
    for (let other = 0; other < count; other++) {
      const same = groups[other] === groups[one]
      // Texts of the own language and meaning, itself among them, are neither right nor wrong.
      z[other] = same && langs[other] === langs[one] ? 0 : Math.exp(z[other]! - most)
      all += z[other]!
      if (same) right += z[other]!
    }
    if (right === 0) continue
    loss -= Math.log(right / all)
    anchors++
    for (let other = 0; other < count; other++) {
      const same = groups[other] === groups[one]
      pull[one * count + other] = (z[other]! / all - (same ? z[other]! / right : 0)) / temperature
    }
  }
  return { pull, loss, anchors }
}

/** Of the vectors at two places; `size` is a multiple of four. */
function product(units: Float32Array, a: number, b: number, size: number): number {
  let one = 0
  let two = 0
  let three = 0
  let four = 0
  for (let k = 0; k < size; k += 4) {
    one += units[a + k]! * units[b + k]!
    two += units[a + k + 1]! * units[b + k + 1]!
    three += units[a + k + 2]! * units[b + k + 2]!
    four += units[a + k + 3]! * units[b + k + 3]!
  }
  return one + two + three + four
}
