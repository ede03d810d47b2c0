import { intents, type Intent, type OneIntent } from '#shared/model/mention.ts'
import type { Sentiment } from '#shared/model/sentiment.ts'
import type { Classifier, Reading } from '../classify/classifier.ts'
import { TokenKind, type Token } from '../tokens.ts'
import { isNegator } from '../sentiment/negation.ts'
import { structureFactor, structureOf } from './structure.ts'

const known = new Set<string>(intents.filter((intent) => intent !== 'other'))
/** Below this an intent is not named. */
const LEAST = 0.25
/**
 * Log odds that the words which say something speak for an intent. With less it rests on how often the intent is met, or on a "don't": then it
 * is a guess, and no rule should act on it. Questions and noise show in the shape of a post.
 */
const LEAST_EVIDENCE = 0.5
const GUESS = 0.5
/** The classifier has seen question marks and links itself: the shape of a post is a hint beside that. */
const SHAPE = 0.3
/** How far a good mood speaks against a complaint, and a bad one against praise: negations are read by the mood alone. */
const GLAD = 1
const CROSS = 4
/** Words that settle it in English and German whatever the classifier says: a threat must not be missed for an unusual sentence. */
const certain: readonly (readonly [Intent['label'], RegExp])[] = [
  [
    'legal',
    /\b(?:lawyer|attorney|lawsuit|sue you|suing|legal action|anwalt|anwältin|verklag\w*|strafanzeige|caught fire|feuer gefangen|in brand geraten|electric shock|stromschlag)\b/iu,
  ],
  ['press', /\b(?:presseanfrage|press enquiry|press inquiry|media request|pressestelle|spokesperson)\b/iu],
  [
    'churn',
    /\b(?:kündige (?:jetzt|heute|meinen)|cancel(?:l?ing)? my (?:contract|subscription|account|membership))\b/iu,
  ],
]

const MOST_FURTHER = 3
/** An intent that the text hints at so far is looked for in its sentences, where it has to be so likely. */
const LEAST_HINT = 0.02
const LEAST_ALONE = 0.5
/** Of that likelihood counts so much: what stands beside it speaks against it. */
const ALONE_COUNTS = 0.7
/** A sentence that may speak for itself, and how many are looked at. */
const SENTENCE_WORDS = 3
const MOST_SENTENCES = 8
/** What is never said beside something else: they mean that there is nothing more to it. */
const lonely = new Set<string>(['noise', 'other'])

/**
 * Why somebody writes, with mood and shape as evidence: praise in an angry post is rare, a question without a question mark too. The strongest,
 * and every further one that is sure enough. null: nothing is.
 */
export function readIntent(
  classifier: Classifier,
  text: string,
  tokens: readonly Token[],
  sentiment: Sentiment,
): Intent | null {
  if (tokens.length < 2) return null
  const reading = readIntentOdds(classifier, text, tokens, sentiment)
  const strongest = strongestOf(classifier, reading, text)
  if (strongest === null) return null
  const also = furtherThan(strongest, classifier, reading, text, tokens, sentiment)
  return also.length > 0 ? { ...strongest, also } : strongest
}

/** Probabilities of all labels, with mood and shape as evidence. */
export function readIntentOdds(
  classifier: Classifier,
  text: string,
  tokens: readonly Token[],
  sentiment: Sentiment,
): Reading {
  const structure = structureOf(tokens)
  const reading = classifier.read(text, tokens)
  const odds = reading.probabilities
  let sum = 0
  for (let at = 0; at < odds.length; at++) {
    const label = classifier.labels[at]!
    odds[at]! *= moodFactor(label, sentiment) * structureFactor(label, structure) ** SHAPE
    sum += odds[at]!
  }
  for (let at = 0; at < odds.length; at++) odds[at]! /= sum
  return reading
}

function likeliest({ probabilities }: Reading): number {
  let best = 0
  for (let at = 1; at < probabilities.length; at++) if (probabilities[at]! > probabilities[best]!) best = at
  return best
}

function strongestOf({ labels }: Classifier, reading: Reading, text: string): OneIntent | null {
  const odds = reading.probabilities
  const best = likeliest(reading)
  const found = labels[best]!
  const confidence = rounded(odds[best]!)
  for (const [label, pattern] of certain) {
    const match = pattern.exec(text)
    if (!match) continue
    const start = match.index
    const words = [{ word: match[0], start, end: start + match[0].length, weight: 1 }]
    return { label, confidence: Math.max(0.8, found === label ? confidence : 0), words }
  }
  if (!known.has(found) || confidence < LEAST) return null
  const words = reading.wordsFor(found)
  return { label: found as OneIntent['label'], confidence: shown(found, confidence, words), words }
}

/**
 * What else it is for: from the same certainty on, or where one of its sentences says so alone. All certainties of a text add up to one, so
 * that of two reasons the weaker one seldom gets far.
 */
function furtherThan(
  strongest: OneIntent,
  classifier: Classifier,
  reading: Reading,
  text: string,
  tokens: readonly Token[],
  sentiment: Sentiment,
): OneIntent[] {
  if (lonely.has(strongest.label)) return []
  const { labels } = classifier
  const found: OneIntent[] = []
  const hinted = new Set<string>()
  const add = (label: string, odds: number, words: OneIntent['words']): void => {
    const confidence = Math.min(strongest.confidence, shown(label, rounded(odds), words))
    found.push({ label: label as OneIntent['label'], confidence, words })
  }
  for (let at = 0; at < labels.length; at++) {
    const label = labels[at]!
    const odds = reading.probabilities[at]!
    if (odds < LEAST_HINT || label === strongest.label || lonely.has(label) || !known.has(label)) continue
    if (odds >= LEAST) add(label, odds, reading.wordsFor(label))
    else hinted.add(label)
  }
  const sentences = hinted.size > 0 ? sentencesOf(tokens) : []
  for (const sentence of sentences.length > 1 ? sentences : []) {
    const alone = readIntentOdds(classifier, text, sentence, { ...sentiment, score: 0 })
    const best = likeliest(alone)
    const label = labels[best]!
    const odds = alone.probabilities[best]!
    if (odds < LEAST_ALONE || !hinted.delete(label)) continue
    add(label, odds * ALONE_COUNTS, alone.wordsFor(label))
  }
  return found.sort((a, b) => b.confidence - a.confidence).slice(0, MOST_FURTHER)
}

/** Runs of tokens between the ends of sentences that have something to say; none of a text with too many. */
function sentencesOf(tokens: readonly Token[]): Token[][] {
  const sentences: Token[][] = []
  let begin = 0
  let words = 0
  for (let at = 0; at <= tokens.length; at++) {
    const token = tokens[at]
    if (token?.kind === TokenKind.word) words++
    if (token && !(token.kind === TokenKind.punctuation && /[.!?…;]/.test(token.text))) continue
    if (words >= SENTENCE_WORDS) sentences.push(tokens.slice(begin, at + 1))
    begin = at + 1
    words = 0
  }
  return sentences.length > MOST_SENTENCES ? [] : sentences
}

const rounded = (share: number): number => Math.round(share * 1000) / 1000

/** A guess where no word speaks for it. */
const shown = (label: string, confidence: number, words: OneIntent['words']): number =>
  label === 'question' || label === 'noise' || evidence(words) >= LEAST_EVIDENCE
    ? confidence
    : Math.min(confidence, GUESS)

/** Words that negate are as much part of what threatens nobody. */
const evidence = (words: Intent['words']): number =>
  words.reduce((sum, { word, weight }) => sum + (isNegator(word.toLowerCase()) ? 0 : weight), 0)

/**
 * By what the mood speaks for, and by how often a label was among the examples; chosen on the check part of the desk corpus. Complaints
 * are four in ten of its texts, and would take in all that is near them.
 */
function moodFactor(label: string, { label: mood, score }: Sentiment): number {
  if (label === 'complaint') return 0.67 * Math.exp(-GLAD * Math.max(0, score))
  // Seldom among mentions, and as frequent as anything in the corpus.
  if (label === 'legal') return 0.7 * Math.exp(-0.6 * score)
  // Nobody threatens in a neutral mood; without that, short sentences with a "won't" did.
  if (label === 'violence') return (mood === 'negative' ? 0.5 : 0.1) * Math.exp(-0.6 * score)
  if (label === 'churn') return 1.7 * Math.exp(-0.6 * score)
  if (label === 'job' || label === 'lead') return 1.3
  if (label === 'noise') return 1.4
  if (label === 'other') return 1.2
  if (label === 'praise') return Math.exp((score < 0 ? CROSS : 2) * score)
  if (label === 'thanks') return Math.exp(2 * score)
  return 1
}
