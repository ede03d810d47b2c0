import { z } from 'zod'
import { Instant, NamedInstant } from '#shared/model/mention.ts'
import { RuleDraft, RuleFact } from '#shared/model/rule.ts'
import { read, write } from './base.ts'

/** What was learned from decisions, and how well it does on those that were held back. */
export const LearnedFromDecisions = z.object({
  /** Decisions it has learned from; 0: none yet. */
  decisions: z.number().int(),
  /** So many are needed before anything is learned. */
  needed: z.number().int(),
  seconds: z.number(),
  /** null: nothing could be held back yet. */
  measured: z
    .object({
      decisions: z.number().int(),
      accuracy: z.number(),
      precedentsAlone: z.number(),
      classifierAlone: z.number(),
      /** Expected calibration error; null: too few to calibrate, so nothing is followed by itself. */
      ece: z.number().nullable(),
      /** Following from this certainty on: share of all, and how many of those were right. */
      at: z.array(z.object({ threshold: z.number(), coverage: z.number(), right: z.number().nullable() })),
    })
    .nullable(),
})
export type LearnedFromDecisions = z.infer<typeof LearnedFromDecisions>

export const deciderKinds = ['rule', 'suggestion', 'officer', 'clock', 'desk'] as const
/**
 * `decided`: it chose a desk. `rerouted`: an officer sent it on. `bounced`: the desk sent it back. `undone`: the decision
 * was taken back. `noise`: closed as spam, not ours, a duplicate or nothing to do. `reopened`: not done after all.
 * `held`: it left the choice to a person; `followed`, `otherwise`: who then did or did not choose what it named.
 */
export const happeningKinds = [
  'decided', 'rerouted', 'bounced', 'undone', 'noise', 'reopened', 'held', 'followed', 'otherwise',
] as const // prettier-ignore
export type HappeningKind = (typeof happeningKinds)[number]

const Counts = z.object({
  decided: z.number().int(),
  rerouted: z.number().int(),
  bounced: z.number().int(),
  undone: z.number().int(),
  noise: z.number().int(),
  reopened: z.number().int(),
  held: z.number().int(),
  followed: z.number().int(),
  otherwise: z.number().int(),
})
const Move = z.object({ from: z.string().nullable(), to: z.string().nullable(), count: z.number().int() })

/** What became of decisions about cases that were opened in a period. */
export const Scorecard = z.object({
  cases: z.number().int(),
  /** There were more cases than are looked at: only the newest count. */
  cut: z.boolean(),
  /** Per rule, and for suggestions, officers, clocks and desks as a whole; most misses first. */
  rows: z.array(
    z.object({ by: z.enum(deciderKinds), id: z.string(), name: z.string(), counts: Counts, moves: z.array(Move) }),
  ),
  desks: z.array(z.object({ deskId: z.string(), counts: Counts, moves: z.array(Move) })),
})
export type Scorecard = z.infer<typeof Scorecard>

/** The number whose cases are asked for; with `by: 'desk'`, `id` is the desk. */
export const ScorecardWhich = z.object({ by: z.enum(deciderKinds), id: z.string(), what: z.enum(happeningKinds) })
export type ScorecardWhich = z.infer<typeof ScorecardWhich>

export const ScorecardCase = z.object({
  caseId: z.string(),
  mentionId: z.string(),
  text: z.string(),
  at: Instant,
  from: z.string().nullable(),
  to: z.string().nullable(),
})
export type ScorecardCase = z.infer<typeof ScorecardCase>

const CaseText = z.object({ caseId: z.string(), text: z.string() })

/** A change of the rules that corrections speak for. Nothing happens until an officer saves its draft. */
export const RuleProposal = z.object({
  key: z.string(),
  /** `add`: a rule before the one that misroutes. `retarget`: that rule sends to another desk. */
  kind: z.enum(['add', 'retarget']),
  ruleId: z.string(),
  ruleName: z.string(),
  fromDeskId: z.string().nullable(),
  /** null: not forwarded. */
  toDeskId: z.string().nullable(),
  words: z.array(z.string()),
  facts: z.array(z.object({ fact: RuleFact, value: z.union([z.string(), z.boolean()]) })),
  /** Of `of` settled cases that it would have decided, `right` ended where it sends. */
  right: z.number().int(),
  of: z.number().int(),
  /** All corrections of that rule to that desk. */
  corrected: z.number().int(),
  authors: z.number().int(),
  /** Chance that this comes about by accident, after all conditions that were tried. */
  byChance: z.number(),
  examples: z.array(CaseText),
  against: z.array(CaseText),
  draft: RuleDraft,
  /** When and by whom it was put aside; null: it stands. */
  dismissed: z.object({ at: Instant, by: z.string() }).nullable(),
})
export type RuleProposal = z.infer<typeof RuleProposal>

const period = z.object({ from: NamedInstant, to: NamedInstant })

/** What is learned from decisions and their corrections; part of the room `desks`. */
export const experience = {
  learned: read.output(LearnedFromDecisions),
  scorecard: read.input(period).output(Scorecard),
  /** Cases behind one number, newest first. */
  scorecardCases: read
    .input(period.extend({ which: ScorecardWhich, limit: z.number().int().min(1).max(500).default(100) }))
    .output(z.array(ScorecardCase)),
  proposals: read.input(period).output(z.array(RuleProposal)),
  /** Puts a proposal aside, or takes it out again. It comes back by itself when twice as many corrections speak for it. */
  dismissProposal: write
    .input(
      z.object({
        key: z.string().max(2000),
        support: z.number().int(),
        name: z.string().max(400),
        dismissed: z.boolean(),
      }),
    )
    .output(z.object({ undo: z.number().int() })),
}
