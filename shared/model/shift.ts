import { z } from 'zod'
import { Instant } from './mention.ts'

/** A recorded stretch of listening. Its content is the mentions seen and the journal kept between its ends. */
export const Shift = z.object({
  id: z.string(),
  name: z.string().trim().min(1).max(120),
  officer: z.string().max(120).meta({ wall: 'hidden' }),
  startedAt: Instant,
  /** null: running. */
  endedAt: Instant.nullable(),
  note: z.string().max(10_000).meta({ wall: 'hidden' }),
})
export type Shift = z.infer<typeof Shift>
