import { cut } from '#shared/util/text-length.ts'
import type { RuleFact } from '#shared/model/rule.ts'
import { unreachable } from '#shared/util/assert.ts'
import {
  certaintyAmong,
  evaluate,
  FALSE,
  factOf,
  problemCount,
  TRUE,
  type Node,
  type Question,
  type Truth,
} from './condition.ts'
import type { FactValue, ProblemCount } from './facts.ts'

/** One thing that is imagined to be different. */
export type Change =
  | { kind: 'fact'; fact: RuleFact; value: FactValue | readonly FactValue[] | undefined }
  | { kind: 'load'; deskId: string; open: number }
  | { kind: 'text'; slot: number; truth: Truth }
  | { kind: 'problem'; count: ProblemCount }

export interface Flip {
  fact: string
  had: FactValue | null
  /** In words that need no translation: `< 80`, `de or at`, `not refund*`. */
  needs: string
  change: Change
}
type Atom = Exclude<Node, { kind: 'all' | 'any' | 'not' }>

const show = (value: FactValue | readonly FactValue[] | undefined): FactValue | null =>
  value === undefined ? null : typeof value === 'object' ? value.join(', ') : value

const shorten = (text: string): string => (text.length > 60 ? `${cut(text, 59)}…` : text)
const list = (values: readonly FactValue[]): string =>
  shorten(values.slice(0, 5).join(' or ') + (values.length > 5 ? ' …' : ''))

/** The change of one fact that turns the atom to `to`; undefined: no single change of a fact does. */
function flipOf(atom: Atom, to: boolean, question: Question): Flip | undefined {
  switch (atom.kind) {
    case 'query': {
      const change: Change = { kind: 'text', slot: atom.slot, truth: to ? TRUE : FALSE }
      const query = shorten(atom.query.text)
      if (to) return { fact: 'text', had: null, needs: query, change }
      return { fact: 'text', had: atom.query.words(question.doc).join(', ') || null, needs: `not ${query}`, change }
    }
    case 'is': {
      const value = factOf(atom.fact, question)
      const several = typeof value === 'object'
      const listed = atom.listed[0] as FactValue
      const wanted = to
        ? several
          ? [...value, listed]
          : listed
        : several
          ? value.filter((one) => !atom.values.has(one))
          : undefined
      const needs = to ? list(atom.listed) : `not ${list(atom.listed)}`
      return { fact: atom.fact, had: show(value), needs, change: changeOf(atom.fact, wanted, question) }
    }
    case 'range':
      return rangeFlip(atom, factOf(atom.fact, question), to, question)
    case 'sure':
      return rangeFlip({ ...atom, fact: 'intentCertainty' }, certaintyAmong(atom.intents, question), to, question)
    case 'problem':
      return problemFlip(atom, to, question)
    default:
      return unreachable(atom)
  }
}

function changeOf(fact: RuleFact, value: FactValue | readonly FactValue[] | undefined, question: Question): Change {
  if (fact === 'deskLoad') return { kind: 'load', deskId: question.deskId ?? '', open: Number(value ?? 0) }
  return { kind: 'fact', fact, value }
}

function rangeFlip(
  atom: { fact: RuleFact; min: number; max: number },
  value: FactValue | readonly FactValue[] | undefined,
  to: boolean,
  question: Question,
): Flip | undefined {
  const { min, max } = atom
  if (to) {
    const needs = max === Infinity ? `≥ ${min}` : min === -Infinity ? `≤ ${max}` : `${min} … ${max}`
    return {
      fact: atom.fact,
      had: show(value),
      needs,
      change: changeOf(atom.fact, min === -Infinity ? max : min, question),
    }
  }
  if (typeof value !== 'number') return undefined
  // Of an open range one side leads out; of a closed one the nearer.
  const down = value - min <= max - value
  const beyond = down ? min - 1e-6 : max + 1e-6
  const needs = down ? `< ${min}` : `> ${max}`
  return { fact: atom.fact, had: value, needs, change: changeOf(atom.fact, beyond, question) }
}

function problemFlip(atom: Extract<Node, { kind: 'problem' }>, to: boolean, question: Question): Flip | undefined {
  const { withinMinutes } = atom
  const count = problemCount(question, withinMinutes)
  if (count === undefined) return undefined
  const fewMentions = count.mentions < atom.mentions
  const fewAuthors = count.authors < atom.authors
  // Raising one of two numbers that are both too low does not help.
  if (to && fewMentions && fewAuthors) return undefined
  const byAuthors = to ? fewAuthors : atom.mentions === 0
  const needed = byAuthors ? atom.authors : atom.mentions
  const reached = to ? needed : needed - 1
  return {
    fact: byAuthors ? 'problemAuthors' : 'problemMentions',
    had: byAuthors ? count.authors : count.mentions,
    needs: `${to ? '≥' : '<'} ${needed} in ${withinMinutes} min`,
    change: { kind: 'problem', count: byAuthors ? { ...count, authors: reached } : { ...count, mentions: reached } },
  }
}

/** The same question with one thing different. Its answers are its own. */
export function imagine(question: Question, change: Change): Question {
  const { facts } = question
  const answers = question.answers.slice()
  switch (change.kind) {
    case 'text':
      answers[change.slot] = change.truth + 1
      return { ...question, answers }
    case 'fact': {
      const values = { ...facts.values, [change.fact]: change.value }
      // Another intent, or another certainty of it, is imagined to be the only one.
      if (change.fact !== 'intent' && change.fact !== 'intentCertainty')
        return { ...question, answers, facts: { ...facts, values } }
      const { certaintyOf: _others, ...rest } = facts
      return { ...question, answers, facts: { ...rest, values } }
    }
    case 'load':
      return {
        ...question,
        answers,
        facts: { ...facts, deskLoads: new Map(facts.deskLoads).set(change.deskId, change.open) },
      }
    case 'problem': {
      const others = facts.problemCounts?.filter(({ withinMinutes }) => withinMinutes !== change.count.withinMinutes)
      return { ...question, answers, facts: { ...facts, problemCounts: [...(others ?? []), change.count] } }
    }
  }
}

/** Single changes of a fact that make a node that holds stop holding. */
export function breaking(node: Node, question: Question): Flip[] {
  switch (node.kind) {
    case 'all':
      return node.nodes.flatMap((child) => breaking(child, question))
    case 'any': {
      const holding = node.nodes.filter((child) => evaluate(child, question) === TRUE)
      return holding.length === 1 ? breaking(holding[0] as Node, question) : []
    }
    case 'not':
      return evaluate(node.node, question) === FALSE ? enabling(node.node, question) : []
    default: {
      const flip = flipOf(node, false, question)
      return flip ? [flip] : []
    }
  }
}

/** Single changes of a fact that make a node that does not hold hold. */
export function enabling(node: Node, question: Question): Flip[] {
  switch (node.kind) {
    case 'all': {
      const missing = node.nodes.filter((child) => evaluate(child, question) !== TRUE)
      return missing.length === 1 ? enabling(missing[0] as Node, question) : []
    }
    case 'any':
      return node.nodes.flatMap((child) => enabling(child, question))
    case 'not':
      return evaluate(node.node, question) === TRUE ? breaking(node.node, question) : []
    default: {
      const flip = flipOf(node, true, question)
      return flip ? [flip] : []
    }
  }
}
