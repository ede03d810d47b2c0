import type { DrivingWord, Sentiment } from '#shared/model/sentiment.ts'
import { conceptLanguages } from '#shared/query/concept-lines.ts'
import type { Analyzer } from '../analyzer.ts'
import { readWeights } from '../binary.ts'
import { isFunctionWord } from '../function-words.ts'
import { TokenKind, tokenize, type Token } from '../tokens.ts'
import { calibrated, type Calibration } from './calibration.ts'
import { createFeatures, extractFeatures, FeatureGroup, groupValues, MAX_FEATURES } from './features.ts'
import type { Lexicon } from './lexicon.ts'
import { localScale, type LocalLayer } from './local.ts'
import { findPlaces, gateOf, negativeOf, positiveOf, type PackedTable } from './table.ts'

type Pair = [negative: number, positive: number]

export interface SentimentHeader {
  model: string
  units: PackedTable['units']
  /** Of the classes negative and positive, each less neutral's, in public posts and in what is written to a company. */
  bias: { public: Pair; desk: Pair; gate: number }
  calibration: Calibration
}

/** The classes' probabilities before calibration, for training and evaluation. */
export interface SentimentOdds {
  negative: number
  neutral: number
  positive: number
}

export interface SentimentModel extends Analyzer {
  odds(text: string, lang: string): SentimentOdds
  readonly lexicon: Lexicon
  /** Lays what the station learned over the shipped weights; null takes it off. */
  setLocal(layer: LocalLayer | null): void
}

/** What a label's model is called by when the station's own layer lies over it. */
export const OF_STATION = ' + station'

const WORDS_SHOWN = 8
/** A word that moves the balance by less than this (in log odds) is not worth showing. */
const LEAST_WEIGHT = 0.08
const NO_BEND = [0, 0] as const
/** Languages of the desk corpus. */
const spoken: ReadonlySet<string> = new Set(conceptLanguages)
/** Certainty of "neutral" in any other language, at most: below what a station calls unsure. */
const UNKNOWN_NEUTRAL = 0.4

/**
 * Earshot's own model: linear over words, phrases and pieces of words, see features.ts. Throws when `file` is damaged.
 * `edition`: of these weights among others of the same name, see edition.ts; each label carries both.
 * Long: its functions read the weights' arrays directly, thousands of times a post.
 */
export function createSentimentModel(file: Uint8Array, edition?: string): SentimentModel {
  const weights = readWeights(file, 'sentiment.bin')
  const header = weights.header as unknown as SentimentHeader
  const name = edition === undefined ? header.model : `${header.model} · ${edition}`
  const words = weights.array('words', 'Uint32Array')
  const lexicon: Lexicon = {
    keys: weights.array('lexiconKeys', 'Uint32Array'),
    values: weights.array('lexiconValues', 'Int8Array'),
  }
  const features = createFeatures()
  const values = Float64Array.from(groupValues)
  const squares = values.map((value) => value * value)
  /** Of each feature: where its weights stand. */
  const places = new Int32Array(MAX_FEATURES)
  /** Of each token: how far it pulls from negative to positive, in public posts and to a company; then what both together do. */
  const pulls = new Float64Array(MAX_FEATURES)
  const deskPulls = new Float64Array(MAX_FEATURES)

  let local: Map<number, readonly [number, number]> | null = null

  let negative = 0
  let neutral = 0
  let positive = 0
  /** How far the text is written as people write to a company, 0 … 1. */
  let desk = 0

  const weigh = (text: string, lang: string, tokens: readonly Token[]): void => {
    extractFeatures(text, tokens, lang, lexicon, features)
    const { hashes, owners, groups, count } = features
    findPlaces(words, hashes, count, places)
    const owned = Math.min(tokens.length, MAX_FEATURES)
    pulls.fill(0, 0, owned)
    deskPulls.fill(0, 0, owned)
    let toNegative = 0
    let toPositive = 0
    let deskNegative = 0
    let deskPositive = 0
    let toDesk = 0
    let length = 0
    for (let at = 0; at < count; at++) {
      const place = places[at]!
      if (place < 0) continue
      length += squares[groups[at]!]!
      const low = negativeOf(words[place]!)
      const high = positiveOf(words[place]!)
      const word = words[place + 1]!
      const deskLow = negativeOf(word)
      const deskHigh = positiveOf(word)
      toNegative += low
      toPositive += high
      deskNegative += deskLow
      deskPositive += deskHigh
      toDesk += gateOf(word)
      const owner = owners[at]!
      if (owner >= 0) {
        pulls[owner]! += high - low
        deskPulls[owner]! += deskHigh - deskLow
      }
    }
    const { units, bias } = header
    const norm = length > 0 ? 2 / Math.sqrt(length) : 0
    const share = 1 / (1 + Math.exp(-(toDesk * norm * units.gate + bias.gate)))
    desk = share
    const deskScale = norm * units.desk * share
    const publicScale = norm * units.public * (1 - share)
    for (let at = 0; at < owned; at++) pulls[at] = pulls[at]! * publicScale + deskPulls[at]! * deskScale
    const bent = local ? bend(local) : NO_BEND
    const biased = (at: 0 | 1): number => bias.desk[at] * share + bias.public[at] * (1 - share) + bent[at]
    const n = Math.exp(toNegative * publicScale + deskNegative * deskScale + biased(0))
    const p = Math.exp(toPositive * publicScale + deskPositive * deskScale + biased(1))
    const sum = 1 + n + p
    negative = n / sum
    neutral = 1 / sum
    positive = p / sum
  }

  /** What the station's own layer adds to the log odds; the words' pulls are brought up to date. */
  const bend = (layer: Map<number, readonly [number, number]>): readonly [number, number] => {
    let known = 0
    let toNegative = 0
    let toPositive = 0
    for (let at = 0; at < features.count; at++) {
      const group = features.groups[at]!
      if (group !== FeatureGroup.word && group !== FeatureGroup.phrase) continue
      known++
      const learned = layer.get(features.hashes[at]!)
      if (!learned) continue
      toNegative += learned[0]
      toPositive += learned[1]
    }
    const share = localScale(known)
    for (let at = 0; at < features.count; at++) {
      const learned = layer.get(features.hashes[at]!)
      const owner = features.owners[at]!
      if (learned && owner >= 0) pulls[owner]! += (learned[1] - learned[0]) * share
    }
    return [toNegative * share, toPositive * share]
  }

  const drivers = (text: string, tokens: readonly Token[]): DrivingWord[] => {
    const found: DrivingWord[] = []
    for (let at = 0; at < tokens.length && at < MAX_FEATURES; at++) {
      const pull = pulls[at]!
      if (pull < LEAST_WEIGHT && pull > -LEAST_WEIGHT) continue
      const { kind, text: word, start, end } = tokens[at]!
      if (kind === TokenKind.word && isFunctionWord(word)) continue
      found.push({ word: text.slice(start, end), start, end, weight: Math.round(pull * 1000) / 1000 })
    }
    if (found.length > 1) found.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    return found.length > WORDS_SHOWN ? found.slice(0, WORDS_SHOWN) : found
  }

  return {
    model: name,
    lexicon,
    setLocal(layer) {
      local = layer && layer.weights.length > 0 ? new Map(layer.weights.map(([hash, n, p]) => [hash, [n, p]])) : null
    },
    odds(text, lang) {
      weigh(text, lang, tokenize(text))
      return { negative, neutral, positive }
    },
    sentiment(text, lang, tokens = tokenize(text)): Sentiment {
      weigh(text, lang, tokens)
      const label = negative > neutral && negative > positive ? 'negative' : positive > neutral ? 'positive' : 'neutral'
      const top = Math.max(negative, neutral, positive)
      const sure = calibrated(header.calibration, lang, top, desk)
      // Where it knows few words, finding none that carries a mood says little.
      const confidence = label === 'neutral' && !spoken.has(lang) ? Math.min(sure, UNKNOWN_NEUTRAL) : sure
      return {
        label,
        score: Math.round((positive - negative) * 1000) / 1000,
        confidence,
        words: drivers(text, tokens),
        model: local ? `${name}${OF_STATION}` : name,
      }
    },
  }
}
