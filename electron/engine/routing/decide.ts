import type { Explanation, Rule, RuleAction } from '#shared/model/rule.ts'
import type { CompiledRule, CompiledRules } from './compile.ts'
import { certaintyAmong, evaluate, factOf, problemCount, TRUE, type Node, type Question } from './condition.ts'
import type { Facts, FactValue } from './facts.ts'
import { breaking, enabling, imagine, type Flip } from './flips.ts'
import { addPosition, nextPosition } from './rule-index.ts'
import type { Doc } from './text-query.ts'

export interface Decision {
  /** null: no rule holds, the mention is left where it is. */
  rule: Rule | null
  action: RuleAction | null
  explanation: Explanation
}

/** Which rules hold, by position; −1: none. Cheap: no words, facts or flips are collected. */
export interface Outcome {
  winner: number
  runnerUp: number
}

/** Flips of the winner and of near misses that are told, each. Every one is tried out, so they cost. */
const MAX_FLIPS = 4
const MAX_WORDS = 12

function question(compiled: CompiledRules, facts: Facts, doc: Doc): Question {
  compiled.answers.fill(0)
  return { facts, doc, answers: compiled.answers, ofText: compiled.index.ofText(doc), deskId: null }
}

function holds(rule: CompiledRule, asked: Question): boolean {
  asked.deskId = rule.rule.then.deskId
  return evaluate(rule.when, asked) === TRUE
}

/** `extra`: a rule to try although no word or fact speaks for it, because its text is only imagined. */
function outcomeOf(compiled: CompiledRules, asked: Question, extra = -1): Outcome {
  const candidates = compiled.index.candidates(asked.facts, asked.ofText)
  if (extra >= 0) addPosition(candidates, extra)
  let winner = -1
  for (let at = nextPosition(candidates, 0); at >= 0; at = nextPosition(candidates, at + 1)) {
    if (!holds(compiled.rules[at] as CompiledRule, asked)) continue
    if (winner >= 0) return { winner, runnerUp: at }
    winner = at
  }
  return { winner, runnerUp: -1 }
}

/** The first rule that holds and the next one that would. */
export function outcome(compiled: CompiledRules, facts: Facts, doc: Doc): Outcome {
  return outcomeOf(compiled, question(compiled, facts, doc))
}

/** The same, and which of the rules at these positions hold, whichever decides. */
export function outcomeAnd(
  compiled: CompiledRules,
  facts: Facts,
  doc: Doc,
  positions: readonly number[],
): Outcome & { holding: number[] } {
  const asked = question(compiled, facts, doc)
  const found = outcomeOf(compiled, asked)
  return { ...found, holding: positions.filter((at) => holds(compiled.rules[at] as CompiledRule, asked)) }
}

/** What the rules say of one mention, and why. Pure: the same rules, facts and text always give the same answer. */
export function decide(compiled: CompiledRules, facts: Facts, doc: Doc): Decision {
  const asked = question(compiled, facts, doc)
  const { winner, runnerUp } = outcomeOf(compiled, asked)
  const won = compiled.rules[winner]
  const second = compiled.rules[runnerUp]
  const flips: Explanation['flips'] = []
  if (won) {
    asked.deskId = won.rule.then.deskId
    for (const flip of distinct(breaking(won.when, asked)).slice(0, MAX_FLIPS))
      tryOut(compiled, asked, flip, winner, flips)
  }
  nearMisses(compiled, asked, winner, flips)
  return {
    rule: won?.rule ?? null,
    action: won?.rule.then ?? null,
    explanation: {
      ruleId: won?.rule.id ?? null,
      ruleName: won?.rule.name ?? 'No rule',
      ruleOrder: won?.rule.order ?? null,
      deskId: won?.desk?.id ?? null,
      deskName: won?.desk?.name ?? null,
      words: won ? wordsOf(won.when, asked) : [],
      facts: won ? factsUsed(won, asked) : [],
      runnerUp: second
        ? {
            ruleId: second.rule.id,
            ruleName: second.rule.name,
            ruleOrder: second.rule.order,
            deskId: second.desk?.id ?? null,
            deskName: second.desk?.name ?? null,
          }
        : null,
      flips,
    },
  }
}

/** Tells of a flip what it would really lead to; one that would change nothing is not told. */
function tryOut(
  compiled: CompiledRules,
  asked: Question,
  flip: Flip,
  winner: number,
  flips: Explanation['flips'],
  extra = -1,
): void {
  const other = outcomeOf(compiled, imagine(asked, flip.change), extra).winner
  if (other === winner) return
  flips.push({
    fact: flip.fact,
    had: shown(flip.had ?? undefined),
    needs: flip.needs,
    wins: compiled.rules[other]?.rule.name ?? '',
  })
}

/**
 * Earlier rules that one single fact kept from winning. Looked for among the rules that a word or fact of the mention
 * speaks for, and only where something else of the rule already holds: otherwise every rule with one condition would be
 * a near miss of every mention.
 */
function nearMisses(compiled: CompiledRules, asked: Question, winner: number, flips: Explanation['flips']): void {
  const before = winner < 0 ? compiled.rules.length : winner
  const most = flips.length + MAX_FLIPS
  const candidates = compiled.index.candidates(asked.facts, asked.ofText).slice()
  for (let at = nextPosition(candidates, 0); at >= 0 && at < before; at = nextPosition(candidates, at + 1)) {
    const { rule, when } = compiled.rules[at] as CompiledRule
    if (when.kind !== 'all' || when.nodes.length < 2) continue
    asked.deskId = rule.then.deskId
    for (const flip of distinct(enabling(when, asked)).slice(0, 2)) tryOut(compiled, asked, flip, winner, flips, at)
    if (flips.length >= most) return
  }
}

function distinct(flips: readonly Flip[]): Flip[] {
  const seen = new Set<string>()
  return flips.filter(({ fact, needs }) => {
    const key = `${fact} ${needs}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** How many driving words of one label are told. */
const MAX_DRIVERS = 3

/** Words that the holding queries of a condition matched, and those that drove the labels that it asks about. */
function wordsOf(node: Node, asked: Question): string[] {
  const words = new Set<string>()
  const drivers = new Set<string>()
  const visit = (at: Node): void => {
    if (at.kind === 'all' || at.kind === 'any') at.nodes.forEach(visit)
    // Nothing below a `not` matched: it holds because the text does not have it.
    else if (at.kind === 'query' && evaluate(at, asked) === TRUE) {
      for (const word of at.query.words(asked.doc)) if (words.size < MAX_WORDS) words.add(word)
    } else if (at.kind === 'is' && (at.fact === 'intent' || at.fact === 'sentiment') && evaluate(at, asked) === TRUE) {
      for (const word of asked.facts.drivers?.[at.fact]?.slice(0, MAX_DRIVERS) ?? []) drivers.add(word)
    }
  }
  visit(node)
  // A driving word that stands in a matched phrase is told already.
  const told = [...words].join('\n').toLowerCase()
  const others = [...drivers].filter((driver) => !told.includes(driver.toLowerCase()))
  return [...words, ...others].slice(0, MAX_WORDS)
}

const shown = (value: FactValue | readonly FactValue[] | undefined): FactValue | null =>
  value === undefined ? null : typeof value !== 'object' ? rounded(value) : value.length === 0 ? null : value.join(', ')

const rounded = (value: FactValue): FactValue => (typeof value === 'number' ? Math.round(value * 1000) / 1000 : value)

/** Every fact that the winning condition asks about, with its value; null: not known. */
function factsUsed(won: CompiledRule, asked: Question): Explanation['facts'] {
  const facts = new Map<string, FactValue | null>()
  const visit = (at: Node): void => {
    if (at.kind === 'all' || at.kind === 'any') at.nodes.forEach(visit)
    else if (at.kind === 'not') visit(at.node)
    else if (at.kind === 'is' || at.kind === 'range') facts.set(at.fact, shown(factOf(at.fact, asked)))
    else if (at.kind === 'sure') facts.set('intentCertainty', shown(certaintyAmong(at.intents, asked)))
    else if (at.kind === 'problem') {
      const count = problemCount(asked, at.withinMinutes)
      facts.set('problem', shown(asked.facts.values.problem))
      facts.set('problemMentions', count?.mentions ?? null)
      facts.set('problemAuthors', count?.authors ?? null)
    }
  }
  visit(won.when)
  return [...facts].map(([fact, value]) => ({ fact, value }))
}
