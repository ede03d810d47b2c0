import { conceptLanguages } from '#shared/query/concept-lines.ts'
import { intentsOf, type Mention } from '#shared/model/mention.ts'
import type { Lexicon } from './concepts/lexicon.ts'
import { tokenize } from './tokens.ts'

/** A reason that the classifier is less sure of counts only in a negative text. */
const SURE_REASON = 0.6

/** Beside no reason at all, for these a fault may be told without being read as a complaint. */
const mayTellFault: ReadonlySet<string> = new Set(['question', 'suggestion'])

/** How surely a complaint reports a fault, and is no threat, no cancellation and the like, 0 … 1. */
export const reportsFault = (intent: Mention['intent']): number => {
  if (!intent) return 0.5
  return intent.label === 'complaint' ? intent.confidence : 0
}

/**
 * Whether a mention reports something wrong, so that it may belong to a problem: a complaint is read in it, beside a threat, a cancellation or praise too; or it
 * is negative and names a symptom, where no other reason explains it. A threat, a lead, a job or a press enquiry by itself is of no fault. Where nothing
 * can name symptoms (no lexicon, a language that it does not speak) a negative mood has to do.
 */
export function isComplaint(mention: Mention, lexicon: Pick<Lexicon, 'ownFrom' | 'concepts' | 'find'>): boolean {
  const reasons = intentsOf(mention.intent)
  const { label, confidence } = mention.sentiment
  const [main] = reasons
  if (reasons.some((one) => one.label === 'complaint')) {
    if (main?.label === 'legal' || main?.label === 'violence' || label === 'negative') return true
    const trouble = reasons.find((one) => one.label === 'complaint' || one.label === 'churn')!
    return label === 'neutral' && trouble.confidence >= SURE_REASON
  }
  if ((main && !mayTellFault.has(main.label)) || label !== 'negative' || confidence < 0.5) return false
  return namesSymptom(mention, lexicon)
}

const spoken: ReadonlySet<string> = new Set(conceptLanguages)

function namesSymptom({ text, lang }: Mention, lexicon: Parameters<typeof isComplaint>[1]): boolean {
  if (lexicon.ownFrom === 0 || (lang !== 'und' && !spoken.has(lang.slice(0, 2)))) return true
  return lexicon.find(tokenize(text), lang).some(({ concept }) => lexicon.concepts[concept]!.kind === 'symptom')
}
