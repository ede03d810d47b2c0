import { likeness } from '../encoder/encoder.ts'

/** How the likeness of two texts in one model is read as that in another: `gain` × likeness + `shift`. */
export interface VectorScale {
  gain: number
  shift: number
}

const MOST_PAIRS = 20_000
/** Of fewer texts mean and spread say nothing. */
const FEWEST_TEXTS = 30

/**
 * What is weighed was learned from one model's likenesses; another's lie elsewhere: in many sentence models any two texts are alike
 * at 0.7. Over the texts at hand both get the same mean and spread. null: too few texts, or the other model tells none apart.
 */
export function scaleOf(other: readonly Float32Array[], known: readonly Float32Array[]): VectorScale | null {
  if (other.length < FEWEST_TEXTS || other.length !== known.length) return null
  const of = spread(other)
  const to = spread(known)
  if (!(of.deviation > 1e-6)) return null
  const gain = to.deviation / of.deviation
  return { gain, shift: to.mean - gain * of.mean }
}

/** Over pairs that are spread evenly over all. */
function spread(vectors: readonly Float32Array[]): { mean: number; deviation: number } {
  const n = vectors.length
  const step = Math.max(1, Math.floor((n * (n - 1)) / 2 / MOST_PAIRS))
  let sum = 0
  let squares = 0
  let pairs = 0
  let skip = 0
  for (let one = 1; one < n; one++) {
    for (; skip < one; skip += step) {
      const value = likeness(vectors[one]!, vectors[skip]!)
      sum += value
      squares += value * value
      pairs++
    }
    skip -= one
  }
  const mean = sum / pairs
  return { mean, deviation: Math.sqrt(Math.max(0, squares / pairs - mean * mean)) }
}
