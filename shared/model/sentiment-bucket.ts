import { z } from 'zod'
import { Instant } from './mention.ts'

export const SentimentBucket = z.object({
  at: Instant,
  negative: z.number().int(),
  neutral: z.number().int(),
  positive: z.number().int(),
})
export type SentimentBucket = z.infer<typeof SentimentBucket>
