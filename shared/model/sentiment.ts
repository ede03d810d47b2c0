import { z } from 'zod'

export const sentimentLabels = ['negative', 'neutral', 'positive'] as const
export const SentimentLabel = z.enum(sentimentLabels)
export type SentimentLabel = z.infer<typeof SentimentLabel>

/** A word of the text that drove a label. Offsets are UTF-16 code units into the mention's text. */
export const DrivingWord = z.object({
  word: z.string(),
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  /** Signed: below zero pulls towards negative, above zero towards positive. */
  weight: z.number(),
})
export type DrivingWord = z.infer<typeof DrivingWord>

export const Sentiment = z.object({
  label: SentimentLabel,
  /** −1 (negative) … 1 (positive). */
  score: z.number().min(-1).max(1),
  /** Probability, 0 … 1, that the label is right, calibrated on held-out data. */
  confidence: z.number().min(0).max(1),
  /** Strongest first, at most 8. */
  words: z.array(DrivingWord).meta({ wall: 'private' }),
  /** Name and version of the model, or `officer` when a person set the label. */
  model: z.string(),
})
export type Sentiment = z.infer<typeof Sentiment>
