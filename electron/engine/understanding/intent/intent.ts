import { intents, type Intent } from '#shared/model/mention.ts'
import type { Sentiment } from '#shared/model/sentiment.ts'
import type { Classifier } from '../classify/classifier.ts'
import type { Token } from '../tokens.ts'
import { structureFactor, structureOf } from './structure.ts'

const known = new Set<string>(intents.filter((intent) => intent !== 'other'))
/** Below this an intent is not named. */
const LEAST = 0.25
/** The classifier has seen question marks and links itself: the shape of a post is a hint beside that. */
const SHAPE = 0.3
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

/** Why somebody writes, with mood and shape as evidence: praise in an angry post is rare, a question without a question mark too. null: nothing sure enough. */
export function readIntent(
  classifier: Classifier,
  text: string,
  tokens: readonly Token[],
  sentiment: Sentiment,
): Intent | null {
  if (tokens.length < 2) return null
  const structure = structureOf(tokens)
  const reading = classifier.read(text, tokens)
  const odds = reading.probabilities
  let best = 0
  let sum = 0
  for (let at = 0; at < odds.length; at++) {
    const label = classifier.labels[at]!
    odds[at]! *= moodFactor(label, sentiment) * structureFactor(label, structure) ** SHAPE
    sum += odds[at]!
    if (odds[at]! > odds[best]!) best = at
  }
  const found = classifier.labels[best]!
  const confidence = Math.round((odds[best]! / sum) * 1000) / 1000
  for (const [label, pattern] of certain) {
    const match = pattern.exec(text)
    if (!match) continue
    const start = match.index
    const words = [{ word: match[0], start, end: start + match[0].length, weight: 1 }]
    return { label, confidence: Math.max(0.8, found === label ? confidence : 0), words }
  }
  if (!known.has(found) || confidence < LEAST) return null
  return { label: found as Intent['label'], confidence, words: reading.wordsFor(found) }
}

/**
 * By what the mood speaks for, and by how often a label was among the examples; chosen on the check part of the desk corpus. Complaints
 * are four in ten of its texts, and would take in all that is near them.
 */
function moodFactor(label: string, { score }: Sentiment): number {
  if (label === 'complaint') return 0.67
  // Seldom among mentions, and as frequent as anything in the corpus.
  if (label === 'legal') return 0.7 * Math.exp(-0.6 * score)
  if (label === 'violence') return 0.5 * Math.exp(-0.6 * score)
  if (label === 'churn') return 1.5 * Math.exp(-0.6 * score)
  if (label === 'praise' || label === 'thanks') return Math.exp(2 * score)
  return 1
}
