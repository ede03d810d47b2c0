import { z } from 'zod'
import { Said } from './said.ts'
import { Explanation, RequiredSkill } from './rule.ts'
import { Instant } from './mention.ts'

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

/** Something about the rules that a person should look at. Severity as in the query language's lint. */
export const RuleProblem = z.object({
  ruleId: z.string().nullable(),
  deskId: z.string().nullable(),
  severity: z.enum(['error', 'warning', 'hint']),
  /**
   * `bad-query`, `unknown-desk`, `shadowed`, `dead`, `conflict`, `duplicate`, `unreached-desk`, `archived-desk`, `unmet-skills`,
   * `unreached-people`.
   */
  code: z.string(),
  message: Said,
  /** The other rule that it is about, e.g. the one that shadows. */
  otherId: z.string().nullable(),
})
export type RuleProblem = z.infer<typeof RuleProblem>

export const DeskLoadChange = z.object({
  deskId: z.string().nullable(),
  deskName: z.string(),
  before: z.number().int(),
  after: z.number().int(),
})

/** What a set of rules would have done with a past stretch of mentions, against the rules in force. */
export const RehearsalReport = z.object({
  mentions: z.number().int(),
  routedBefore: z.number().int(),
  routedAfter: z.number().int(),
  /** Mentions that would have gone somewhere else, nowhere, or somewhere for the first time. */
  moved: z.number().int(),
  load: z.array(DeskLoadChange),
  /** Clocks that would have run out only with the new rules, and only with the old ones, from the replies as given. */
  breachesGained: z.number().int(),
  breachesLost: z.number().int(),
  /** How often each rule decided. */
  fired: z.array(
    z.object({
      ruleId: z.string().nullable(),
      ruleName: z.string(),
      before: z.number().int(),
      after: z.number().int(),
    }),
  ),
  /** Rules that are new or were changed: how often each held and decided, and which earlier ones decided in its place, most often first, at most 3. */
  tried: z.array(
    z.object({
      ruleId: z.string(),
      ruleName: z.string(),
      held: z.number().int(),
      decided: z.number().int(),
      earlier: z.array(z.object({ ruleName: z.string(), n: z.number().int() })),
    }),
  ),
  /** At most 20. */
  examples: z.array(z.object({ mentionId: z.string(), text: z.string(), before: Explanation, after: Explanation })),
  /** Mentions by listens that are routed, which no rule caught; at most 20. */
  uncaught: z.object({
    count: z.number().int(),
    examples: z.array(z.object({ mentionId: z.string(), text: z.string() })),
  }),
  problems: z.array(RuleProblem),
  /** null: no desk that anything went to has people. */
  assignment: AssignmentRehearsal.nullable(),
  seconds: z.number(),
})
export type RehearsalReport = z.infer<typeof RehearsalReport>
