import type { Condition, Rule } from '#shared/model/rule.ts'
import { said } from '#shared/words/said.ts'
import type { Verdict } from './verdict.ts'

/** Of 25,000 followers, where the rules that a station begins with call somebody widely heard, 4; of a million 7. */
const PER_TENFOLD = 2
const REACH_FROM = 5
/** An influence of 80 of 100 is worth 4, of 100 it is 8. */
const INFLUENCE_FROM = 60
const INFLUENCE_A_STEP = 5

/** What a rule's own priority is worth, before anybody else meets it. */
const byPriority: Readonly<Record<Rule['then']['priority'], number>> = { urgent: 6, high: 5, normal: 4, low: 3 }

/** Whether a rule asks for reach: what it says is then about a person, and else about what was said. */
export function asksForReach(when: Condition): boolean {
  if ('all' in when) return when.all.some(asksForReach)
  if ('any' in when) return when.any.some(asksForReach)
  if (!('fact' in when) || (when.fact !== 'followers' && when.fact !== 'influence')) return false
  return 'atLeast' in when && when.atLeast !== undefined
}

/** What met it since its card stands. */
export interface WordLook {
  /** The rule's name. */
  rule: string
  priority: Rule['then']['priority']
  mentions: number
  people: number
  minutes: number
}

const within10 = (value: number): number => Math.max(1, Math.min(10, Math.round(value)))
const doublings = (n: number): number => Math.log2(Math.max(1, n))

/** A rule that tells the officers said so. */
export function judgeRule({ rule, priority, mentions, people, minutes }: WordLook): Verdict {
  const base = byPriority[priority]
  return {
    detector: 'rule',
    what: said('alert.rule', { n: mentions, people }),
    formula: said('alert.formulaRule', { base, people }),
    silentIf: said('alert.silentRule', { rule }),
    ...counted(mentions, minutes),
    strength: within10(base + doublings(people)),
  }
}

export interface ReachLook extends WordLook {
  followers: number | null
  /** 0 … 100; null: not known. */
  influence: number | null
}

/** Somebody with reach spoke, and a rule that asks for reach tells the officers. By who hears them, and how often they speak. */
export function judgeReach({ rule, mentions, minutes, followers, influence }: ReachLook): Verdict {
  const byFollowers = followers === null ? 0 : PER_TENFOLD * Math.log10(Math.max(1, followers)) - REACH_FROM
  const byInfluence = influence === null ? 0 : (influence - INFLUENCE_FROM) / INFLUENCE_A_STEP
  const base = within10(Math.max(byFollowers, byInfluence))
  const more = { n: mentions, base }
  return {
    detector: 'influencer',
    ...(followers !== null
      ? {
          what: said('alert.influencer', { n: mentions, followers }),
          formula: said('alert.formulaInfluencer', { ...more, followers }),
        }
      : {
          what: said('alert.influencerScore', { n: mentions, influence: Math.round(influence ?? 0) }),
          formula: said('alert.formulaInfluencerScore', { ...more, influence: Math.round(influence ?? 0) }),
        }),
    silentIf: said('alert.silentInfluencer', { rule }),
    ...counted(mentions, minutes),
    strength: within10(base + doublings(mentions)),
  }
}

/** Nothing is usual of what somebody asked to be told of. */
const counted = (observed: number, minutes: number) => ({
  observed,
  expected: 0,
  low: 0,
  high: 0,
  minutes,
  daysBetween: null,
  learning: false,
})
