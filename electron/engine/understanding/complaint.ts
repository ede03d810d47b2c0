import { intentsOf, type Mention } from '#shared/model/mention.ts'

/** A reason that the classifier is less sure of counts only in a negative text. */
const SURE_REASON = 0.6

const noTrouble: ReadonlySet<string> = new Set(['noise', 'praise', 'thanks', 'job', 'press', 'other'])

/** How surely a complaint reports a fault, and is no threat, no cancellation and the like, 0 … 1. */
export const reportsFault = (intent: Mention['intent']): number => {
  if (!intent) return 0.5
  return intent.label === 'complaint' ? intent.confidence : 0
}

/** Complaints, threats and customers about to leave; without a reason known, whatever is surely negative. */
export const isComplaint = (mention: Mention): boolean => {
  const reasons = intentsOf(mention.intent)
  const { label } = mention.sentiment
  if (reasons[0]?.label === 'legal' || reasons[0]?.label === 'violence') return true
  // Praise for one thing may stand before trouble with another.
  const trouble = reasons.find((one) => one.label === 'complaint' || one.label === 'churn')
  if (trouble) return label === 'negative' || (label === 'neutral' && trouble.confidence >= SURE_REASON)
  if (reasons[0] && noTrouble.has(reasons[0].label)) return false
  return label === 'negative' && mention.sentiment.confidence >= 0.5
}
