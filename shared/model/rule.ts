import { z } from 'zod'

export const priorities = ['urgent', 'high', 'normal', 'low'] as const
export const Priority = z.enum(priorities)
export type Priority = z.infer<typeof Priority>

/** How the editor asks for a fact's value. */
export type FactInput = 'choice' | 'text' | 'number' | 'yesNo'

/**
 * Everything that a routing condition can ask about. Facts that are not known are absent, never guessed.
 * `listen`, `aspect` and `tag` (of the author's earlier cases) hold several values; `deskLoad` is the number of open cases at the rule's own desk;
 * `certainty` and `intentCertainty` are 0 … 1;
 * `age` is minutes between publication and arrival; `hour` 0 … 23 and `weekday` 1 (Monday) … 7 are the station's.
 */
export const factInput = {
  listen: 'choice',
  network: 'choice',
  source: 'choice',
  kind: 'choice',
  lang: 'text',
  country: 'text',
  sentiment: 'choice',
  certainty: 'number',
  intent: 'choice',
  intentCertainty: 'number',
  aspect: 'text',
  followers: 'number',
  influence: 'number',
  engagement: 'number',
  private: 'yesNo',
  authorMentions: 'number',
  authorCases: 'number',
  problem: 'text',
  problemMentions: 'number',
  problemAuthors: 'number',
  hour: 'number',
  weekday: 'number',
  deskLoad: 'number',
  tag: 'text',
  age: 'number',
  duplicate: 'yesNo',
} as const satisfies Record<string, FactInput>
export const ruleFacts = Object.keys(factInput) as (keyof typeof factInput)[]
export const RuleFact = z.enum(ruleFacts)
export type RuleFact = z.infer<typeof RuleFact>

const Scalar = z.union([z.string(), z.number(), z.boolean()])

/** A condition on one fact, on the text by a query, or on other conditions. */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { query: string }
  | { fact: RuleFact; is: (string | number | boolean)[] }
  | { fact: RuleFact; atLeast?: number; atMost?: number }
  | { problem: { mentions?: number; authors?: number; withinMinutes: number } }

export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(Condition).max(200) }),
    z.strictObject({ any: z.array(Condition).max(200) }),
    z.strictObject({ not: Condition }),
    z.strictObject({ query: z.string().min(1).max(16_384) }),
    z.strictObject({ fact: RuleFact, is: z.array(Scalar).min(1).max(1000) }),
    z.strictObject({ fact: RuleFact, atLeast: z.number().optional(), atMost: z.number().optional() }),
    z.strictObject({
      problem: z.strictObject({
        mentions: z.number().int().positive().optional(),
        authors: z.number().int().positive().optional(),
        withinMinutes: z.number().positive(),
      }),
    }),
  ]),
)

export const RequiredSkill = z.object({ skill: z.string().min(1), level: z.number().int().min(1).max(5) })
export type RequiredSkill = z.infer<typeof RequiredSkill>

export const RuleAction = z.object({
  /** Desk that receives; null: the mention is not forwarded. */
  deskId: z.string().nullable(),
  priority: Priority,
  skills: z.array(RequiredSkill),
  /** Wait for a person's decision instead of forwarding; the desk is then a suggestion. */
  hold: z.boolean(),
  /** A second person must approve the reply. */
  approval: z.boolean(),
  tags: z.array(z.string().min(1).max(60)),
  /** Keep it out of every pane of complaints and out of routing. */
  mute: z.boolean(),
  alert: z.boolean(),
})
export type RuleAction = z.infer<typeof RuleAction>

/** Rules are tried in order; the first whose condition holds decides. */
export const Rule = z.object({
  id: z.string(),
  name: z.string().trim().min(1).max(160),
  group: z.string().max(120),
  /** Position; lower is tried first. Unique. */
  order: z.number().int(),
  enabled: z.boolean(),
  when: Condition,
  then: RuleAction,
})
export type Rule = z.infer<typeof Rule>
export const RuleDraft = Rule.extend({ id: z.string().optional() })
export type RuleDraft = z.infer<typeof RuleDraft>

/** One fact as it was when a decision was made. */
export const FactUsed = z.object({ fact: z.string(), value: Scalar.nullable() })

/** A suggestion that Earshot followed by itself, because the officer allowed it from a certainty on. */
export const FollowedSuggestion = z.object({
  deskId: z.string(),
  deskName: z.string(),
  certainty: z.number(),
  threshold: z.number(),
  /** Earlier cases that it rests on. */
  precedents: z.number().int(),
  words: z.array(z.string()).meta({ wall: 'private' }),
})
export type FollowedSuggestion = z.infer<typeof FollowedSuggestion>

/** Why a mention went where it went. Kept with the decision for ever, so it holds names, not only ids. */
export const Explanation = z.object({
  ruleId: z.string().nullable(),
  /** Without a rule: the officer who opened it. */
  ruleName: z.string().meta({ wall: 'hidden', shownWith: 'ruleId' }),
  ruleOrder: z.number().int().nullable(),
  deskId: z.string().nullable(),
  deskName: z.string().nullable(),
  /** Words of the text that the winning rule's queries matched, and that drove the labels it asks about. */
  words: z.array(z.string()).meta({ wall: 'private' }),
  facts: z.array(FactUsed),
  runnerUp: z
    .object({
      ruleId: z.string(),
      ruleName: z.string(),
      ruleOrder: z.number().int(),
      deskId: z.string().nullable(),
      deskName: z.string().nullable(),
    })
    .nullable(),
  /** The smallest changes that would have let another rule win, e.g. fact `influence`, had 86, needs `< 80`. */
  flips: z.array(
    z.object({
      fact: z.string(),
      had: Scalar.nullable(),
      needs: z.string(),
      /** Name of the rule that would then decide; empty: none would. */
      wins: z.string().default(''),
    }),
  ),
  suggestion: FollowedSuggestion.optional(),
})
export type Explanation = z.infer<typeof Explanation>
