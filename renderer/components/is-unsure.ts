import type { Sentiment } from '#shared/model/sentiment.ts'

/** Whether a label is less certain than the officer wants it; what a person set is never unsure. */
export const isUnsure = (sentiment: Pick<Sentiment, 'confidence' | 'model'>, below = 0): boolean =>
  sentiment.model !== 'officer' && sentiment.model !== 'file' && sentiment.confidence < below
