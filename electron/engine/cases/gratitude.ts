import type { Mention } from '#shared/model/mention.ts'
import { documentOfMention } from '#shared/query/document.ts'
import { matchQuery } from '#shared/query/match.ts'
import { parseQuery } from '#shared/query/parse.ts'

/** What a customer's message in an answered case means. */
export interface AfterAnswer {
  outcome: 'confirmed' | 'reopens' | 'neither'
  /** What decided, as written, in order of appearance. */
  words: string[]
  /** Probability, 0 … 1; null where there is no model and words of thanks decide. */
  certainty: number | null
}
export type ReadsAfterAnswer = (mention: Mention) => AfterAnswer

/** What mood and intent say of the same message. */
export interface BesideText {
  /** How sure it is that the mood is bad, 0 … 1. */
  negative: number
  /** Whether it is thanks or praise in a good mood. */
  isGlad: boolean
}

/** A model that reads the text. */
export interface AfterAnswerModel {
  read(text: string, lang: string | null, beside: BesideText): AfterAnswer
}

const parsed = parseQuery(
  `(thanks OR "thank you" OR thx OR ty OR solved OR "works again" OR "works now" OR perfect OR danke OR dankeschön
   OR "vielen dank" OR gelöst OR erledigt OR "geht wieder" OR "klappt wieder" OR "funktioniert wieder" OR 🙏)
   NOT (but OR still OR "not yet" OR "no thanks" OR aber OR trotzdem OR "immer noch" OR nicht OR not)`,
)
if (!parsed.ok) throw new Error(parsed.error.code)
const thanks = parsed.value

/**
 * What stands in where there is no model: words of thanks in English or German, nothing that takes them back, and no bad mood.
 * In doubt the case opens again, which costs a look and loses nobody.
 */
export const byWordsOfThanks: ReadsAfterAnswer = (mention) => {
  const isThanks =
    mention.sentiment.label !== 'negative' &&
    mention.text.length < 280 &&
    matchQuery(thanks, documentOfMention(mention))
  return { outcome: isThanks ? 'confirmed' : 'reopens', words: [], certainty: null }
}

/** `model`: null falls back to words of thanks. */
export function createAfterAnswer(model: AfterAnswerModel | null): ReadsAfterAnswer {
  if (model === null) return byWordsOfThanks
  return (mention) => model.read(mention.text, mention.lang, besideTextOf(mention))
}

export const besideTextOf = ({ sentiment, intent }: Pick<Mention, 'sentiment' | 'intent'>): BesideText => ({
  negative: sentiment.label === 'negative' ? sentiment.confidence : 0,
  isGlad: sentiment.label === 'positive' && (intent?.label === 'thanks' || intent?.label === 'praise'),
})
