import type { Query } from '#shared/query/ast.ts'
import { facet } from '#shared/query/facets.ts'
import type { Glob } from '#shared/query/glob.ts'
import { planOf, type Plan } from '#shared/query/plan.ts'
import { ftsPlace, ftsRow, ftsWindow } from './search-places.ts'
import { factsWhere, type SourceName } from './search-facts.ts'
import { allOf, anyOf, either, EVERYTHING, not, NOTHING, term, type Approximation } from './search-expression.ts'

export interface CompiledSearch {
  /** Right side of MATCH; null: every mention is a candidate. */
  fts: string | null
  /** Condition over `mention m`; `1` when there is none. */
  where: string
  params: (string | number)[]
  /** false: candidates have to be checked with matchQuery; the SQL lets no match slip, but lets others through. */
  exact: boolean
  /** Nothing can match, e.g. the query asks for a source that does not exist. */
  nothing: boolean
  /** Bounds of published_at that every match keeps: from inclusive, to exclusive. */
  from: number | null
  to: number | null
}

export interface CompileOptions {
  /** For `source:` by name. */
  sources?: readonly SourceName[]
  /** The index's terms for a pattern, see search-vocabulary.ts; null or absent: the pattern is checked afterwards. */
  terms?: (glob: Glob, among: 'words' | 'tags' | 'facets') => string[] | null
}

/**
 * A query → full-text expression and SQL. Each part becomes an upper bound (no match is missed) and a lower bound (all
 * are matches); under NOT they change places. Where both are the same, the answer of SQL is the answer.
 * Facts outside the index (numbers, times, sentiment) become SQL when they are required as a whole.
 */
export function compileSearch(query: Query, options: CompileOptions = {}): CompiledSearch {
  const plan = planOf(query)
  const parts = plan.op === 'and' ? plan.items : [plan]
  const conditions: string[] = []
  const params: (string | number)[] = []
  const inIndex: Plan[] = []
  let from: number | null = null
  let to: number | null = null
  for (const part of parts) {
    if (part.op === 'time') {
      if (part.field === 'since') from = Math.max(from ?? part.at, part.at)
      else to = Math.min(to ?? part.at, part.at)
    }
    const facts = factsWhere(part)
    if (facts) {
      conditions.push(facts.sql)
      params.push(...facts.params)
      // Also a look-up of the index where it narrows: followers by order of magnitude.
      if (part.op === 'number' && part.field === 'followers') inIndex.push(part)
    } else inIndex.push(part)
  }
  const handled = new Set(inIndex.filter((part) => part.op === 'number'))
  const bound = approximate({ op: 'and', items: inIndex }, options, handled)
  return {
    fts: bound.upper === EVERYTHING || bound.upper === NOTHING ? null : bound.upper.text,
    where: conditions.length > 0 ? conditions.map((sql) => `(${sql})`).join(' AND ') : '1',
    params,
    exact: bound.exact,
    nothing: bound.upper === NOTHING || (from !== null && to !== null && from >= to),
    from,
    to,
  }
}

function approximate(plan: Plan, options: CompileOptions, handled: ReadonlySet<Plan>): Approximation {
  const exactly = (expression: Approximation['upper']): Approximation => ({
    upper: expression,
    lower: expression,
    exact: true,
  })
  const atMost = (expression: Approximation['upper']): Approximation => ({
    upper: expression,
    lower: NOTHING,
    exact: false,
  })
  switch (plan.op) {
    case 'and':
      return allOf(plan.items.map((item) => approximate(item, options, handled)))
    case 'or':
      return anyOf(plan.items.map((item) => approximate(item, options, handled)))
    case 'not':
      return not(approximate(plan.item, options, handled))
    case 'term':
      return exactly(term(plan.term))
    case 'glob': {
      if (plan.glob.prefixOnly) return exactly(term(plan.glob.prefix, true))
      const terms = options.terms?.(plan.glob, plan.among)
      if (terms) return exactly(either(terms.map((each) => term(each))))
      // Characters after the first wildcard are left to the check; without any before it all mentions are candidates.
      return atMost(plan.glob.prefix === '' ? EVERYTHING : term(plan.glob.prefix, true))
    }
    case 'phrase':
      return ftsRow(plan.slots)
    case 'window':
      return ftsWindow(plan.slots, plan.distance)
    case 'near':
      return ftsPlace(plan.place)
    case 'part':
      return atMost(approximate(plan.item, options, handled).upper)
    case 'verbatim':
      return plan.slots.length === 0 ? atMost(EVERYTHING) : atMost(ftsRow(plan.slots).upper)
    case 'link':
      return atMost(term(facet('link', plan.host)))
    case 'address':
      return atMost(term(facet('site', plan.host)))
    case 'addressGlob':
      return atMost(EVERYTHING)
    case 'linkGlob':
      return atMost(term(facet('has', 'link')))
    case 'source': {
      const facets = new Set([plan.facet])
      for (const source of options.sources ?? []) if (source.fits(plan.name)) facets.add(source.facet)
      return exactly(either([...facets].map((facet) => term(facet))))
    }
    case 'number': {
      const reach = plan.field === 'followers' && plan.from !== null ? reachFrom(plan.from) : EVERYTHING
      return handled.has(plan) ? exactly(reach) : atMost(reach)
    }
    case 'time':
    case 'sentiment':
    case 'relevance':
    case 'category':
      return atMost(EVERYTHING)
  }
}

/** Orders of magnitude (facets.ts) that hold at least so many followers. */
function reachFrom(followers: number): Approximation['upper'] {
  if (followers < 1_024) return EVERYTHING
  const first = Math.floor(Math.log2(followers))
  return either(Array.from({ length: Math.max(1, 41 - first) }, (_, i) => term(facet('reach', first + i))))
}
