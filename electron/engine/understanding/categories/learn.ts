import { BELONGS_FROM } from '#shared/model/category.ts'
import { likeness, toUnit } from '../encoder/encoder.ts'

/** What tells whether a text belongs to a category: how far it reaches in one direction. Plain values, so that it may cross to another thread. */
export interface CategoryWeights {
  /** Of length one, as long as the encoder's vectors. */
  direction: Float32Array
  /** What texts of the station reach in it, and how far they differ. */
  mean: number
  spread: number
  /** How far its own examples reach when each was not learned from, in spreads. */
  reach: number
  /** How many of its own examples it finds when each was not learned from. */
  found: number
}

/** Vectors of length one (encoder.ts). */
export interface CategoryExamples {
  belongs: readonly Float32Array[]
  not: readonly Float32Array[]
  /** Of what the station hears: most of it does not belong. */
  background: readonly Float32Array[]
}

/** From so many that belong on, something is said. */
export const LEAST_EXAMPLES = 3
/** With fewer the directions of examples and background are all that can be told apart. */
const ENOUGH_BACKGROUND = 50
/** What any text reaches in the direction of a few others, and how far that differs: means over the trades of the corpus's `train` part. */
const USUAL = { mean: 0, spread: 0.123, counts: 30 }
const ROUNDS = 120
const RATE = 4
/** Pulls the direction back to the difference of the means, which few examples are enough for. */
const PULL_BACK = 0.003
/** A person's "does not belong" beside what was merely heard. */
const NOT_COUNTS = 8

/**
 * Learns from examples, or null: there are too few. The direction is a logistic regression's between what belongs and everything else, each
 * side counting the same; pulled back as it is, it is the difference of their means while examples are few, and learns which parts of the
 * vectors tell as they become more.
 */
export function learnCategory(examples: CategoryExamples): CategoryWeights | null {
  const { belongs, not, background } = examples
  if (belongs.length < LEAST_EXAMPLES) return null
  const direction = directionOf(belongs, not, background)
  const { mean, spread } = reachOf(direction, background)
  const center = sumOf(belongs)
  const apart = belongs.map((one) => likeness(toUnit(minus(center, one)), one))
  const whole = toUnit(center.slice())
  const usual = reachOf(whole, background)
  const steps = apart.map((one) => (one - usual.mean) / usual.spread)
  const reach = steps.reduce((sum, one) => sum + one, 0) / steps.length
  const found = steps.filter((one) => likely(one, reach) >= BELONGS_FROM).length
  return { direction, mean, spread, reach, found }
}

function directionOf(
  belongs: readonly Float32Array[],
  not: readonly Float32Array[],
  background: readonly Float32Array[],
): Float32Array {
  if (background.length < ENOUGH_BACKGROUND) {
    const center = toUnit(sumOf(belongs))
    if (not.length === 0) return center
    const away = toUnit(sumOf(not))
    return toUnit(center.map((value, at) => value - away[at]! / 2))
  }
  const length = belongs[0]!.length
  const middle = sumOf(background).map((value) => value / background.length)
  const vectors = [...belongs, ...not, ...background].map((vector) => minus(vector, middle))
  const others = not.length * NOT_COUNTS + background.length
  const weights = vectors.map((_, at) =>
    at < belongs.length ? 0.5 / belongs.length : (0.5 * (at < belongs.length + not.length ? NOT_COUNTS : 1)) / others,
  )
  const direction = new Float32Array(length)
  const slope = new Float64Array(length)
  let bias = 0
  for (let round = 0; round < ROUNDS; round++) {
    slope.fill(0)
    let tilt = 0
    vectors.forEach((vector, at) => {
      const wanted = at < belongs.length ? 1 : 0
      const off = (1 / (1 + Math.exp(-likeness(direction, vector) - bias)) - wanted) * weights[at]!
      for (let k = 0; k < length; k++) slope[k]! += off * vector[k]!
      tilt += off
    })
    for (let k = 0; k < length; k++) direction[k]! -= RATE * (slope[k]! + PULL_BACK * direction[k]!)
    bias -= RATE * tilt
  }
  return toUnit(direction)
}

/** What the station's texts reach; the fewer they are, the more the usual counts. */
function reachOf(direction: Float32Array, background: readonly Float32Array[]): { mean: number; spread: number } {
  const reached = background.map((vector) => likeness(direction, vector))
  const all = reached.length + USUAL.counts
  const mean = (reached.reduce((sum, one) => sum + one, 0) + USUAL.mean * USUAL.counts) / all
  const squares = reached.reduce((sum, one) => sum + (one - mean) ** 2, 0) + USUAL.spread ** 2 * USUAL.counts
  return { mean, spread: Math.sqrt(squares / all) }
}

function sumOf(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0)
  for (const vector of vectors) for (let k = 0; k < sum.length; k++) sum[k]! += vector[k]!
  return sum
}

const minus = (a: Float32Array, b: Float32Array): Float32Array => a.map((value, at) => value - b[at]!)

/**
 * Log odds by how far a text reaches, and how far the category's own examples do: fitted on the `train` part of the corpus, over categories of 3 to
 * 40 examples of which one text in thirty belongs.
 */
const ODDS = { bias: -5.08, step: 1.69, reach: -0.29 }

/** 0 … 1: how sure it is that a text of this vector belongs. 0 when nothing of the text is known. */
export function certaintyOf({ direction, mean, spread, reach }: CategoryWeights, vector: Float32Array): number {
  if (vector.every((value) => value === 0)) return 0
  return likely((likeness(direction, vector) - mean) / spread, reach)
}

const likely = (steps: number, reach: number): number =>
  1 / (1 + Math.exp(-(ODDS.bias + ODDS.step * steps + ODDS.reach * reach)))
