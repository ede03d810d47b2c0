import { cut } from '#shared/util/text-length.ts'
import type { Desk } from '#shared/model/desk.ts'
import type { Condition, Rule, RuleDraft, RuleFact } from '#shared/model/rule.ts'

/** One settled case as evidence for or against a rule. */
export interface Evidence {
  caseId: string
  text: string
  /** Words of the text, and pairs that stand together, `charged twice`. */
  words: ReadonlySet<string>
  /** Facts a condition may ask about; `aspect` may hold several. */
  facts: readonly { fact: RuleFact; value: string | boolean }[]
  author: string
  ruleId: string
  /** Where the rule sent it, or would have; where people let it end. null: it was closed as noise. */
  first: string | null
  last: string | null
}

/** A change of the rules that corrections speak for. */
export interface RuleProposal {
  /** Names it for ever, so that what was dismissed stays dismissed. */
  key: string
  /** `add`: a rule before the one that misroutes. `retarget`: that rule sends to another desk. */
  kind: 'add' | 'retarget'
  ruleId: string
  ruleName: string
  fromDeskId: string | null
  /** null: not forwarded. */
  toDeskId: string | null
  words: string[]
  facts: { fact: RuleFact; value: string | boolean }[]
  /** Of `of` settled cases that it would have decided, `right` ended where it sends; of all `corrected` corrections. */
  right: number
  of: number
  corrected: number
  authors: number
  /** Chance that so many right ones come about by accident, after all conditions that were tried. */
  byChance: number
  examples: { caseId: string; text: string }[]
  against: { caseId: string; text: string }[]
  draft: RuleDraft
}

/** Thinner evidence than this proposes nothing. */
const LEAST_CASES = 5
const LEAST_AUTHORS = 3
const LEAST_SHARE = 0.6
const BY_CHANCE = 0.05
/** Nearly everything that the rule sends there is sent on: the rule itself is wrong. */
const MOSTLY = 0.8
const MOST_WORDS = 4
const MOST_FACTS = 2
const MOST_PROPOSALS = 12
const EXAMPLES = 5
const START = 200

interface Feature {
  key: string
  word: string | null
  fact: { fact: RuleFact; value: string | boolean } | null
  /** Places in the group's evidence. */
  right: Set<number>
  wrong: Set<number>
}

/** Mines corrections for rules. Pure and bounded: one pass over the evidence of each rule and desk. */
export function proposeRules(
  evidence: readonly Evidence[],
  rules: readonly Rule[],
  desks: readonly Desk[],
): RuleProposal[] {
  const byRule = new Map<string, Evidence[]>()
  for (const one of evidence) {
    const known = byRule.get(one.ruleId)
    if (known) known.push(one)
    else byRule.set(one.ruleId, [one])
  }
  const proposals: RuleProposal[] = []
  for (const rule of rules) {
    const own = byRule.get(rule.id)
    if (!own || !rule.enabled) continue
    const targets = new Set(own.filter(({ first, last }) => last !== first).map(({ last }) => last))
    for (const to of targets) {
      if (to !== null && (desks.find(({ id }) => id === to)?.archived ?? true)) continue
      const found = proposal(rule, to, own, desks)
      if (found) proposals.push(found)
    }
  }
  return proposals.sort((a, b) => b.right - a.right || a.byChance - b.byChance).slice(0, MOST_PROPOSALS)
}

function proposal(
  rule: Rule,
  to: string | null,
  own: readonly Evidence[],
  desks: readonly Desk[],
): RuleProposal | null {
  const right = own.filter(({ first, last }) => last === to && first !== last)
  if (right.length < LEAST_CASES || people(right) < LEAST_AUTHORS) return null
  const base = right.length / own.length
  const made = (condition: Found | null, byChance: number): RuleProposal => {
    const rights = condition ? [...condition.right].map((at) => own[at]!) : right
    const wrongs = condition ? [...condition.wrong].map((at) => own[at]!) : own.filter((one) => !right.includes(one))
    const words = condition?.words ?? []
    const facts = condition?.facts ?? []
    return {
      key: [condition ? 'add' : 'retarget', rule.id, to ?? '', ...[...words].sort(), ...facts.map(({ fact, value }) => `${fact}=${value}`).sort()].join('|'), // prettier-ignore
      kind: condition ? 'add' : 'retarget',
      ruleId: rule.id,
      ruleName: rule.name,
      fromDeskId: rule.then.deskId,
      toDeskId: to,
      words,
      facts,
      right: rights.length,
      of: rights.length + wrongs.length,
      corrected: right.length,
      authors: people(rights),
      byChance,
      examples: rights.slice(0, EXAMPLES).map(({ caseId, text }) => ({ caseId, text: cut(text, START) })),
      against: wrongs.slice(0, EXAMPLES).map(({ caseId, text }) => ({ caseId, text: cut(text, START) })),
      draft: condition ? draftOf(rule, to, words, facts, desks) : { ...rule, then: targetOf(rule, to) },
    }
  }
  if (base >= MOSTLY && wilson(right.length, own.length) >= LEAST_SHARE) return made(null, 0)
  const features = featuresOf(own, right)
  const first = best(features, right.length, own.length)
  if (first === null) return null
  const condition = refine(first.feature, features, own)
  const { size: good } = condition.right
  if (good < LEAST_CASES || people([...condition.right].map((at) => own[at]!)) < LEAST_AUTHORS) return null
  if (wilson(good, good + condition.wrong.size) < Math.max(LEAST_SHARE, base)) return null
  return made(condition, first.byChance)
}

const people = (evidence: readonly Evidence[]): number => new Set(evidence.map(({ author }) => author)).size

/** Lower end of the share's 80 % interval (Wilson 1927): three of three is not yet certain. */
export function wilson(good: number, all: number, z = 1.28): number {
  if (all === 0) return 0
  const share = good / all
  const middle = share + (z * z) / (2 * all)
  const spread = z * Math.sqrt((share * (1 - share) + (z * z) / (4 * all)) / all)
  return (middle - spread) / (1 + (z * z) / all)
}

function featuresOf(own: readonly Evidence[], right: readonly Evidence[]): Feature[] {
  const wanted = new Set(right)
  const counts = new Map<string, number>()
  for (const one of right) for (const word of one.words) counts.set(word, (counts.get(word) ?? 0) + 1)
  const features = new Map<string, Feature>()
  const add = (key: string, at: number, isRight: boolean, more: Pick<Feature, 'word' | 'fact'>): void => {
    let known = features.get(key)
    if (!known) features.set(key, (known = { key, ...more, right: new Set(), wrong: new Set() }))
    known[isRight ? 'right' : 'wrong'].add(at)
  }
  own.forEach((one, at) => {
    const isRight = wanted.has(one)
    for (const word of one.words) {
      if ((counts.get(word) ?? 0) >= 2) add(`w ${word}`, at, isRight, { word, fact: null })
    }
    for (const fact of one.facts) add(`f ${fact.fact} ${fact.value}`, at, isRight, { word: null, fact })
  })
  return [...features.values()].filter((feature) => feature.right.size > 0)
}

/** The feature with the best lower bound that chance does not explain, however many were tried. */
function best(features: readonly Feature[], right: number, all: number): { feature: Feature; byChance: number } | null {
  const tried = features.filter((feature) => feature.right.size >= 3)
  let found: { feature: Feature; byChance: number; worth: number } | null = null
  for (const feature of tried) {
    const [good, bad] = [feature.right.size, feature.wrong.size]
    if (good / (good + bad) < LEAST_SHARE) continue
    const byChance = Math.min(1, tail(good, good + bad, right, all) * tried.length)
    if (byChance > BY_CHANCE) continue
    // Surely right, and many of the corrections: a rule for three cases helps nobody.
    const worth = wilson(good, good + bad) * Math.log(1 + good)
    if (!found || worth > found.worth || (worth === found.worth && isSimpler(feature, found.feature)))
      found = { feature, byChance, worth }
  }
  return found
}

/** Of two that say the same, the shorter; between equals, always the same one. */
const isSimpler = (a: Feature, b: Feature): boolean =>
  a.key.length - b.key.length < 0 || (a.key.length === b.key.length && a.key < b.key)

interface Found {
  words: string[]
  facts: { fact: RuleFact; value: string | boolean }[]
  right: Set<number>
  wrong: Set<number>
}

/** Further words that say the same (or), then facts that keep the others out (and), each only where it pays. */
function refine(first: Feature, features: readonly Feature[], own: readonly Evidence[]): Found {
  const found: Found = {
    words: first.word === null ? [] : [first.word],
    facts: first.fact === null ? [] : [first.fact],
    right: new Set(first.right),
    wrong: new Set(first.wrong),
  }
  while (found.words.length > 0 && found.words.length < MOST_WORDS) {
    let next: { feature: Feature; gain: number } | null = null
    for (const feature of features) {
      if (feature.word === null || found.words.some((word) => within(word, feature.word!))) continue
      const gained = minus(feature.right, found.right)
      const lost = minus(feature.wrong, found.wrong)
      if (gained < 2 || gained / (gained + lost) < 0.75) continue
      const gain = gained - 2 * lost
      if (!next || gain > next.gain || (gain === next.gain && isSimpler(feature, next.feature)))
        next = { feature, gain }
    }
    if (!next) break
    found.words.push(next.feature.word!)
    for (const at of next.feature.right) found.right.add(at)
    for (const at of next.feature.wrong) found.wrong.add(at)
  }
  while (found.facts.length < MOST_FACTS && found.wrong.size > 0) {
    const now = wilson(found.right.size, found.right.size + found.wrong.size)
    let next: { feature: Feature; bound: number } | null = null
    for (const feature of features) {
      if (feature.fact === null || found.facts.some(({ fact }) => fact === feature.fact!.fact)) continue
      const good = both(found.right, feature.right)
      const bad = both(found.wrong, feature.wrong)
      if (good < LEAST_CASES || good < found.right.size * 0.7) continue
      const bound = wilson(good, good + bad)
      if (bound > now + 0.05 && (!next || bound > next.bound)) next = { feature, bound }
    }
    if (!next) break
    const { feature } = next
    found.facts.push(feature.fact!)
    found.right = new Set([...found.right].filter((at) => feature.right.has(at)))
    found.wrong = new Set([...found.wrong].filter((at) => feature.wrong.has(at)))
  }
  // What the words do not tell alone is told by examples; places stay in the order of the evidence.
  found.right = new Set([...found.right].sort((a, b) => a - b).filter((at) => at < own.length))
  return found
}

/** `charged` says all that `charged twice` says. */
const within = (a: string, b: string): boolean => a.split(' ').includes(b) || b.split(' ').includes(a) || a === b
const minus = (a: ReadonlySet<number>, b: ReadonlySet<number>): number => {
  let count = 0
  for (const at of a) if (!b.has(at)) count++
  return count
}
const both = (a: ReadonlySet<number>, b: ReadonlySet<number>): number => a.size - minus(a, b)

/**
 * Chance of at least `good` right ones among `drawn` of the rule's `all` cases, `right` of which are right, when the
 * feature means nothing (hypergeometric tail, Fisher's exact test).
 */
export function tail(good: number, drawn: number, right: number, all: number): number {
  let sum = 0
  for (let k = good; k <= Math.min(drawn, right); k++) {
    sum += Math.exp(choose(right, k) + choose(all - right, drawn - k) - choose(all, drawn))
  }
  return Math.min(1, sum)
}

const factorials: number[] = [0]
function logFactorial(n: number): number {
  for (let i = factorials.length; i <= n; i++) factorials.push(factorials[i - 1]! + Math.log(i))
  return factorials[n]!
}
const choose = (n: number, k: number): number =>
  k < 0 || k > n ? -Infinity : logFactorial(n) - logFactorial(k) - logFactorial(n - k)

const targetOf = (rule: Rule, to: string | null): Rule['then'] => ({ ...rule.then, deskId: to, ...(to === null && { hold: false }) }) // prettier-ignore

const written = (word: string): string => (word.includes(' ') ? `"${word}"` : word)

/** A rule right before the one it corrects, for a part of its mentions: nothing else is caught by it. */
function draftOf(
  rule: Rule,
  to: string | null,
  words: readonly string[],
  facts: readonly { fact: RuleFact; value: string | boolean }[],
  desks: readonly Desk[],
): RuleDraft {
  const when: Condition[] = []
  if (words.length > 0) when.push({ query: words.map(written).join(' OR ') })
  for (const { fact, value } of facts) when.push({ fact, is: [value] })
  when.push(rule.when)
  const about = [...words.map((word) => `“${word}”`), ...facts.map(({ value }) => String(value))].join(', ')
  const desk = desks.find(({ id }) => id === to)?.name ?? '–'
  return {
    name: cut(`${rule.name}: ${about} → ${desk}`, 160),
    group: rule.group,
    order: rule.order,
    enabled: true,
    when: { all: when },
    then: { ...targetOf(rule, to), hold: false },
  }
}
