import { documentScale, trainLinear } from '../linear/train.ts'
import { tokenize } from '../tokens.ts'
import type { ClassifierOptions, Example } from './classifier.ts'
import { trainSvm } from './linear-svm.ts'
import type { Preset } from './presets.ts'
import { createTextFeatures, textFeatures, type FeatureKinds } from './text-features.ts'

/** Everything that a trained classifier consists of. */
export interface Parts {
  labels: string[]
  examples: number
  kinds: FeatureKinds
  /** Multiplies the scores before probabilities are taken. */
  sharpness: number
  bias: Float32Array
  /** Open addressing: hash of the feature, and its row + 1. */
  keys: Uint32Array
  rows: Uint32Array
  values: Float32Array
  /** Row × labels. */
  weights: Float32Array
}

/** The features of one example, kept while learning. */
export interface Kept {
  hashes: Uint32Array
  groups: Uint8Array
}

/** Below this, a feature that occurs once may be all there is. */
const FEW_EXAMPLES = 2000
/** From here on, what occurs once would fill the memory and say next to nothing. */
const MANY_EXAMPLES = 20_000
const scratch = createTextFeatures()

/** 1 where a feature occurs once, 2 where it or one that shares its place occurs again: most features occur once and need not be counted one by one. */
function roughCounts(features: readonly Kept[]): Uint8Array {
  const seen = new Uint8Array(2 ** 22)
  for (const { hashes } of features)
    for (const hash of hashes) {
      const place = hash & (seen.length - 1)
      if (seen[place]! < 2) seen[place]!++
    }
  return seen
}

export function keepFeatures(text: string, kinds: FeatureKinds): Kept {
  textFeatures(text, tokenize(text), scratch, kinds)
  return { hashes: scratch.hashes.slice(0, scratch.count), groups: scratch.groups.slice(0, scratch.count) }
}

export function fit(
  examples: readonly Example[],
  features: readonly Kept[],
  labels: string[],
  { leastCount, balance = 0 }: ClassifierOptions,
  preset: Preset,
  kinds: FeatureKinds,
): Parts {
  const usual = examples.length < FEW_EXAMPLES ? 1 : examples.length > MANY_EXAMPLES ? 2 : preset.leastCount
  const least = leastCount ?? usual
  /** Place of each feature in the two lists. */
  const places = new Map<number, number>()
  const counts: number[] = []
  const groups: number[] = []
  const seen = least > 1 ? roughCounts(features) : null
  for (const { hashes, groups: own } of features) {
    for (let at = 0; at < hashes.length; at++) {
      const hash = hashes[at]!
      if (seen && seen[hash & (seen.length - 1)] === 1) continue
      let place = places.get(hash)
      if (place === undefined) {
        place = counts.push(0) - 1
        places.set(hash, place)
      }
      counts[place]!++
      groups[place] = own[at]!
    }
  }
  const kept = [...places].filter(([, place]) => counts[place]! >= least)
  const values = Float32Array.from(
    kept,
    ([, place]) =>
      preset.groups[groups[place]!]! * (Math.log(1 + examples.length / counts[place]!) / 5) ** preset.rarity,
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
  const numbers = new Map(labels.map((label, at) => [label, at]))
  const right = Int32Array.from(examples, ({ label }) => numbers.get(label)!)
  const perLabel = new Float64Array(labels.length)
  for (const label of right) perLabel[label]!++
  const documents = features.map(({ hashes }) => rowsOf(hashes, keys, rows))
  if (preset.telling > 0) weighByTelling(values, documents, right, perLabel, preset.telling)
  const data = {
    documents,
    labels: right,
    importance: examples.map(
      ({ weight = 1 }, at) => weight * (examples.length / labels.length / perLabel[right[at]!]!) ** balance,
    ),
    featureCount: kept.length,
    classCount: labels.length,
    values,
  }
  const { weights, bias } = preset.regression
    ? trainLinear(data, preset.regression)
    : { weights: new Float32Array(kept.length * labels.length), bias: new Float32Array(labels.length) }
  const svm = trainSvm(data, preset.svm)
  for (let at = 0; at < weights.length; at++) weights[at]! += preset.svm.share * svm.weights[at]!
  for (let at = 0; at < bias.length; at++) bias[at]! += preset.svm.share * svm.bias[at]!
  return { labels, examples: examples.length, kinds, sharpness: 1, bias, keys, rows, values, weights }
}

/** Multiplies each value by how far the feature shifts the odds of the labels (root of the Kullback–Leibler divergence from their shares). */
function weighByTelling(
  values: Float32Array,
  documents: readonly Int32Array[],
  right: Int32Array,
  perLabel: Float64Array,
  share: number,
): void {
  const classes = perLabel.length
  const counts = new Float32Array(values.length * classes)
  documents.forEach((document, at) => {
    for (const row of document) counts[row * classes + right[at]!]!++
  })
  const prior = Float64Array.from(perLabel, (count) => count / documents.length)
  for (let row = 0; row < values.length; row++) {
    let sum = PRIOR_WEIGHT
    for (let c = 0; c < classes; c++) sum += counts[row * classes + c]!
    let divergence = 0
    for (let c = 0; c < classes; c++) {
      const odds = (counts[row * classes + c]! + PRIOR_WEIGHT * prior[c]!) / sum
      if (odds > 0) divergence += odds * Math.log(odds / prior[c]!)
    }
    values[row]! *= 1 - share + share * 2 * Math.sqrt(Math.max(0, divergence))
  }
}
const PRIOR_WEIGHT = 2

function rowsOf(hashes: Uint32Array, keys: Uint32Array, rows: Uint32Array): Int32Array {
  const found = new Int32Array(hashes.length)
  findRows(hashes, hashes.length, keys, rows, found)
  return found.filter((row) => row >= 0)
}

/** Row of each of the first `count` features; −1: it was not learned. */
export function findRows(
  hashes: Uint32Array,
  count: number,
  keys: Uint32Array,
  rows: Uint32Array,
  into: Int32Array,
): void {
  const mask = keys.length - 1
  // All first looks before any second one: none waits for what another finds, so memory brings many at once.
  for (let at = 0; at < count; at++) into[at] = rows[hashes[at]! & mask]!
  for (let at = 0; at < count; at++) {
    const hash = hashes[at]!
    let slot = hash & mask
    let row = into[at]!
    while (row !== 0 && keys[slot] !== hash) {
      slot = (slot + 1) & mask
      row = rows[slot]!
    }
    into[at] = row - 1
  }
}

export function score(parts: Parts, { hashes }: Kept): Float64Array {
  const { weights, bias, values, keys, rows } = parts
  const known = rowsOf(hashes, keys, rows)
  const scores = new Float64Array(bias.length)
  for (const row of known) for (let c = 0; c < scores.length; c++) scores[c]! += weights[row * scores.length + c]!
  const scale = documentScale(known, values)
  for (let c = 0; c < scores.length; c++) scores[c] = scores[c]! * scale + bias[c]!
  return scores
}
