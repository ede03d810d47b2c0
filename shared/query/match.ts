import type { Query } from './ast.ts'
import type { QueryDocument } from './document.ts'
import { domains, facetValue, MOST_LINKS } from './facets.ts'
import { globMatches } from './glob.ts'
import { findRows, placesOf, windowsOf } from './places.ts'
import { planOf, type Plan } from './plan.ts'
import { urlParts } from './urls.ts'

/** Whether a mention is one that the query asks for. */
export function matchQuery(query: Query, document: QueryDocument): boolean {
  return matchPlan(planOf(query), document)
}

export function matchPlan(plan: Plan, document: QueryDocument): boolean {
  switch (plan.op) {
    case 'and':
      for (const item of plan.items) if (!matchPlan(item, document)) return false
      return true
    case 'or':
      for (const item of plan.items) if (matchPlan(item, document)) return true
      return false
    case 'not':
      return !matchPlan(plan.item, document)
    case 'term':
      return document.terms.has(plan.term)
    default:
      return matchLeaf(plan, document)
  }
}

/** The tests that need more than a look at which terms are there. */
export function matchLeaf(
  plan: Exclude<Plan, { op: 'and' | 'or' | 'not' | 'term' }>,
  document: QueryDocument,
): boolean {
  const { facts, stream } = document
  switch (plan.op) {
    case 'glob':
      if (plan.among === 'facets') return document.facets.some((facet) => globMatches(plan.glob, facet))
      if (plan.among === 'tags') return stream.tags.some((tag) => tag !== null && globMatches(plan.glob, tag))
      return stream.norms.some((norm) => globMatches(plan.glob, norm))
    case 'phrase':
      return findRows(stream, plan.slots, 1).length > 0
    case 'window':
      return windowsOf(stream, plan.slots, plan.distance, 1).length > 0
    case 'near':
      return placesOf(stream, plan.place).length > 0
    case 'verbatim':
      return matchVerbatim(plan, document)
    case 'part': {
      const part = document.part(plan.part)
      return part !== null && matchPlan(plan.item, part)
    }
    case 'address': {
      const parts = facts.url === null ? null : urlParts(facts.url)
      return parts !== null && leadsTo(parts, plan)
    }
    case 'addressGlob': {
      const parts = facts.url === null ? null : urlParts(facts.url)
      return parts !== null && globMatches(plan.glob, parts.host + parts.rest)
    }
    case 'link':
      return facts.links.slice(0, MOST_LINKS).some((link) => {
        const parts = urlParts(link)
        return parts !== null && leadsTo(parts, plan)
      })
    case 'linkGlob':
      return facts.links.some((link) => {
        const parts = urlParts(link)
        return parts !== null && globMatches(plan.glob, parts.host + parts.rest)
      })
    case 'source':
      if (document.terms.has(plan.facet)) return true
      return facts.sourceName !== null && globMatches(plan.name, facetValue(facts.sourceName))
    case 'number': {
      const value = plan.field === 'followers' ? facts.followers : facts.engagement
      return value !== null && (plan.from === null || value >= plan.from) && (plan.to === null || value <= plan.to)
    }
    case 'time':
      return plan.field === 'since' ? facts.publishedAt >= plan.at : facts.publishedAt < plan.at
    case 'sentiment':
      return facts.sentiment === plan.label
    case 'relevance':
      return facts.relevant === plan.relevant
    case 'category':
      return facts.categories.includes(plan.called)
  }
}

/** Whether an address lies on the host, or below it, and begins with the path. */
function leadsTo({ host, rest }: { host: string; rest: string }, plan: { host: string; path: string }): boolean {
  if (!rest.startsWith(plan.path)) return false
  const next = rest.charCodeAt(plan.path.length)
  // `/shop` is not `/shopping`.
  if (next >= 97 && next <= 122) return false
  return domains(facetValue(host)).includes(plan.host)
}

type Verbatim = Extract<Plan, { op: 'verbatim' }>

function matchVerbatim(plan: Verbatim, document: QueryDocument): boolean {
  if (plan.slots.length === 0) {
    return document.facts.text.includes(plan.text) || (document.facts.title?.includes(plan.text) ?? false)
  }
  for (const [start, end] of findRows(document.stream, plan.slots))
    if (isVerbatim(plan, document, start, end)) return true
  return false
}

/** Whether the words from `start` to `end` of the stream, and the signs around them, are written as the plan has them. */
export function isVerbatim(plan: Verbatim, document: QueryDocument, start: number, end: number): boolean {
  const first = document.tokenAt(start)
  const last = document.tokenAt(end - 1)
  if (!first || !last || first.inTitle !== last.inTitle) return false
  const whole = first.inTitle ? (document.facts.title as string) : document.facts.text
  const from = first.token.start - plan.from
  return from >= 0 && last.token.end - first.token.start === plan.to - plan.from && whole.startsWith(plan.text, from)
}
