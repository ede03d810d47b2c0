import { z } from 'zod'
import { Instant } from '#shared/model/mention.ts'
import { RequiredSkill } from '#shared/model/rule.ts'

const BeforeAfter = z.object({ before: z.number(), after: z.number() })
const Counts = z.object({ before: z.number().int(), after: z.number().int() })

/**
 * Who would have got what: the cases of the period played through with the people, hours, capacities and skills, by the
 * rules in force (`before`) and by the tried ones (`after`). Times are minutes.
 */
export const AssignmentRehearsal = z.object({
  /** Cases that came to a desk with people. */
  cases: Counts,
  /** People by cases they would have got, most first; at most 50. `busiest`: open cases at the same time. */
  people: z.array(
    z.object({
      personId: z.string(),
      name: z.string(),
      capacity: Counts,
      cases: Counts,
      busiest: Counts,
    }),
  ),
  morePeople: z.number().int(),
  /** Desks whose cases had to wait for a person; `longest` is the length of the queue. */
  queues: z.array(
    z.object({
      deskId: z.string(),
      deskName: z.string(),
      longest: Counts,
      waited: Counts,
    }),
  ),
  /** The longest holding queue of all desks together in each stretch of the period, at most 60. */
  queueOverTime: z.array(z.object({ at: Instant, before: z.number().int(), after: z.number().int() })),
  /** From coming to the desk to having a person: median and the slowest twentieth. */
  wait: z.object({ median: BeforeAfter, p95: BeforeAfter }),
  /** Nobody had got them at the end of the period; `unfit`: nobody of the desk ever could. */
  unplaced: Counts,
  unfit: Counts,
  /** Cases that another person would have got, or somebody instead of nobody; at most 20 told. */
  changed: z.number().int(),
  examples: z.array(
    z.object({ mentionId: z.string(), text: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
  /** What one case takes: its own time where it was answered, else the median of the desk. */
  assumed: z.object({ ownTime: z.number().int(), medianMinutes: z.number() }),
})
export type AssignmentRehearsal = z.infer<typeof AssignmentRehearsal>

/** A person as they might be, in place of how they are saved. Left out: as saved. */
export const PersonChange = z.object({
  id: z.string(),
  capacity: z.number().int().min(0).max(10_000).optional(),
  skills: z.array(RequiredSkill).optional(),
  deskIds: z.array(z.string()).optional(),
  /** Not there in the whole period. */
  absent: z.boolean().optional(),
})
export type PersonChange = z.infer<typeof PersonChange>
