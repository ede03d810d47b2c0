import { z } from 'zod'
import { Instant } from './mention.ts'

/** What is stored, read again after a change of models. */
export const RereadingState = z.object({
  /** Name and edition of the models, as the labels carry it. */
  model: z.string(),
  /** Mentions that were stored when it began, and how many of them are read. */
  total: z.number().int(),
  done: z.number().int(),
  /** Whose mood or intent became another. */
  changed: z.number().int(),
  startedAt: Instant,
  /** null: it is not through yet. */
  endedAt: Instant.nullable(),
})
export type RereadingState = z.infer<typeof RereadingState>
