import { readWeights, writeWeights } from '../binary.ts'
import { softmax } from '../linear/train.ts'
import { isFunctionWord } from '../function-words.ts'
import { TokenKind, tokenize, type Token } from '../tokens.ts'
import { foldsOfCopies } from './copies.ts'
import { findRows, fit, keepFeatures, score, type Kept, type Parts } from './fit.ts'
import { stratifiedFolds } from './folds.ts'
import { bestSharpness, evenShift, type Held } from './settle.ts'
import { presetFor } from './presets.ts'
import { createTextFeatures, textFeatures, type FeatureKinds } from './text-features.ts'

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
  /** Words that spoke for the label and say something by themselves, strongest first, at most 8. Offsets in UTF-16 code units. */
  words: { word: string; start: number; end: number; weight: number }[]
}

/** What one look at a text found. */
export interface Reading {
  /** One a label, in the order of the classifier's labels; the reader's own. */
  probabilities: Float64Array
  wordsFor(label: string): Suggestion['words']
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
  /** Probabilities, and the words for a label of the same text without weighing it again: before any classifier is asked anew. */
  read(text: string, tokens?: readonly Token[]): Reading
  /** For storing; `openClassifier` reads it back. */
  toBytes(): Uint8Array
}

export interface ClassifierOptions {
  /** 0: labels count as often as they occur; 1: every label counts the same. */
  balance?: number
  /** Features in fewer examples are left out. Default by the number of labels and examples. */
  leastCount?: number
  /** Whether words that stand together or near each other count, default true. Without them it is a third faster. */
  pairs?: boolean
  /**
   * Of two labels: the words by which all texts were found (`anchorsOf`, `commonAnchors`). How they stand in a text is learned and not what they
   * are, and the labels are parted where both are found best.
   */
  anchors?: readonly string[]
}

/** Fewer than this: no examples are held back, the certainty is damped instead. */
const ENOUGH_TO_CALIBRATE = 200
const DAMPED = 0.6

/**
 * Learns to tell labels apart from examples: over text-features.ts, weighted by rarity, the sum of a logistic
 * regression and of one support vector machine a label, which is one linear model. Deterministic.
 * Throws when there are fewer than two labels.
 */
export function trainClassifier(all: readonly Example[], options: ClassifierOptions = {}): Classifier {
  const labels = [...new Set(all.map((example) => example.label))]
  const examples = spread(all)
  if (labels.length < 2) throw new Error('A classifier needs examples of at least two labels.')
  const anchors = options.anchors && labels.length === 2 ? options.anchors : undefined
  const preset = presetFor(labels.length, anchors !== undefined)
  const [, , , , pairs, across, skips] = preset.groups
  const kinds = {
    pairs: pairs > 0 && (options.pairs ?? true),
    across: across > 0,
    skips: skips > 0 && (options.pairs ?? true),
    ...(anchors && { anchors }),
  }
  const features = examples.map((example) => keepFeatures(example.text, kinds))
  const learn = (numbers: readonly number[]): Parts =>
    fit(
      numbers.map((at) => examples[at]!),
      numbers.map((at) => features[at]!),
      labels,
      options,
      preset,
      kinds,
    )
  const parts = learn([...examples.keys()])
  if (anchors) return fromParts(settled(parts, heldInTurn(examples, features, labels, learn)))
  if (examples.length < ENOUGH_TO_CALIBRATE) return fromParts({ ...parts, sharpness: DAMPED })
  // An eighth of each label is held back to see how much the scores may be trusted; the final model learns from all. In a row, not here and
  // there: neighbours often say the same, and a model that has seen them would seem surer than it may be of what comes.
  const part = stratifiedFolds(
    examples.map(({ label }) => label),
    8,
  )
  const trial = learn([...part.keys()].filter((at) => part[at] !== 7))
  const held = [...part.keys()]
    .filter((at) => part[at] === 7)
    .map((at) => ({ scores: score(trial, features[at]!), right: labels.indexOf(examples[at]!.label) }))
  return fromParts({ ...parts, sharpness: bestSharpness(held) })
}

const TURNS = 4

/** What is said of each example by a model that learned from the other three quarters; near copies are in one. */
function heldInTurn(
  examples: readonly Example[],
  features: readonly Kept[],
  labels: readonly string[],
  learn: (numbers: readonly number[]) => Parts,
): Held[] {
  const turn = foldsOfCopies(
    examples.map(({ text }) => text),
    examples.map(({ label }) => label),
    TURNS,
  )
  const held: Held[] = []
  for (let nth = 0; nth < TURNS; nth++) {
    const rest = [...turn.keys()].filter((at) => turn[at] !== nth)
    if (new Set(rest.map((at) => examples[at]!.label)).size < 2) continue
    const trial = learn(rest)
    turn.forEach((own, at) => {
      if (own === nth) held.push({ scores: score(trial, features[at]!), right: labels.indexOf(examples[at]!.label) })
    })
  }
  return held
}

/** Two labels parted where both are found best, and as sure as the held-back ones allow. */
function settled(parts: Parts, held: readonly Held[]): Parts {
  const shift = evenShift(held)
  const bias = Float32Array.from(parts.bias)
  bias[0]! += shift
  const moved = held.map(({ scores, right }) => ({ scores: Float64Array.of(scores[0]! + shift, scores[1]!), right }))
  return { ...parts, bias, sharpness: held.length < ENOUGH_TO_CALIBRATE ? DAMPED : bestSharpness(moved) }
}

/** Beyond this many, an even part of them: more would take memory by the gigabyte and hardly teach more. No label is lost. */
const MOST_EXAMPLES = 40_000

function spread(all: readonly Example[]): readonly Example[] {
  if (all.length <= MOST_EXAMPLES) return all
  const step = all.length / MOST_EXAMPLES
  const met = new Set<string>()
  let next = 0
  return all.filter((example, at) => {
    const first = !met.has(example.label)
    met.add(example.label)
    if (at < next && !first) return false
    if (at >= next) next += step
    return true
  })
}

/** Reads what `toBytes` wrote. Throws when it is damaged. */
export function openClassifier(bytes: Uint8Array): Classifier {
  const file = readWeights(bytes, 'classifier')
  return fromParts({
    labels: file.header['labels'] as string[],
    examples: file.header['examples'] as number,
    sharpness: file.header['sharpness'] as number,
    // Files of the first version know of pairs alone.
    kinds: (file.header['kinds'] as FeatureKinds | undefined) ?? {
      pairs: file.header['pairs'] === true,
      across: false,
      skips: false,
    },
    bias: file.array('bias', 'Float32Array'),
    keys: file.array('keys', 'Uint32Array'),
    rows: file.array('rows', 'Uint32Array'),
    values: file.array('values', 'Float32Array'),
    weights: file.array('weights', 'Float32Array'),
  })
}

const scratch = createTextFeatures()
const WORDS_SHOWN = 8
const LEAST_WEIGHT = 0.02

/** Whether somebody who reads it among the reasons learns anything: a question mark tells, a comma does not. */
function tells(kind: TokenKind, text: string): boolean {
  if (kind === TokenKind.punctuation) return /[?!¿¡？！؟]/u.test(text)
  return kind !== TokenKind.word || !isFunctionWord(text)
}

function fromParts(parts: Parts): Classifier {
  const { labels, bias, keys, rows, values, weights, sharpness, kinds } = parts
  const classes = labels.length

  /** Of the text weighed last: row of each feature or −1, and its scale. */
  const lastRows = new Int32Array(scratch.hashes.length)
  /** Where the weights of the features that it knows begin. */
  const known = new Int32Array(scratch.hashes.length)
  const z = new Float64Array(classes)
  let scale = 0

  const weigh = (text: string, tokens: readonly Token[]): void => {
    textFeatures(text, tokens, scratch, kinds)
    findRows(scratch.hashes, scratch.count, keys, rows, lastRows)
    let count = 0
    let length = 0
    for (let at = 0; at < scratch.count; at++) {
      const row = lastRows[at]!
      if (row < 0) continue
      known[count++] = row * classes
      length += values[row]! * values[row]!
    }
    // Class by class, not row by row: the first class asks memory for all rows at once, the others find them at hand.
    for (let c = 0; c < classes; c++) {
      let sum = 0
      for (let at = 0; at < count; at++) sum += weights[known[at]! + c]!
      z[c] = sum
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
    tokens.forEach(({ kind, text: word, start, end }, at) => {
      if (pulls[at]! > LEAST_WEIGHT && tells(kind, word))
        words.push({ word: text.slice(start, end), start, end, weight: Math.round(pulls[at]! * 1000) / 1000 })
    })
    return words.sort((a, b) => b.weight - a.weight).slice(0, WORDS_SHOWN)
  }

  function read(text: string, tokens: readonly Token[] = tokenize(text)): Reading {
    weigh(text, tokens)
    return {
      probabilities: Float64Array.from(z),
      wordsFor(label) {
        const at = labels.indexOf(label)
        return at < 0 ? [] : wordsFor(text, tokens, at)
      },
    }
  }

  return {
    labels,
    examples: parts.examples,
    probabilities: (text, tokens) => read(text, tokens).probabilities,
    explain: (text, label, tokens) => read(text, tokens).wordsFor(label),
    read,
    suggest(text, most = classes, tokens = tokenize(text)) {
      weigh(text, tokens)
      return [...z.keys()]
        .sort((a, b) => z[b]! - z[a]!)
        .slice(0, most)
        .map((label) => ({ label: labels[label]!, confidence: z[label]!, words: wordsFor(text, tokens, label) }))
    },
    toBytes: () =>
      writeWeights({ labels, examples: parts.examples, sharpness, kinds }, { bias, keys, rows, values, weights }),
  }
}
