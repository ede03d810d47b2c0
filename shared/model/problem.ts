import { z } from 'zod'
import { Instant } from './mention.ts'

/** One fault behind many mentions, over networks. */
export const Problem = z
  .object({
    id: z.string(),
    /** Its own key words, or the name that an officer gave it. */
    label: z.string().meta({ wall: 'private' }),
    named: z.boolean(),
    /** Everything in it was written to the company alone, and so were the words of its label. */
    private: z.boolean(),
    state: z.enum(['open', 'closed', 'merged']),
    mentions: z.number().int(),
    /** Share of its newest mentions that are negative, 0 … 1. */
    negative: z.number(),
    /** Distinct authors; each unknown one counts. */
    authors: z.number().int(),
    networks: z.array(z.string()),
    /** When the first and the last mention were published. */
    firstSeenAt: Instant,
    lastSeenAt: Instant,
    /** Mentions that arrived in the last hour. */
    lastHour: z.number().int(),
    /** lastHour ÷ mean an hour of the day before; null: too young to say. */
    growth: z.number().nullable(),
    /** Mentions since it was closed. */
    sinceClosed: z.number().int(),
    mergedInto: z.string().nullable(),
  })
  .meta({ privateBy: 'private' })
export type Problem = z.infer<typeof Problem>
