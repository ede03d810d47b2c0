import { z } from 'zod'

/** What a listen has learned about which of its mentions are about it. */
export const RelevanceStatus = z.object({
  /** Decisions it learns from: mentions that are about it, and that are not. */
  relevant: z.number().int(),
  irrelevant: z.number().int(),
  /** Decisions that were held back to see whether it helps, and how many of them came out right. */
  checks: z.number().int(),
  right: z.number().int(),
  /** Decisions of each kind that it takes, and the share of held-back ones that has to come out right, 0 … 1. */
  least: z.number().int(),
  goodEnough: z.number(),
  /** false: too little was said yet (`checks` is 0), or what was learned did not hold. */
  inUse: z.boolean(),
  /** The listen has a description, which judges until what was learned is in use. */
  described: z.boolean(),
})
export type RelevanceStatus = z.infer<typeof RelevanceStatus>
