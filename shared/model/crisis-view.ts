import { z } from 'zod'
import { Crisis } from './crisis.ts'
import { Instant } from './mention.ts'
import { Said } from './said.ts'

/** A crisis in one line. */
export const CrisisBrief = z
  .object({
    ...Crisis.pick({
      id: true,
      name: true,
      lead: true,
      state: true,
      since: true,
      endedAt: true,
      private: true,
      nextUpdateAt: true,
      alertIds: true,
    }).shape,
    steps: z.object({ all: z.number().int(), done: z.number().int(), late: z.number().int() }),
  })
  .meta({ privateBy: 'private' })
export type CrisisBrief = z.infer<typeof CrisisBrief>

/** What happened, as the journal tells it. */
export const momentKinds = ['crisis', 'step', 'statement', 'alert', 'problem', 'cases', 'comment'] as const
export const CrisisMoment = z.object({
  at: Instant,
  /** Its entry of the journal; null: it tells of several. */
  entry: z.number().int().nullable(),
  kind: z.enum(momentKinds),
  /** Who did it; null: several, or nobody. */
  by: z.string().nullable(),
  what: Said,
  /** It tells of what was written to the company alone. */
  private: z.boolean(),
})
export type CrisisMoment = z.infer<typeof CrisisMoment>

/** What was heard of it in a stretch of time. */
export const CrisisPoint = z.object({
  at: Instant,
  mentions: z.number().int(),
  /** Who had not spoken of it before. */
  people: z.number().int(),
  negative: z.number().int(),
})
export type CrisisPoint = z.infer<typeof CrisisPoint>

export const CrisisPart = z.object({
  name: z.string(),
  mentions: z.number().int(),
  negative: z.number().int(),
  /** Cases that nobody has answered. */
  unanswered: z.number().int(),
})
export type CrisisPart = z.infer<typeof CrisisPart>

export const CrisisNumbers = z.object({
  /** Minutes of a point. */
  width: z.number().int(),
  points: z.array(CrisisPoint),
  mentions: z.number().int(),
  people: z.number().int(),
  negative: z.number().int(),
  /** Followers of everybody who spoke, each counted once. */
  reach: z.number().int(),
  lastHour: z.number().int(),
  cases: z.object({
    open: z.number().int(),
    unanswered: z.number().int(),
    answered: z.number().int(),
    late: z.number().int(),
  }),
  networks: z.array(CrisisPart),
  languages: z.array(CrisisPart),
  countries: z.array(CrisisPart),
  /** false: there is more than was counted. */
  complete: z.boolean(),
})
export type CrisisNumbers = z.infer<typeof CrisisNumbers>
