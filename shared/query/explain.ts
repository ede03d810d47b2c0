import type { Language } from '#shared/words/languages.ts'
import { said, type Code } from '#shared/words/said.ts'
import { words, type Sayer } from '#shared/words/words.ts'
import { en } from '#shared/words/en/index.ts'
import { aspectName, starterAspectOf } from './aspect-names.ts'
import { conceptLabel } from './concept-book.ts'
import { facetValue } from './facets.ts'
import type { Node, NodeOf, Query, QueryProblem, Span, TextField } from './ast.ts'
import { hasGap, MOST_IN_GAP, piecesOf } from './gaps.ts'
import { lex, type QueryToken } from './lex.ts'
import { lint, type LintOptions } from './lint.ts'
import { mendsOf, type Mend } from './mends.ts'
import { parseQuery } from './parse.ts'
import { slotsOf, tagPattern } from './slots.ts'
import { dateText, isMidnight, listed, nameOf } from './wording.ts'

/** The same shape as the contract's `QueryExplanation`. */
export interface Explanation {
  valid: boolean
  /** One sentence; empty when the query cannot be read. */
  words: string
  problems: (Omit<QueryProblem, 'what'> & { message: string; mend?: Mend })[]
  tokens: QueryToken[]
}

/** Everything that an editor shows about a query while it is written. Never fails. */
export function explainText(text: string, options: LintOptions & { locale?: Language } = {}): Explanation {
  const language = options.locale ?? 'en'
  const inWords = (found: readonly QueryProblem[], valid: boolean) => {
    const mends = mendsOf(text, found, valid)
    return found.map(({ what, ...problem }, index) => {
      const mend = mends[index]
      return { ...problem, message: words(language)(what), ...(mend ? { mend } : {}) }
    })
  }
  const parsed = parseQuery(text)
  const tokens = lex(text)
  if (!parsed.ok)
    return {
      valid: false,
      words: '',
      problems: inWords([parsed.error], false),
      tokens: withError(tokens, parsed.error),
    }
  return {
    valid: true,
    words: explain(parsed.value, language),
    problems: inWords(lint(parsed.value, options), true),
    tokens,
  }
}

/** The token under an error is shown as one. */
const withError = (tokens: QueryToken[], error: Span): QueryToken[] =>
  tokens.map((token) => (token.start < error.end && token.end > error.start ? { ...token, kind: 'error' } : token))

/** A query in words: `Mentions with “bag” and “lost”, without “found”.` */
export function explain({ root }: Query, language: Language = 'en'): string {
  const part = explainNode(root, language)
  return words(language)(said(beginsWithFact(root) ? 'query.sentenceOfFact' : 'query.sentence', { part }))
}

/** What one part of a query asks for, in words. Parts are what can follow “Mentions with” or, facts, “Mentions”. */
export const explainNode = (node: Node, language: Language): string => wordingIn(language).part(node)

/** Longer lists are cut: nobody reads 1,000 names. */
const SHOWN = 12

const isFact = (node: Node): boolean => node.type === 'field' || node.type === 'number' || node.type === 'time'
/** Facts that English says in a clause: “that are questions”. */
const clauses: readonly string[] = ['intent', 'is', 'relevance', 'to']
const negation = (node: Node): Code => {
  if (node.type === 'number') return 'query.notAmount'
  return node.type === 'field' && clauses.includes(node.field) ? 'query.notThose' : 'query.notFact'
}
const alternatives = (node: Node): readonly Node[] => (node.type === 'or' ? node.items : [node])

/** Whether the words of a part begin with a preposition of their own: “by”, “since”, “without”. Numbers do not. */
function beginsWithFact(node: Node): boolean {
  if (node.type === 'or') return beginsWithFact(node.items[0]!) && !isGroup(node.items[0]!)
  if (node.type === 'and') {
    const wanted = node.items.filter((item) => item.type !== 'not')
    const first = wanted.find((item) => !isFact(item)) ?? wanted[0]
    return first === undefined || (beginsWithFact(first) && !isGroup(first))
  }
  return node.type === 'not' || node.type === 'field' || node.type === 'time'
}
const isGroup = (node: Node): boolean => node.type === 'and' || node.type === 'or'

/** What is asked for by a name of ours, where the catalogues have it: `has:link`, `kind:post`. */
function named(field: TextField, text: string, say: Sayer): string | undefined {
  const code = `query.${field}_${text}`
  return Object.hasOwn(en, code) ? say(said(code as Code)) : undefined
}

/** What a part, a symptom or a matter that was asked for by any of its names is called in this language; else what was written. */
function meant(field: TextField, text: string, language: Language): string {
  if (field === 'concept') return conceptLabel(text, language) ?? text
  if (field !== 'aspect') return text
  const matter = starterAspectOf(facetValue(text))
  return matter === null ? (conceptLabel(text, language) ?? text) : aspectName(matter, language)
}

// Long: one small function a kind of part, all in one language.
/** How a language puts the parts of a query into words. */
function wordingIn(language: Language) {
  const say = words(language)
  const list = (parts: readonly string[], last: 'query.and' | 'query.or'): string =>
    say(said('asWritten', { text: listed(parts, last) }))
  const number = (value: number): string => new Intl.NumberFormat(language).format(value)

  function part(node: Node): string {
    switch (node.type) {
      case 'and':
        return conjunction(node.items)
      case 'or':
        return list(cut(node.items.map(grouped)), 'query.or')
      case 'not':
        return conjunction([node])
      case 'title':
        return say(said('query.inTitle', { part: part(node.item) }))
      case 'near':
        return near(node)
      case 'word':
        return textPart(node.text)
      case 'phrase':
        if (node.slop !== null) return window(node.text, node.slop)
        return hasGap(node.text) ? gaps(node.text) : textPart(node.text)
      case 'raw':
        return say(said('query.exactly', { text: node.text }))
      case 'field': {
        const values = list(cut(node.values.map(({ text }) => value(node.field, text))), 'query.or')
        return say(said(`query.field_${node.field}`, { values }))
      }
      case 'number':
        return amount(node)
      case 'time':
        return time(node)
    }
  }

  /** Words first, then facts, then what is excluded. */
  function conjunction(items: readonly Node[]): string {
    const wanted = items.filter((item) => item.type !== 'not')
    const heard = cut(wanted.filter((item) => !isFact(item)).map(grouped))
    const facts = cut(wanted.filter(isFact).map(part))
    const unwanted = items.flatMap((item) => (item.type === 'not' ? alternatives(item.item) : []))
    const out = cut(unwanted.filter((item) => !isFact(item)).map(grouped))
    // One can be without a word, and not without “in German”.
    const nor = cut(unwanted.filter(isFact).map((item) => say(said(negation(item), { part: part(item) }))))
    return [
      ...(heard.length === 0 ? [] : [list(heard, 'query.and')]),
      ...facts,
      ...(out.length === 0 ? [] : [say(said('query.without', { items: list(out, 'query.or') }))]),
      ...(nor.length === 0 ? [] : [list(nor, 'query.and')]),
    ].join(', ')
  }

  const grouped = (node: Node): string => (isGroup(node) ? `(${part(node)})` : part(node))

  const cut = (parts: string[]): string[] =>
    parts.length <= SHOWN + 1 ? parts : [...parts.slice(0, SHOWN), say(said('query.more', { n: parts.length - SHOWN }))]

  const otherWords = (n: number): string => say(n === 1 ? said('query.oneWord') : said('query.manyWords', { n }))

  function near({ left, right, distance, ordered }: NodeOf<'near'>): string {
    const sides = { left: grouped(left), right: grouped(right) }
    if (distance === 0) return say(said(ordered ? 'query.followedDirectly' : 'query.besideDirectly', { ...sides }))
    return say(said(ordered ? 'query.followedBy' : 'query.near', { ...sides, words: otherWords(distance) }))
  }

  function window(text: string, distance: number): string {
    const parts = slotsOf(text, true).map((slot) => quoted(slot.norm ?? slot.glob?.pattern ?? ''))
    const items = list(parts, 'query.and')
    if (distance === 0) return say(said('query.sideBySide', { items }))
    return say(said('query.window', { items, words: otherWords(distance) }))
  }

  function gaps(text: string): string {
    const [first, ...rest] = piecesOf(text)
    return rest.reduce(
      (left, { text: row, stars: from }) =>
        say(said('query.gap', { left, right: quoted(row), from, to: from * MOST_IN_GAP })),
      quoted(first!.text),
    )
  }

  const quoted = (text: string): string => say(said('query.quoted', { text }))

  function textPart(text: string): string {
    const shown = text.trim()
    const tag = tagPattern(shown)
    if (tag !== null) return tagged(tag, shown)
    const slots = slotsOf(text, true)
    const glob = slots.length === 1 ? slots[0]!.glob : null
    if (!glob) return quoted(shown)
    if (glob.slips)
      return say(said(glob.slips === 1 ? 'query.oneSlip' : 'query.twoSlips', { text: glob.pattern.slice(0, -2) }))
    if (glob.prefixOnly) return say(said('query.beginning', { text: glob.prefix }))
    return say(said('query.pattern', { text: glob.pattern }))
  }

  /** As it was written, not as it is folded. */
  function tagged(tag: string, written: string): string {
    const name = written.slice(1)
    const hash = tag.startsWith('#')
    if (!/^[^*?]+\*$/.test(name)) return say(said(hash ? 'query.hashtag' : 'query.handle', { name }))
    return say(said(hash ? 'query.hashtags' : 'query.handles', { name: name.slice(0, -1) }))
  }

  function value(field: TextField, text: string): string {
    if (field === 'lang')
      return text.toLowerCase() === 'und' ? say(said('query.unknownTongue')) : nameOf('language', text, language)
    if (field === 'country') return nameOf('region', text, language)
    return named(field, text, say) ?? quoted(meant(field, text, language))
  }

  function amount({ field, from, to }: NodeOf<'number'>): string {
    const what = say(said(`query.of_${field}`))
    if (from !== null && from === to) return say(said('query.exactNumber', { n: number(from), what }))
    if (from !== null && to !== null) return say(said('query.range', { from: number(from), to: number(to), what }))
    if (from !== null) return say(said('query.atLeast', { n: number(from), what }))
    return say(said('query.atMost', { n: number(to ?? 0), what }))
  }

  function time({ field, at }: NodeOf<'time'>): string {
    if (field === 'since') return say(said('query.since', { date: dateText(at, language) }))
    if (isMidnight(at)) return say(said('query.untilEndOf', { date: dateText(at - 1, language, true) }))
    return say(said('query.before', { date: dateText(at, language) }))
  }

  return { part }
}
