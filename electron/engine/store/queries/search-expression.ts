import { BOUNDARY } from '#shared/query/document.ts'

/** A full-text expression, or one of the two that FTS5 has no words for. */
export type Expression = { text: string; /** Binds weaker than AND: needs parentheses inside others. */ loose: boolean }

/** Compared by identity. */
export const EVERYTHING: Expression = { text: `"${BOUNDARY}"`, loose: false }
export const NOTHING: Expression = { text: '""', loose: false }

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
  loose: false,
})

const tight = (expression: Expression): string => (expression.loose ? `(${expression.text})` : expression.text)

export function both(expressions: readonly Expression[]): Expression {
  const real = expressions.filter((expression) => expression !== EVERYTHING)
  if (real.includes(NOTHING)) return NOTHING
  if (real.length === 0) return EVERYTHING
  if (real.length === 1) return real[0]!
  return { text: real.map(tight).join(' AND '), loose: true }
}

export function either(expressions: readonly Expression[]): Expression {
  const real = expressions.filter((expression) => expression !== NOTHING)
  if (real.includes(EVERYTHING)) return EVERYTHING
  if (real.length === 0) return NOTHING
  if (real.length === 1) return real[0]!
  return { text: real.map(tight).join(' OR '), loose: true }
}

/** FTS5 knows NOT only between two expressions; what is left alone starts from the term that every mention has. */
function without(expression: Expression, excluded: Expression): Expression {
  if (excluded === NOTHING) return expression
  if (excluded === EVERYTHING || expression === NOTHING) return NOTHING
  return { text: `${tight(expression)} NOT ${tight(excluded)}`, loose: true }
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

export function allOf(parts: readonly Approximation[]): Approximation {
  const kept = parts.filter((part) => !isNegated(part))
  const excluded = parts.filter(isNegated).map((part) => part.excluded)
  return {
    upper: without(both(kept.map((part) => part.upper)), either(excluded.map((part) => part.lower))),
    lower: without(both(kept.map((part) => part.lower)), either(excluded.map((part) => part.upper))),
    exact: parts.every((part) => part.exact),
  }
}

export const anyOf = (parts: readonly Approximation[]): Approximation => ({
  upper: either(parts.map((part) => part.upper)),
  lower: either(parts.map((part) => part.lower)),
  exact: parts.every((part) => part.exact),
})
