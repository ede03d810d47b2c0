import type { Desk } from '#shared/model/desk.ts'
import type { Rule } from '#shared/model/rule.ts'
import type { RuleProblem } from '#engine/routing/lint.ts'
import type { Scorecard, ScorecardCase, ScorecardWhich } from './scorecard.ts'
import type { RuleProposal } from './proposals.ts'
import type { LearnedDecisions } from './learn.ts'

/** What the thread needs to read the station's file by itself. */
export interface DecisionsStart {
  file: string
  /** Absolute path of the text encoder's file; where there is none, cases are alike by their words alone. */
  encoder: string
}

export interface Period {
  from: number
  to: number
}

/** What the thread is asked. */
export interface DecisionsCalls {
  /** Learns from the newest decisions, at most so many. */
  learn: { input: { most: number }; output: LearnedDecisions }
  lint: { input: { rules: readonly Rule[]; desks: readonly Desk[] }; output: RuleProblem[] }
  scorecard: { input: Period; output: Scorecard }
  cases: { input: Period & { which: ScorecardWhich; most: number }; output: ScorecardCase[] }
  proposals: {
    input: Period & { rules: readonly Rule[]; desks: readonly Desk[]; timeZone: string }
    output: RuleProposal[]
  }
}
