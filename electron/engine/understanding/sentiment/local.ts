import { createFeatures, extractFeatures, FeatureGroup } from './features.ts'
import type { Lexicon } from './lexicon.ts'
import { isNegator } from './negation.ts'
import { isCommonWord } from '../problems/common-words.ts'
import { TokenKind, tokenize, type Token } from '../tokens.ts'

/** What one station learned over the shipped weights: log odds of negative and positive against neutral, by feature. */
export interface LocalLayer {
  /** [feature hash, to negative, to positive]; plain values, so that it may cross to another thread. */
  weights: [hash: number, negative: number, positive: number][]
}

/** One label that an officer set. */
export interface Correction {
  text: string
  lang: string
  /** 0 negative, 1 neutral, 2 positive. */
  label: 0 | 1 | 2
}

/** Log odds of negative and positive against neutral, as the shipped model has them. */
export type BaseOdds = (text: string, lang: string) => readonly [negative: number, positive: number]

const ROUNDS = 40
const RATE = 0.6
/** Pulls every weight back to what was shipped: one correction bends a text, only several bend a word for good. */
const PULL_BACK = 0.02
const MOST_FEATURES = 20_000

const tellingKinds = new Set<number>([TokenKind.word, TokenKind.hashtag, TokenKind.emoji, TokenKind.emoticon])

const features = createFeatures()

/** Words and phrases that may be learned from; those that stand in every text would bend all of them. */
function learnable(text: string, lang: string, lexicon: Lexicon, tokens: readonly Token[]): number[] {
  extractFeatures(text, tokens, lang, lexicon, features)
  const hashes: number[] = []
  for (let at = 0; at < features.count; at++) {
    const group = features.groups[at]!
    if (group !== FeatureGroup.word && group !== FeatureGroup.phrase) continue
    const token = tokens[features.owners[at]!]
    // Links, handles and numbers are one placeholder each: a weight on it would bend nearly every post.
    if (!token || !tellingKinds.has(token.kind)) continue
    const word = token.text
    if (group === FeatureGroup.word && isCommonWord(word) && !isNegator(word)) continue
    hashes.push(features.hashes[at]!)
  }
  return hashes
}

/** Fits the layer to the corrections: multinomial logistic regression with the shipped model's odds as its starting point. Deterministic. */
export function trainLocal(corrections: readonly Correction[], base: BaseOdds, lexicon: Lexicon): LocalLayer {
  const negative = new Map<number, number>()
  const positive = new Map<number, number>()
  const rows = corrections.map((correction) => ({
    label: correction.label,
    base: base(correction.text, correction.lang),
    hashes: learnable(correction.text, correction.lang, lexicon, tokenize(correction.text)),
  }))
  for (let round = 0; round < ROUNDS; round++) {
    for (const {
      label,
      base: [n0, p0],
      hashes,
    } of rows) {
      if (hashes.length === 0) continue
      const scale = localScale(hashes.length)
      let n = n0
      let p = p0
      for (const hash of hashes) {
        n += (negative.get(hash) ?? 0) * scale
        p += (positive.get(hash) ?? 0) * scale
      }
      const most = Math.max(0, n, p)
      const sum = Math.exp(-most) + Math.exp(n - most) + Math.exp(p - most)
      const errorN = Math.exp(n - most) / sum - (label === 0 ? 1 : 0)
      const errorP = Math.exp(p - most) / sum - (label === 2 ? 1 : 0)
      for (const hash of hashes) {
        const wasN = negative.get(hash) ?? 0
        const wasP = positive.get(hash) ?? 0
        negative.set(hash, wasN - RATE * (errorN * scale + PULL_BACK * scale * wasN))
        positive.set(hash, wasP - RATE * (errorP * scale + PULL_BACK * scale * wasP))
      }
    }
  }
  const weights: LocalLayer['weights'] = [...negative].map(([hash, n]) => [hash, n, positive.get(hash) ?? 0])
  weights.sort((a, b) => Math.abs(b[1]) + Math.abs(b[2]) - Math.abs(a[1]) - Math.abs(a[2]))
  return { weights: weights.slice(0, MOST_FEATURES) }
}

/** A text with many features is moved less by each. */
export const localScale = (count: number): number => 1 / Math.sqrt(Math.max(1, count))
