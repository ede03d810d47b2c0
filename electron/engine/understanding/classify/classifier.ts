import { readWeights, writeWeights } from '../binary.ts'
import { documentScale, softmax, trainLinear, type LinearOptions } from '../linear/train.ts'
import { tokenize, type Token } from '../tokens.ts'
import { createTextFeatures, textFeatures } from './text-features.ts'

/** The features of one example, kept while learning. */
interface Kept {
  hashes: Uint32Array
  groups: Uint8Array
}

export interface Example {
  text: string
  label: string
  /** Importance; 1 is plain. */
  weight?: number
}

export interface Suggestion {
  label: string
  /** Probability, 0 … 1, calibrated on held-back examples where there were enough. */
  confidence: number
  /** Words that spoke for the label, strongest first, at most 8. Offsets in UTF-16 code units. */
  words: { word: string; start: number; end: number; weight: number }[]
}

/** A trained classifier: pure, synchronous, one thread. */
export interface Classifier {
  readonly labels: readonly string[]
  /** How many examples it has learned from. */
  readonly examples: number
  /** Most probable first, all labels unless `most` says fewer. `tokens`: those of `text`, when already cut. */
  suggest(text: string, most?: number, tokens?: readonly Token[]): Suggestion[]
  /** One probability a label, in the order of `labels`. */
  probabilities(text: string, tokens?: readonly Token[]): Float64Array
  /** The words that speak for `label`. */
  explain(text: string, label: string, tokens?: readonly Token[]): Suggestion['words']
  /** For storing; `openClassifier` reads it back. */
  toBytes(): Uint8Array
}

export interface ClassifierOptions {
  /** 0: labels count as often as they occur; 1: every label counts the same. */
  balance?: number
  /** Features in fewer examples are left out. Default 2, or 1 below 2,000 examples. */
  leastCount?: number
  /** Whether words that stand together in one text count, default true. Without them it is a third faster. */
  pairs?: boolean
}

interface Preset extends LinearOptions {
  /** What a present feature counts for before its rarity: word, phrase, piece, stem, pair. */
  groups: readonly [number, number, number, number, number]
  /** Power of the logarithm of a feature's rarity. */
  rarity: number
}
/**
 * Ways to learn that did best on one kind of data each (reasons of complaints; about the brand or not; many narrow requests).
 * The number of labels chooses.
 */
const cautious: Preset = {
  groups: [0.7, 0.5, 0.2, 1, 1],
  rarity: 1,
  naiveBayes: 0.3,
  alpha: 1,
  rate: 2,
  penalty: 2e-4,
  epochs: 12,
  seed: 1,
}
const eager: Preset = {
  groups: [1, 0.7, 0.5, 0.7, 0.3],
  rarity: 1,
  naiveBayes: 0.7,
  alpha: 1,
  rate: 1,
  penalty: 2e-5,
  epochs: 8,
  seed: 1,
}
const narrow: Preset = {
  groups: [1, 0.7, 0.5, 1, 0.45],
  rarity: 0.5,
  naiveBayes: 0,
  alpha: 1,
  rate: 6,
  penalty: 3e-5,
  epochs: 12,
  seed: 1,
}
const FEW_LABELS = 4
const MANY_LABELS = 20
/** Fewer than this: no examples are held back, the certainty is damped instead. */
const ENOUGH_TO_CALIBRATE = 200
const DAMPED = 0.6

interface Parts {
  labels: string[]
  examples: number
  pairs: boolean
  /** Multiplies the scores before probabilities are taken. */
  sharpness: number
  bias: Float32Array
  /** Open addressing: hash of the feature, and its row + 1. */
  keys: Uint32Array
  rows: Uint32Array
  values: Float32Array
  weights: Float32Array
}

/**
 * Learns to tell labels apart from examples: one linear model over text-features.ts, rarity-weighted, with log-count ratios. Deterministic.
 * Throws when there are fewer than two labels.
 */
export function trainClassifier(examples: readonly Example[], options: ClassifierOptions = {}): Classifier {
  const labels = [...new Set(examples.map((example) => example.label))]
  if (labels.length < 2) throw new Error('A classifier needs examples of at least two labels.')
  const features = examples.map((example) => keepFeatures(example.text, options.pairs ?? true))
  let sharpness = DAMPED
  const preset = labels.length > MANY_LABELS ? narrow : labels.length > FEW_LABELS ? cautious : eager
  if (examples.length >= ENOUGH_TO_CALIBRATE) {
    // Every eighth is held back to see how much the scores may be trusted; the final model learns from all.
    const keep = examples.map((_, at) => at).filter((at) => at % 8 !== 7)
    const held = examples.map((_, at) => at).filter((at) => at % 8 === 7)
    const trial = fit(keep.map((at) => examples[at]!), keep.map((at) => features[at]!), labels, options, preset) // prettier-ignore
    sharpness = bestSharpness(
      held.map((at) => ({ scores: score(trial, features[at]!), right: labels.indexOf(examples[at]!.label) })),
    )
  }
  return fromParts({ ...fit(examples, features, labels, options, preset), sharpness })
}

/** Reads what `toBytes` wrote. Throws when it is damaged. */
export function openClassifier(bytes: Uint8Array): Classifier {
  const file = readWeights(bytes, 'classifier')
  return fromParts({
    labels: file.header['labels'] as string[],
    examples: file.header['examples'] as number,
    sharpness: file.header['sharpness'] as number,
    pairs: file.header['pairs'] as boolean,
    bias: file.array('bias', 'Float32Array'),
    keys: file.array('keys', 'Uint32Array'),
    rows: file.array('rows', 'Uint32Array'),
    values: file.array('values', 'Float32Array'),
    weights: file.array('weights', 'Float32Array'),
  })
}

function fit(
  examples: readonly Example[],
  features: readonly Kept[],
  labels: string[],
  options: ClassifierOptions,
  preset: Preset,
): Parts {
  const leastCount = options.leastCount ?? (examples.length < 2000 ? 1 : 2)
  const counts = new Map<number, number>()
  const groups = new Map<number, number>()
  for (const { hashes, groups: kinds } of features) {
    for (let at = 0; at < hashes.length; at++) {
      const hash = hashes[at]!
      counts.set(hash, (counts.get(hash) ?? 0) + 1)
      groups.set(hash, kinds[at]!)
    }
  }
  const kept = [...counts].filter(([, count]) => count >= leastCount)
  const values = Float32Array.from(
    kept,
    ([hash, count]) => preset.groups[groups.get(hash)!]! * (Math.log(1 + examples.length / count) / 5) ** preset.rarity,
  )
  const slots = 2 ** Math.ceil(Math.log2(Math.max(16, kept.length * 1.7)))
  const keys = new Uint32Array(slots)
  const rows = new Uint32Array(slots)
  kept.forEach(([hash], row) => {
    let slot = hash & (slots - 1)
    while (rows[slot] !== 0) slot = (slot + 1) & (slots - 1)
    keys[slot] = hash
    rows[slot] = row + 1
  })
  const perLabel = labels.map((label) => examples.filter((example) => example.label === label).length)
  const { weights, bias } = trainLinear(
    {
      documents: features.map(({ hashes }) => rowsOf(hashes, keys, rows)),
      labels: examples.map((example) => labels.indexOf(example.label)),
      importance: examples.map(
        (example) =>
          (example.weight ?? 1) *
          (examples.length / labels.length / Math.max(1, perLabel[labels.indexOf(example.label)]!)) **
            (options.balance ?? 0),
      ),
      featureCount: kept.length,
      classCount: labels.length,
      values,
    },
    preset,
  )
  return {
    labels,
    examples: examples.length,
    pairs: options.pairs ?? true,
    sharpness: 1,
    bias,
    keys,
    rows,
    values,
    weights,
  }
}

const scratch = createTextFeatures()

function keepFeatures(text: string, pairs: boolean): Kept {
  textFeatures(text, tokenize(text), scratch, pairs)
  return { hashes: scratch.hashes.slice(0, scratch.count), groups: scratch.groups.slice(0, scratch.count) }
}

function rowsOf(hashes: Uint32Array, keys: Uint32Array, rows: Uint32Array): Int32Array {
  const found = new Int32Array(hashes.length)
  let count = 0
  for (let at = 0; at < hashes.length; at++) {
    const row = rowOf(hashes[at]!, keys, rows)
    if (row >= 0) found[count++] = row
  }
  return found.subarray(0, count)
}

function rowOf(hash: number, keys: Uint32Array, rows: Uint32Array): number {
  const mask = keys.length - 1
  for (let slot = hash & mask; rows[slot] !== 0; slot = (slot + 1) & mask)
    if (keys[slot] === hash) return rows[slot]! - 1
  return -1
}

function score(parts: Parts, { hashes }: Kept): Float64Array {
  const { weights, bias, values, keys, rows } = parts
  const known = rowsOf(hashes, keys, rows)
  const scores = new Float64Array(bias.length)
  for (const row of known) for (let c = 0; c < scores.length; c++) scores[c]! += weights[row * scores.length + c]!
  const scale = documentScale(known, values)
  for (let c = 0; c < scores.length; c++) scores[c] = scores[c]! * scale + bias[c]!
  return scores
}

/** The factor on held-back scores that makes their log loss least (temperature scaling, Guo et al. 2017). */
function bestSharpness(held: readonly { scores: Float64Array; right: number }[]): number {
  let best = 1
  let least = Infinity
  for (let factor = 0.3; factor < 6; factor *= 1.08) {
    let loss = 0
    for (const { scores, right } of held) {
      const z = scores.map((value) => value * factor)
      softmax(z)
      loss -= Math.log(Math.max(1e-9, z[right]!))
    }
    if (loss < least) {
      least = loss
      best = factor
    }
  }
  return best
}

const WORDS_SHOWN = 8
const LEAST_WEIGHT = 0.02

function fromParts(parts: Parts): Classifier {
  const { labels, bias, keys, rows, values, weights, sharpness, pairs } = parts
  const classes = labels.length

  /** Of the text weighed last: row of each feature or −1, and its scale. */
  const lastRows = new Int32Array(scratch.hashes.length)
  const z = new Float64Array(classes)
  let scale = 0

  const weigh = (text: string, tokens: readonly Token[]): void => {
    textFeatures(text, tokens, scratch, pairs)
    z.fill(0)
    let length = 0
    for (let at = 0; at < scratch.count; at++) {
      const row = rowOf(scratch.hashes[at]!, keys, rows)
      lastRows[at] = row
      if (row < 0) continue
      length += values[row]! * values[row]!
      for (let c = 0, from = row * classes; c < classes; c++) z[c]! += weights[from + c]!
    }
    scale = length > 0 ? (2 / Math.sqrt(length)) * sharpness : 0
    for (let c = 0; c < classes; c++) z[c] = z[c]! * scale + bias[c]! * sharpness
    softmax(z)
  }

  const wordsFor = (text: string, tokens: readonly Token[], label: number): Suggestion['words'] => {
    const pulls = new Float64Array(tokens.length)
    for (let at = 0; at < scratch.count; at++) {
      const row = lastRows[at]!
      const owner = scratch.owners[at]!
      if (row < 0 || owner < 0) continue
      let mean = 0
      for (let c = 0, from = row * classes; c < classes; c++) mean += weights[from + c]!
      pulls[owner]! += (weights[row * classes + label]! - mean / classes) * scale
    }
    const words: Suggestion['words'] = []
    tokens.forEach(({ start, end }, at) => {
      if (pulls[at]! > LEAST_WEIGHT) words.push({ word: text.slice(start, end), start, end, weight: Math.round(pulls[at]! * 1000) / 1000 }) // prettier-ignore
    })
    return words.sort((a, b) => b.weight - a.weight).slice(0, WORDS_SHOWN)
  }

  return {
    labels,
    examples: parts.examples,
    probabilities(text, tokens = tokenize(text)) {
      weigh(text, tokens)
      return Float64Array.from(z)
    },
    explain(text, label, tokens = tokenize(text)) {
      weigh(text, tokens)
      const at = labels.indexOf(label)
      return at < 0 ? [] : wordsFor(text, tokens, at)
    },
    suggest(text, most = classes, tokens = tokenize(text)) {
      weigh(text, tokens)
      return [...z.keys()]
        .sort((a, b) => z[b]! - z[a]!)
        .slice(0, most)
        .map((label) => ({ label: labels[label]!, confidence: z[label]!, words: wordsFor(text, tokens, label) }))
    },
    toBytes: () =>
      writeWeights({ labels, examples: parts.examples, sharpness, pairs }, { bias, keys, rows, values, weights }),
  }
}
