import { userFailure } from '#engine/platform/failure.ts'
import type { Node, Query } from '#shared/query/ast.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { planNode } from '#shared/query/plan.ts'
import type { Reads } from '../reads.ts'
import type { QuestionContext } from '../questions.ts'
import { type Card, cardBySeq } from './cards.ts'
import { countMatches, newestMatches, type SearchRequest } from './search-newest.ts'
import { similarWords } from './search-vocabulary.ts'
import { sourcesOf } from './text-search.ts'

export interface PreviewQuestion {
  query: string
  /** The query as it is saved; null: nothing to compare with. */
  saved: string | null
  /** Times of publishing, to exclusive. */
  from: number
  to: number
}

export interface Preview {
  count: number
  estimated: boolean
  matched: Card[]
  missed: { card: Card; missing: string }[]
  gained: number
  lost: number
  gainedExamples: Card[]
  lostExamples: Card[]
}

const EXAMPLES = 5
/** Near misses of one part of the query, and of all. */
const MISSES_OF_A_PART = 2
const MISSES = 6
/** Candidates that one count looks at before it estimates: keeps a preview under a second on a million mentions. */
const MOST_EXACT = 200_000
const MOST_CHECKED = 20_000
/** The same for a handful of examples, and how many parts of a query are tried for near misses. */
const MOST_CHECKED_EXAMPLES = 5_000
const MOST_PARTS = 20
/** Words whose misspellings are looked for, and how many of each. */
const SPELLED = 4
const SPELLINGS = 6

/** What a query would have heard: how many, examples, what it just misses, what changes against the saved one. */
export function preview(db: Reads, question: PreviewQuestion, context: QuestionContext): Preview {
  const query = readable(question.query)
  const period = {
    from: question.from,
    to: question.to,
    sources: sourcesOf(db),
    cancelled: context.cancelled,
    patterns: new Map<string, string[] | null>(),
  }
  const newest = (asked: Query, limit: number): number[] =>
    newestMatches(
      db,
      { ...period, query: asked, mostCandidates: MOST_EXACT, mostChecked: MOST_CHECKED_EXAMPLES },
      limit,
    ).found.map(({ seq }) => seq)
  const cards = (seqs: readonly number[], marked: string): Card[] =>
    seqs.flatMap((seq) => cardBySeq(db, seq, marked) ?? [])

  const counted = count(db, { ...period, query })
  const result: Preview = {
    ...counted,
    matched: cards(newest(query, EXAMPLES), query.text),
    missed: [],
    gained: 0,
    lost: 0,
    gainedExamples: [],
    lostExamples: [],
  }
  for (const { part, others } of requiredParts(query).slice(0, MOST_PARTS)) {
    if (result.missed.length >= MISSES || context.cancelled()) break
    const seqs = newest(others, MISSES_OF_A_PART)
    const missing = query.text.slice(part.start, part.end)
    result.missed.push(...cards(seqs, others.text).map((card) => ({ card, missing })))
  }
  for (const { part, others } of misspelt(db, query)) {
    if (result.missed.length >= MISSES || context.cancelled()) break
    const missing = query.text.slice(part.start, part.end)
    result.missed.push(...cards(newest(others, 1), others.text).map((card) => ({ card, missing })))
  }
  result.missed.splice(MISSES)
  if (question.saved !== null && question.saved !== question.query) {
    const saved = readable(question.saved)
    const gained = both(query, saved.root)
    const lost = both(saved, query.root)
    result.gained = count(db, { ...period, query: gained }).count
    result.lost = count(db, { ...period, query: lost }).count
    result.gainedExamples = cards(newest(gained, EXAMPLES), query.text)
    result.lostExamples = cards(newest(lost, EXAMPLES), saved.text)
  }
  return result
}

function readable(text: string): Query {
  const parsed = parseQuery(text)
  if (!parsed.ok) throw userFailure('query.wrong', { message: parsed.error.what })
  return parsed.value
}

/** What the first asks for and the second does not. */
const both = (query: Query, without: Node): Query => ({
  ...query,
  root: { type: 'and', items: [query.root, { type: 'not', item: without, start: 0, end: 0 }], start: 0, end: 0 },
})

/** For each part that must hold: the query of mentions that fail this part alone. */
function requiredParts(query: Query): { part: Node; others: Query }[] {
  const { root } = query
  if (root.type !== 'and') return words(query)
  return root.items.flatMap((part) => {
    const items = root.items.filter((item) => item !== part)
    const failing: Node = part.type === 'not' ? part.item : { type: 'not', item: part, start: 0, end: 0 }
    // A mention that only excludes would let nearly everything in.
    if (items.every((item) => item.type === 'not') && failing.type === 'not') return []
    const others: Query = { ...query, root: { type: 'and', items: [...items, failing], start: 0, end: 0 } }
    return { part, others }
  })
}

/** Words of which one is enough: what is written almost like them. */
function misspelt(db: Reads, query: Query): { part: Node; others: Query }[] {
  const { root } = query
  const enough = (root.type === 'or' ? root.items : [root]).filter((item) => item.type === 'word').slice(0, SPELLED)
  return enough.flatMap((part) => {
    const plan = planNode(part)
    if (plan.op !== 'term' || /^[#@=]/.test(plan.term)) return []
    return similarWords(db, plan.term, SPELLINGS).map((term) => {
      const near: Node = { type: 'word', text: term, start: 0, end: 0 }
      const items: Node[] = [near, { type: 'not', item: root, start: 0, end: 0 }]
      return { part, others: { ...query, text: term, root: { type: 'and' as const, items, start: 0, end: 0 } } }
    })
  })
}

/** A single phrase misses those that have its words elsewhere. */
function words(query: Query): { part: Node; others: Query }[] {
  const { root } = query
  if (root.type === 'near') {
    const items: Node[] = [root.left, root.right, { type: 'not', item: root, start: 0, end: 0 }]
    return [{ part: root, others: { ...query, root: { ...root, type: 'and', items } } }]
  }
  if (root.type !== 'phrase') return []
  const items = root.text.split(/\s+/).filter((word) => parseQuery(`"${word}"`).ok)
  if (items.length < 2) return []
  const each: Node[] = items.map((text) => ({ type: 'phrase', text, slop: null, start: root.start, end: root.end }))
  each.push({ type: 'not', item: root, start: 0, end: 0 })
  return [{ part: root, others: { ...query, root: { type: 'and', items: each, start: 0, end: 0 } } }]
}

/**
 * The count of a period, exact as far as the limits allow. Beyond them the part that was seen, newest first, is taken to be
 * like the rest.
 */
function count(db: Reads, request: SearchRequest): { count: number; estimated: boolean } {
  const exact = countMatches(db, { ...request, mostCandidates: MOST_EXACT, mostChecked: MOST_CHECKED }, MOST_EXACT)
  if (exact.complete) return { count: exact.count, estimated: false }
  const { from, to } = request
  const seen = (to ?? 0) - exact.reached
  if (from == null || to == null || seen <= 0) return { count: exact.count, estimated: true }
  return { count: Math.round(exact.count * Math.max(1, (to - from) / seen)), estimated: true }
}
