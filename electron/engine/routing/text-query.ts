import type { Said } from '#shared/model/said.ts'
import { inEnglish } from '#shared/words/words.ts'
import type { Query } from '#shared/query/ast.ts'
import type { QueryDocument } from '#shared/query/document.ts'
import { marksOf } from '#shared/query/marks.ts'
import { matchPlan } from '#shared/query/match.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { planOf, type Place, type Plan } from '#shared/query/plan.ts'
import type { Slot } from '#shared/query/slots.ts'

/** The text of a mention as queries see it. Tokens are made once, however many rules look. */
export type Doc = QueryDocument

/** A query inside a rule's condition, parsed once. */
export interface TextQuery {
  text: string
  matches(doc: Doc): boolean
  /** Words of the text that it matched, as written there, in order, each once. */
  words(doc: Doc): string[]
  /**
   * Terms of which the document must have at least one for the query to match, `abc*` standing for all that begin so;
   * null: it can match without any.
   */
  triggers: string[] | null
}

export class UnreadableQuery extends Error {
  readonly what: Said
  constructor(what: Said) {
    super(inEnglish(what))
    this.what = what
  }
}

/** Throws an UnreadableQuery. */
export function compileQuery(text: string): TextQuery {
  const parsed = parseQuery(text)
  if (!parsed.ok) throw new UnreadableQuery(parsed.error.what)
  const query: Query = parsed.value
  const plan = planOf(query)
  return {
    text,
    matches: (doc) => matchPlan(plan, doc),
    words(doc) {
      const words = new Map<string, string>()
      for (const [start, end] of marksOf(query, doc)) {
        const word = doc.facts.text.slice(start, end)
        if (!words.has(word.toLowerCase())) words.set(word.toLowerCase(), word)
      }
      return [...words.values()]
    },
    triggers: termsNeeded(plan),
  }
}

/** Letters of a pattern that are looked up; fewer would speak for too many words. */
export const PREFIX_LENGTH = 3

function termsNeeded(plan: Plan): string[] | null {
  switch (plan.op) {
    case 'term':
      return [plan.term]
    case 'glob':
      return plan.among === 'facets' ? null : prefixOf(plan.glob.pattern)
    case 'phrase':
    case 'window':
    case 'verbatim':
      return fewest(plan.slots.map(slotNeeds))
    case 'near':
      return placeNeeds(plan.place)
    case 'and':
      return fewest(plan.items.map(termsNeeded))
    case 'or':
      return union(plan.items.map(termsNeeded))
    default:
      return null
  }
}

function placeNeeds(place: Place): string[] | null {
  if ('any' in place) return union(place.any.map((row) => fewest(row.map(slotNeeds))))
  return fewest([placeNeeds(place.left), placeNeeds(place.right)])
}

const slotNeeds = (slot: Slot): string[] | null =>
  slot.norm !== null ? [slot.norm] : slot.glob === null ? null : prefixOf(slot.glob.pattern)

function prefixOf(pattern: string): string[] | null {
  const prefix = /^[^*?]*/.exec(pattern)?.[0] ?? ''
  return prefix.length < PREFIX_LENGTH ? null : [`${prefix.slice(0, PREFIX_LENGTH)}*`]
}

function union(sets: readonly (string[] | null)[]): string[] | null {
  const all = new Set<string>()
  for (const set of sets) {
    if (set === null) return null
    for (const term of set) all.add(term)
  }
  return [...all]
}

/** The set with the fewest members; between equal ones that with the longest word, which is the rarer. */
function fewest(sets: readonly (string[] | null)[]): string[] | null {
  let best: string[] | null = null
  for (const set of sets) {
    if (set === null) continue
    if (best === null || set.length < best.length || (set.length === best.length && letters(set) > letters(best)))
      best = set
  }
  return best
}

const letters = (terms: readonly string[]): number => terms.reduce((sum, term) => sum + term.length, 0)
