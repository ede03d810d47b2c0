import { random as seeded } from '#engine/understanding/linear/random.ts'
import { netSize, type PairNet } from '#engine/understanding/problems/pair-net.ts'

/** Pairs of complaints: what speaks for and against each, row by row, and whether they tell of one fault. */
export interface Pairs {
  evidence: Float32Array
  same: Uint8Array
}

/** What a net is fitted with. */
export interface NetOptions {
  hidden: number
  epochs: number
  /** Of the first step; it falls to nothing in a straight line. */
  rate: number
  /** L2 penalty a step. */
  penalty: number
  seed: number
  /** Inputs with a straight weight that is set and not fitted; the hidden units do not see them. By their places. */
  fixed: ReadonlyMap<number, number>
  /** Places of inputs that are left out. */
  without: ReadonlySet<number>
}

const BATCH = 256

/** A net with one hidden layer that tells pairs of one fault from others, by Adam (Kingma & Ba 2014) on the logistic loss. Deterministic. */
export function fitNet(all: readonly Pairs[], inputs: number, options: NetOptions): PairNet {
  const { mean, scale } = spreadOf(all, inputs)
  for (let k = 0; k < inputs; k++) if (options.fixed.has(k) || options.without.has(k)) scale[k] = 0
  const random = seeded(options.seed)
  const values = new Float64Array(netSize(inputs, options.hidden))
  const straight = values.length - 1 - inputs
  for (let at = 0; at < straight; at += inputs + 2)
    for (let k = 1; k < inputs + 2; k++) values[at + k] = (random() - 0.5) / 2
  const order = orderOf(all)
  const adam = createAdam(values, options)
  const slope = new Float64Array(values.length)
  const steps = options.epochs * Math.ceil(order.length / BATCH)
  let step = 0
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    shuffle(order, random)
    for (let from = 0; from < order.length; from += BATCH) {
      const batch = order.subarray(from, from + BATCH)
      slope.fill(0)
      for (const pair of batch) addSlope(all, pair, { mean, scale, values, slope, inputs, fixed: options.fixed })
      adam(slope, batch.length, 1 - step++ / steps)
    }
  }
  return plainNet(values, mean, scale, inputs, options.fixed)
}

/** Mean of each input and one over its deviation; 0 where it never changes. */
function spreadOf(all: readonly Pairs[], inputs: number): { mean: Float64Array; scale: Float64Array } {
  const mean = new Float64Array(inputs)
  const scale = new Float64Array(inputs)
  let pairs = 0
  const each = (visit: (value: number, k: number) => void): void => {
    for (const { evidence } of all) for (let at = 0; at < evidence.length; at++) visit(evidence[at]!, at % inputs)
  }
  for (const { same } of all) pairs += same.length
  each((value, k) => (mean[k]! += value / pairs))
  each((value, k) => (scale[k]! += (value - mean[k]!) ** 2 / pairs))
  return { mean, scale: scale.map((variance) => (variance > 1e-9 ? 1 / Math.sqrt(variance) : 0)) }
}

/** Which pair of which of `all`: the number of the first, times this, plus the place of the second. */
const PLACES = 2 ** 20

function orderOf(all: readonly Pairs[]): Float64Array {
  const order = new Float64Array(all.reduce((sum, { same }) => sum + same.length, 0))
  let next = 0
  all.forEach(({ same }, at) => {
    for (let pair = 0; pair < same.length; pair++) order[next++] = at * PLACES + pair
  })
  return order
}

function shuffle(order: Float64Array, random: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    const kept = order[at]!
    order[at] = order[other]!
    order[other] = kept
  }
}

interface Fitting {
  mean: Float64Array
  scale: Float64Array
  values: Float64Array
  slope: Float64Array
  inputs: number
  fixed: NetOptions['fixed']
}

const row = new Float64Array(64)
const felt = new Float64Array(64)

function addSlope(all: readonly Pairs[], pair: number, { mean, scale, values, slope, inputs, fixed }: Fitting): void {
  const { evidence, same } = all[Math.floor(pair / PLACES)]!
  const from = (pair % PLACES) * inputs
  const straight = values.length - 1 - inputs
  let odds = values[straight]!
  for (let k = 0; k < inputs; k++) {
    row[k] = (evidence[from + k]! - mean[k]!) * scale[k]!
    odds += values[straight + 1 + k]! * row[k]!
  }
  for (const [k, weight] of fixed) odds += weight * evidence[from + k]!
  for (let at = 0, unit = 0; at < straight; at += inputs + 2, unit++) {
    let sum = values[at]!
    for (let k = 0; k < inputs; k++) sum += values[at + 1 + k]! * row[k]!
    felt[unit] = Math.tanh(sum)
    odds += values[at + inputs + 1]! * felt[unit]!
  }
  const error = 1 / (1 + Math.exp(-odds)) - same[pair % PLACES]!
  slope[straight]! += error
  for (let k = 0; k < inputs; k++) slope[straight + 1 + k]! += error * row[k]!
  for (let at = 0, unit = 0; at < straight; at += inputs + 2, unit++) {
    slope[at + inputs + 1]! += error * felt[unit]!
    const back = error * values[at + inputs + 1]! * (1 - felt[unit]! * felt[unit]!)
    slope[at]! += back
    for (let k = 0; k < inputs; k++) slope[at + 1 + k]! += back * row[k]!
  }
}

/** Moves `values` against the slope of a batch; `part`: of the first rate. */
function createAdam(
  values: Float64Array,
  { rate, penalty }: NetOptions,
): (slope: Float64Array, batch: number, part: number) => void {
  const means = new Float64Array(values.length)
  const squares = new Float64Array(values.length)
  let time = 0
  return (slope, batch, part) => {
    time++
    for (let k = 0; k < values.length; k++) {
      const by = slope[k]! / batch + penalty * values[k]!
      means[k] = 0.9 * means[k]! + 0.1 * by
      squares[k] = 0.999 * squares[k]! + 0.001 * by * by
      const mean = means[k]! / (1 - 0.9 ** time)
      values[k]! -= (rate * part * mean) / (Math.sqrt(squares[k]! / (1 - 0.999 ** time)) + 1e-8)
    }
  }
}

/** The same net for inputs as they are. */
function plainNet(
  values: Float64Array,
  mean: Float64Array,
  scale: Float64Array,
  inputs: number,
  fixed: NetOptions['fixed'],
): PairNet {
  const plain = Float64Array.from(values)
  const straight = values.length - 1 - inputs
  const unscale = (bias: number, first: number): void => {
    for (let k = 0; k < inputs; k++) {
      plain[first + k]! *= scale[k]!
      plain[bias]! -= plain[first + k]! * mean[k]!
    }
  }
  for (let at = 0; at < straight; at += inputs + 2) unscale(at, at + 1)
  unscale(straight, straight + 1)
  for (const [k, weight] of fixed) plain[straight + 1 + k] = weight
  return { inputs, values: Float32Array.from(plain) }
}
