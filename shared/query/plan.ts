import type { SentimentLabel } from '#shared/model/sentiment.ts'
import type { FieldValue, Node, NodeOf, NumberField, Query, TextField, TimeField } from './ast.ts'
import { starterAspectOf } from './aspect-names.ts'
import { partsCalled } from './concept-book.ts'
import { conceptPlan } from './concept-plan.ts'
import { facet, facetValue } from './facets.ts'
import { hasGap, MOST_IN_GAP, piecesOf } from './gaps.ts'
import { globOf, type Glob } from './glob.ts'
import { namesOfNetwork } from './network-names.ts'
import { slotsOf, tagPattern, type Slot } from './slots.ts'
import { tokenize } from './tokenize.ts'

/** Places in the token stream: rows of slots, any of which may stand there, or two places near each other. */
export type Place =
  | { any: Slot[][] }
  | {
      left: Place
      right: Place
      distance: number
      ordered: boolean
      /** So many words lie between them at least. */ least?: number
    }

/**
 * A query resolved into tests on terms. Live matching, the shared index of listens and the translation to SQL all read
 * this form, so that they cannot drift apart.
 */
export type Plan =
  | { op: 'and' | 'or'; items: Plan[] }
  | { op: 'not'; item: Plan }
  /** A word, hashtag, handle or facet that must be there. */
  | { op: 'term'; term: string }
  | { op: 'glob'; glob: Glob; among: 'words' | 'tags' | 'facets' }
  /** These slots in a row. */
  | { op: 'phrase'; slots: Slot[] }
  /** All of these, at most `distance` other words between the first and the last of them. */
  | { op: 'window'; slots: Slot[]; distance: number }
  | { op: 'near'; place: Extract<Place, { left: Place }> }
  /** The same asked of the title alone, or of the handles that the text begins with. */
  | { op: 'part'; part: Part; item: TextPlan }
  /** The slots in a row, written exactly like `text`, in which they reach from `from` to `to`; without slots: `text` anywhere. */
  | { op: 'verbatim'; text: string; slots: Slot[]; from: number; to: number }
  /** A link on `host` (or below it) whose rest begins with `path`. */
  | { op: 'link'; host: string; path: string }
  /** The mention's own address: on `host` or below it, its rest beginning with `path`. */
  | { op: 'address'; host: string; path: string }
  | { op: 'addressGlob'; glob: Glob }
  /** A link whose host and rest, written together, fit. */
  | { op: 'linkGlob'; glob: Glob }
  | { op: 'source'; facet: string; name: Glob }
  | { op: 'number'; field: NumberField; from: number | null; to: number | null }
  | { op: 'time'; field: TimeField; at: number }
  | { op: 'sentiment'; label: SentimentLabel }
  | { op: 'relevance'; relevant: boolean }
  /** Id or name of one of the station's own, folded like a facet. */
  | { op: 'category'; called: string }

export type Part = 'title' | 'opening'
/** What can be asked of a text without its facts. */
export type TextPlan = Extract<Plan, { op: 'term' | 'glob' | 'phrase' | 'window' | 'near' | 'verbatim' }>

const plans = new WeakMap<Query, Plan>()

/** The plan of a query; made once for a query object. */
export function planOf(query: Query): Plan {
  let plan = plans.get(query)
  if (!plan) plans.set(query, (plan = planNode(query.root)))
  return plan
}

/** The plan of one part of a query. */
export function planNode(node: Node): Plan {
  switch (node.type) {
    case 'and':
    case 'or':
      return { op: node.type, items: node.items.map(planNode) }
    case 'not': {
      const item = planNode(node.item)
      return item.op === 'not' ? item.item : { op: 'not', item }
    }
    case 'title':
      return inTitle(planNode(node.item))
    case 'near':
      return {
        op: 'near',
        place: { left: placeOf(node.left), right: placeOf(node.right), distance: node.distance, ordered: node.ordered },
      }
    case 'word':
    case 'phrase':
      return planText(node)
    case 'raw':
      return planRaw(node.text)
    case 'field': {
      const items = node.values.map((value) => planValue(node.field, value))
      return items.length === 1 ? (items[0] as Plan) : { op: 'or', items }
    }
    case 'number':
      return { op: 'number', field: node.field, from: node.from, to: node.to }
    case 'time':
      return { op: 'time', field: node.field, at: node.at }
  }
}

/** Asked of each part for itself, so that an index can look for what is asked for and leave out what is excluded. */
function inTitle(plan: Plan): Plan {
  if (plan.op === 'and' || plan.op === 'or') return { op: plan.op, items: plan.items.map(inTitle) }
  if (plan.op === 'not') return { op: 'not', item: inTitle(plan.item) }
  return { op: 'part', part: 'title', item: plan as TextPlan }
}

function planRaw(text: string): Plan {
  const tokens = tokenize(text)
  const slots = tokens.map((token) => ({ norm: token.norm, glob: null, tag: null }))
  return { op: 'verbatim', text, slots, from: tokens[0]?.start ?? 0, to: tokens.at(-1)?.end ?? 0 }
}

function planText(node: NodeOf<'word'> | NodeOf<'phrase'>): Plan {
  const tag = tagPattern(node.text.trim())
  if (tag !== null)
    return /[*?]/.test(tag) ? { op: 'glob', glob: globOf(tag), among: 'tags' } : { op: 'term', term: tag }
  if (node.type === 'phrase' && node.slop === null && hasGap(node.text)) return planGaps(node.text)
  const slots = slotsOf(node.text, true)
  const [first] = slots
  if (slots.length === 1 && first) {
    if (first.glob) return { op: 'glob', glob: first.glob, among: 'words' }
    return { op: 'term', term: first.tag ?? (first.norm as string) }
  }
  if (node.type === 'phrase' && node.slop !== null) return { op: 'window', slots: distinct(slots), distance: node.slop }
  return { op: 'phrase', slots }
}

/** `"a * b"`: the rows one behind the other, with one to a few words in each gap. */
function planGaps(text: string): Plan {
  const [first, ...rest] = piecesOf(text).map(({ text: row, stars }) => ({ stars, any: [slotsOf(row, true)] }))
  const place = rest.reduce<Place>(
    (left, { stars, any }) => ({ left, right: { any }, distance: stars * MOST_IN_GAP, least: stars, ordered: true }),
    { any: first!.any },
  )
  return { op: 'near', place: place as Extract<Place, { left: Place }> }
}

/** `"a a"~3` asks for one place of `a`: the window has no order in which a second one could be another. */
function distinct(slots: Slot[]): Slot[] {
  const seen = new Set<string>()
  return slots.filter((slot) => {
    const key = `${slot.norm ?? slot.glob?.pattern} ${slot.tag ?? ''}`
    return !seen.has(key) && seen.add(key)
  })
}

function placeOf(node: Node): Place {
  if (node.type === 'near') {
    return { left: placeOf(node.left), right: placeOf(node.right), distance: node.distance, ordered: node.ordered }
  }
  const rows: Slot[][] = []
  collectRows(node, rows)
  return { any: rows }
}

function collectRows(node: Node, rows: Slot[][]): void {
  if (node.type === 'or') for (const item of node.items) collectRows(item, rows)
  else if (node.type === 'word' || node.type === 'phrase') rows.push(slotsOf(node.text, true))
}

function planValue(field: TextField, value: FieldValue): Plan {
  const pattern = !value.quoted && /[*?]/.test(value.text)
  switch (field) {
    case 'author': {
      const bare = value.text.replace(/^@/, '')
      return pattern ? facetGlob('author', bare) : { op: 'term', term: facet('author', facetValue(bare)) }
    }
    case 'to':
      return { op: 'part', part: 'opening', item: planHandle(value.text) }
    case 'url': {
      if (pattern) return { op: 'addressGlob', glob: globOf(value.text.toLowerCase()) }
      const slash = value.text.search(/[/?#]/)
      if (slash < 0) return { op: 'term', term: facet('site', facetValue(value.text)) }
      return {
        op: 'address',
        host: facetValue(value.text.slice(0, slash)),
        path: value.text.slice(slash).toLowerCase(),
      }
    }
    case 'site':
      return pattern ? facetGlob('site', value.text) : { op: 'term', term: facet('site', facetValue(value.text)) }
    case 'link': {
      if (pattern) return { op: 'linkGlob', glob: globOf(value.text.toLowerCase()) }
      const slash = value.text.search(/[/?#]/)
      if (slash < 0) return { op: 'term', term: facet('link', facetValue(value.text)) }
      return { op: 'link', host: facetValue(value.text.slice(0, slash)), path: value.text.slice(slash).toLowerCase() }
    }
    case 'source': {
      const name = globOf(facetPattern(value.quoted ? value.text.replace(/[*?]/g, ' ') : value.text))
      return { op: 'source', facet: facet('source', facetValue(value.text)), name }
    }
    case 'network':
      return pattern ? facetGlob('network', value.text) : networkPlan(value.text)
    case 'aspect':
      return pattern ? facetGlob('aspect', value.text) : aspectPlan(value.text)
    case 'concept':
      return conceptOrOwn(value.text)
    case 'sentiment':
      return { op: 'sentiment', label: value.text as SentimentLabel }
    case 'category':
      return { op: 'category', called: facetValue(value.text) }
    case 'relevance':
      return { op: 'relevance', relevant: value.text === 'yes' }
    default:
      return pattern ? facetGlob(field, value.text) : { op: 'term', term: facet(field, facetValue(value.text)) }
  }
}

/** A network by any of its names: what a file calls `forums` is found by `forum` too. */
function networkPlan(text: string): Plan {
  const items = namesOfNetwork(facetValue(text)).map((name): Plan => ({ op: 'term', term: facet('network', name) }))
  return items.length === 1 ? items[0]! : { op: 'or', items }
}

/** A handle in a text, without its server: networks leave that out among neighbours. */
function planHandle(text: string): TextPlan {
  const tag = tagPattern(`@${text.replace(/^@/, '').replace(/@.*$/, '')}`) ?? `@${facetValue(text)}`
  return /[*?]/.test(tag) ? { op: 'glob', glob: globOf(tag), among: 'tags' } : { op: 'term', term: tag }
}

/**
 * A matter and a part of the lexicon may be asked for by their names in any language; the station's own by the name that it was given.
 */
function aspectPlan(text: string): Plan {
  const name = facetValue(text)
  const matter = starterAspectOf(name)
  const names = new Set([name, ...(matter === null ? partsCalled(text).map(facetValue) : [matter])])
  const items = [...names].map((one): Plan => ({ op: 'term', term: facet('aspect', one) }))
  return items.length === 1 ? items[0]! : { op: 'or', items }
}

/** By the lexicon's phrases, and where the station has a name of its own that is called so, by what it was understood to be about. */
function conceptOrOwn(text: string): Plan {
  const concept = conceptPlan(text)
  if (concept === null) return aspectPlan(text)
  // A matter holds more than the part of the same name.
  if (starterAspectOf(facetValue(text)) !== null) return concept
  return { op: 'or', items: [concept, { op: 'term', term: facet('aspect', facetValue(text)) }] }
}

const facetGlob = (field: string, text: string): Plan => ({
  op: 'glob',
  glob: globOf(facet(field, facetPattern(text))),
  among: 'facets',
})

/** Folded like a facet, wildcards kept. */
const facetPattern = (text: string): string =>
  text
    .split(/([*?])/)
    .map((piece) => (piece === '*' || piece === '?' || piece === '' ? piece : facetValue(piece)))
    .join('')
