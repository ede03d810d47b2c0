import { BOUNDARY } from '#shared/query/document.ts'

/** A full-text expression, or one of the two that FTS5 has no words for. */
export interface Expression {
  text: string
  /** Parentheses inside each other that it needs inside another expression; 0: none. */
  depth: number
}

/** Compared by identity. */
export const EVERYTHING: Expression = { text: `"${BOUNDARY}"`, depth: 0 }
export const NOTHING: Expression = { text: '""', depth: 0 }

/** FTS5's parser has a fixed stack and fails between 30 and 40 ("parser stack overflow"). */
const MAX_DEPTH = 20

/** What the index can say about a part of a query: no match lies outside `upper`, everything in `lower` is one. */
export interface Approximation {
  upper: Expression
  lower: Expression
  exact: boolean
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

/** A single token, or with `prefix` all that begin with it. */
export const term = (text: string, prefix = false): Expression => ({
  text: prefix ? `${quoted(text)} *` : quoted(text),
  depth: 0,
})

const tight = (expression: Expression): string => (expression.depth > 0 ? `(${expression.text})` : expression.text)
const joined = (parts: readonly Expression[], operator: string): Expression => ({
  text: parts.map(tight).join(` ${operator} `),
  depth: 1 + Math.max(...parts.map((part) => part.depth)),
})

export function both(expressions: readonly Expression[]): Expression {
  const real = expressions.filter((expression) => expression !== EVERYTHING)
  if (real.includes(NOTHING)) return NOTHING
  if (real.length === 0) return EVERYTHING
  if (real.length === 1) return real[0]!
  return joined(real, 'AND')
}

export function either(expressions: readonly Expression[]): Expression {
  const real = expressions.filter((expression) => expression !== NOTHING)
  if (real.includes(EVERYTHING)) return EVERYTHING
  if (real.length === 0) return NOTHING
  if (real.length === 1) return real[0]!
  return joined(real, 'OR')
}

/** FTS5 knows NOT only between two expressions; what is left alone starts from the term that every mention has. */
function without(expression: Expression, excluded: Expression): Expression {
  if (excluded === NOTHING) return expression
  if (excluded === EVERYTHING || expression === NOTHING) return NOTHING
  return joined([expression, excluded], 'NOT')
}

/** NOTs are kept back until their AND, so that they exclude from what the others leave. */
interface Negated extends Approximation {
  excluded: Approximation
}
const isNegated = (part: Approximation): part is Negated => 'excluded' in part

export function not(item: Approximation): Negated {
  return {
    upper: without(EVERYTHING, item.lower),
    lower: without(EVERYTHING, item.upper),
    exact: item.exact,
    excluded: item,
  }
}

/** What is nested too deep for FTS5 is left to the check. */
function bounded(part: Approximation): Approximation {
  if (part.upper.depth <= MAX_DEPTH && part.lower.depth <= MAX_DEPTH) return part
  return {
    upper: part.upper.depth <= MAX_DEPTH ? part.upper : EVERYTHING,
    lower: part.lower.depth <= MAX_DEPTH ? part.lower : NOTHING,
    exact: false,
  }
}

export function allOf(parts: readonly Approximation[]): Approximation {
  const kept = parts.filter((part) => !isNegated(part))
  const excluded = parts.filter(isNegated).map((part) => part.excluded)
  return bounded({
    upper: without(both(kept.map((part) => part.upper)), either(excluded.map((part) => part.lower))),
    lower: without(both(kept.map((part) => part.lower)), either(excluded.map((part) => part.upper))),
    exact: parts.every((part) => part.exact),
  })
}

export const anyOf = (parts: readonly Approximation[]): Approximation =>
  bounded({
    upper: either(parts.map((part) => part.upper)),
    lower: either(parts.map((part) => part.lower)),
    exact: parts.every((part) => part.exact),
  })
