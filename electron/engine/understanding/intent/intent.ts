import { intents, type Intent } from '#shared/model/mention.ts'
import type { Sentiment } from '#shared/model/sentiment.ts'
import type { Classifier } from '../classify/classifier.ts'
import type { Token } from '../tokens.ts'
import { structureFactor, structureOf } from './structure.ts'

const known = new Set<string>(intents)
/** Below this an intent is not named. */
const LEAST = 0.4
/** Words that settle it in English and German whatever the classifier says: a threat must not be missed for an unusual sentence. */
const certain: readonly (readonly [Intent['label'], RegExp])[] = [
  [
    'threat',
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
    odds[at]! *= moodFactor(label, sentiment) * structureFactor(label, structure) * (seldom[label] ?? 1)
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

/** Among the phrases that taught the classifier these are as frequent as complaints; among mentions they are not. */
const seldom: Readonly<Record<string, number>> = { lead: 0.5, churn: 0.5, job: 0.4, press: 0.3, threat: 0.4 }

function moodFactor(label: string, { score }: Sentiment): number {
  // Without a mood a text is rather a remark than a complaint.
  if (label === 'complaint') return Math.exp(-2 * (score + 0.1))
  if (label === 'churn' || label === 'threat') return Math.exp(-1.2 * score)
  if (label === 'praise') return Math.exp(2 * score)
  return 1
}
