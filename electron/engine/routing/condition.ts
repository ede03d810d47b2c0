import { OLD_THREAT } from '#shared/model/mention.ts'
import type { Condition, RuleFact } from '#shared/model/rule.ts'
import { unreachable } from '#shared/util/assert.ts'
import type { Facts, FactValue, ProblemCount } from './facts.ts'
import type { Positions } from './rule-index.ts'
import type { Doc, TextQuery } from './text-query.ts'

/** Three values, so that `not` over something unknown does not become true (Kleene's logic). */
export const FALSE = 0
export const UNKNOWN = 1
export const TRUE = 2
export type Truth = typeof FALSE | typeof UNKNOWN | typeof TRUE

/** A condition parsed once: queries compiled, values in sets. */
export type Node =
  | { kind: 'all'; nodes: Node[] }
  | { kind: 'any'; nodes: Node[] }
  | { kind: 'not'; node: Node }
  | { kind: 'query'; query: TextQuery; slot: number }
  | { kind: 'is'; fact: RuleFact; values: ReadonlySet<FactValue>; listed: readonly FactValue[] }
  | { kind: 'range'; fact: RuleFact; min: number; max: number }
  /** How sure one of these intents is, where a mention has several. */
  | { kind: 'sure'; intents: ReadonlySet<FactValue>; min: number; max: number }
  | { kind: 'problem'; mentions: number; authors: number; withinMinutes: number }

/** What one decision looks at. `answers` remembers queries by slot, as many rules share one. */
export interface Question {
  facts: Facts
  doc: Doc
  answers: Int8Array
  /** Positions of the rules that the text speaks for (rule-index.ts). */
  ofText: Positions
  /** The desk that `deskLoad` is about: the one the rule at hand would send to. */
  deskId: string | null
}

/** Parses a condition. `queryOf` gives every distinct query text its slot. Throws what `queryOf` throws. */
export function compileCondition(
  condition: Condition,
  queryOf: (text: string) => { query: TextQuery; slot: number },
): Node {
  if ('all' in condition) {
    const nodes = condition.all.map((child) => compileCondition(child, queryOf))
    return { kind: 'all', nodes: sureOf(nodes) }
  }
  if ('any' in condition) return { kind: 'any', nodes: condition.any.map((child) => compileCondition(child, queryOf)) }
  if ('not' in condition) return { kind: 'not', node: compileCondition(condition.not, queryOf) }
  if ('query' in condition) return { kind: 'query', ...queryOf(condition.query) }
  if ('problem' in condition) {
    const { mentions = 0, authors = 0, withinMinutes } = condition.problem
    return { kind: 'problem', mentions, authors, withinMinutes }
  }
  if ('is' in condition) {
    const listed = condition.fact === 'intent' ? condition.is.flatMap(ofToday) : condition.is
    return { kind: 'is', fact: condition.fact, values: new Set(listed), listed }
  }
  return { kind: 'range', fact: condition.fact, min: condition.atLeast ?? -Infinity, max: condition.atMost ?? Infinity }
}

/** A certainty beside an intent is that intent's: a mention may be surely a question and perhaps a threat. */
function sureOf(nodes: Node[]): Node[] {
  const intents = new Set(nodes.flatMap(intentsNamed))
  if (intents.size === 0) return nodes
  return nodes.map((node) =>
    node.kind === 'range' && node.fact === 'intentCertainty'
      ? { kind: 'sure', intents, min: node.min, max: node.max }
      : node,
  )
}

const intentsNamed = (node: Node): FactValue[] =>
  node.kind === 'any'
    ? node.nodes.flatMap(intentsNamed)
    : node.kind === 'is' && node.fact === 'intent'
      ? [...node.values]
      : []

/** A rule of before may name an intent that is two today. */
const ofToday = (value: FactValue): FactValue[] => (value === OLD_THREAT ? ['legal', 'violence'] : [value])

/** The value of a fact as a condition of the question's rule sees it. */
export function factOf(fact: RuleFact, question: Question): FactValue | readonly FactValue[] | undefined {
  if (fact !== 'deskLoad') return question.facts.values[fact]
  const { deskLoads } = question.facts
  // Where loads are known, a desk that is not among them has nothing open.
  return question.deskId === null || deskLoads === undefined ? undefined : (deskLoads.get(question.deskId) ?? 0)
}

/** How sure the surest of these intents is; of a mention with one intent that is its certainty. */
export function certaintyAmong(intents: ReadonlySet<FactValue>, { facts }: Question): number | undefined {
  const { certaintyOf, values } = facts
  if (!certaintyOf) return typeof values.intentCertainty === 'number' ? values.intentCertainty : undefined
  return Math.max(0, ...[...certaintyOf].flatMap(([label, certainty]) => (intents.has(label) ? [certainty] : [])))
}

export const problemCount = (question: Question, withinMinutes: number): ProblemCount | undefined =>
  question.facts.problemCounts?.find((count) => count.withinMinutes === withinMinutes)

export function evaluate(node: Node, question: Question): Truth {
  switch (node.kind) {
    case 'all': {
      let truth: Truth = TRUE
      for (const child of node.nodes) {
        const found = evaluate(child, question)
        if (found === FALSE) return FALSE
        if (found === UNKNOWN) truth = UNKNOWN
      }
      return truth
    }
    case 'any': {
      let truth: Truth = FALSE
      for (const child of node.nodes) {
        const found = evaluate(child, question)
        if (found === TRUE) return TRUE
        if (found === UNKNOWN) truth = UNKNOWN
      }
      return truth
    }
    case 'not': {
      const found = evaluate(node.node, question)
      return found === TRUE ? FALSE : found === FALSE ? TRUE : UNKNOWN
    }
    case 'query': {
      const known = question.answers[node.slot] as number
      if (known !== 0) return (known - 1) as Truth
      const truth = node.query.matches(question.doc) ? TRUE : FALSE
      question.answers[node.slot] = truth + 1
      return truth
    }
    case 'is': {
      const value = factOf(node.fact, question)
      if (value === undefined) return UNKNOWN
      if (typeof value !== 'object') return node.values.has(value) ? TRUE : FALSE
      for (const one of value) if (node.values.has(one)) return TRUE
      return FALSE
    }
    case 'range': {
      const value = factOf(node.fact, question)
      if (typeof value !== 'number') return UNKNOWN
      return value >= node.min && value <= node.max ? TRUE : FALSE
    }
    case 'sure': {
      const value = certaintyAmong(node.intents, question)
      if (value === undefined) return UNKNOWN
      return value >= node.min && value <= node.max ? TRUE : FALSE
    }
    case 'problem': {
      if (question.facts.values.problem === undefined) return UNKNOWN
      const count = problemCount(question, node.withinMinutes)
      if (count === undefined) return UNKNOWN
      return count.mentions >= node.mentions && count.authors >= node.authors ? TRUE : FALSE
    }
    default:
      return unreachable(node)
  }
}
