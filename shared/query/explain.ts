import type { FieldValue, Node, NodeOf, Query, QueryProblem, Span } from './ast.ts'
import { lex, type QueryToken } from './lex.ts'
import { lint, type LintOptions } from './lint.ts'
import type { Locale } from './messages.ts'
import { parseQuery } from './parse.ts'
import { slotsOf, tagPattern } from './slots.ts'
import { germanWording } from './wording-de.ts'
import { englishWording } from './wording-en.ts'
import type { Wording } from './wording.ts'

/** The same shape as the contract's `QueryExplanation`. */
export interface Explanation {
  valid: boolean
  /** One sentence; empty when the query cannot be read. */
  words: string
  problems: QueryProblem[]
  tokens: QueryToken[]
}

/** Everything that an editor shows about a query while it is written. Never fails. */
export function explainText(text: string, options: LintOptions = {}): Explanation {
  const locale = options.locale ?? 'en'
  const parsed = parseQuery(text, locale)
  const tokens = lex(text)
  if (!parsed.ok) return { valid: false, words: '', problems: [parsed.error], tokens: withError(tokens, parsed.error) }
  return { valid: true, words: explain(parsed.value, locale), problems: lint(parsed.value, options), tokens }
}

const wordingOf = (locale: Locale): Wording => (locale === 'de' ? germanWording : englishWording)

/** The token under an error is shown as one. */
const withError = (tokens: QueryToken[], error: Span): QueryToken[] =>
  tokens.map((token) => (token.start < error.end && token.end > error.start ? { ...token, kind: 'error' } : token))

/** A query in words: `Mentions that contain “bag” and “lost” but not “found”.` */
export function explain(query: Query, locale: Locale = 'en'): string {
  const wording = wordingOf(locale)
  return wording.sentence(part(query.root, wording))
}

/** What one part of a query asks for, in words. */
export const explainNode = (node: Node, locale: Locale): string => part(node, wordingOf(locale))

/** Longer lists are cut: nobody reads 1,000 names. */
const SHOWN = 12

function part(node: Node, wording: Wording): string {
  switch (node.type) {
    case 'and':
      return conjunction(node.items, wording)
    case 'or':
      return wording.or(
        cut(
          node.items.map((item) => grouped(item, wording)),
          wording,
        ),
      )
    case 'not':
      return conjunction([node], wording)
    case 'near':
      return wording.near(grouped(node.left, wording), grouped(node.right, wording), node.distance, node.ordered)
    case 'word':
      return textPart(node.text, wording)
    case 'phrase': {
      if (node.slop === null) return textPart(node.text, wording)
      const words = slotsOf(node.text, true).map((slot) => wording.quoted(slot.norm ?? slot.glob?.pattern ?? ''))
      return wording.window(words, node.slop)
    }
    case 'raw':
      return wording.raw(node.text)
    case 'field':
      return wording.field(node.field, fieldValues(node, wording))
    case 'number':
      return wording.number(node.field, node.from, node.to)
    case 'time':
      return wording.time(node.field, node.at)
  }
}

/** Words first, then facts, then what is excluded. */
function conjunction(items: readonly Node[], wording: Wording): string {
  const wanted = items.filter((item) => item.type !== 'not')
  const excluded = items.flatMap((item) => (item.type === 'not' ? alternatives(item.item) : []))
  const words = wanted.filter((item) => !isFact(item)).map((item) => grouped(item, wording))
  const facts = wanted.filter(isFact).map((item) => part(item, wording))
  return wording.and(
    cut(words, wording),
    cut(facts, wording),
    cut(
      excluded.map((item) => grouped(item, wording)),
      wording,
    ),
  )
}

const isFact = (node: Node): boolean => node.type === 'field' || node.type === 'number' || node.type === 'time'
const alternatives = (node: Node): readonly Node[] => (node.type === 'or' ? node.items : [node])

const grouped = (node: Node, wording: Wording): string =>
  node.type === 'and' || node.type === 'or' ? `(${part(node, wording)})` : part(node, wording)

function cut(parts: string[], wording: Wording): string[] {
  if (parts.length <= SHOWN + 1) return parts
  return [...parts.slice(0, SHOWN), wording.more(parts.length - SHOWN)]
}

function textPart(text: string, wording: Wording): string {
  const shown = text.trim()
  const tag = tagPattern(shown)
  if (tag !== null) return taggedPart(tag, shown, wording)
  const slots = slotsOf(text, true)
  const [only] = slots
  if (slots.length === 1 && only) {
    if (only.glob)
      return only.glob.prefixOnly ? wording.beginning(only.glob.prefix) : wording.pattern(only.glob.pattern)
    return wording.quoted(shown)
  }
  return wording.quoted(shown)
}

/** As it was written, not as it is folded. */
function taggedPart(tag: string, written: string, wording: Wording): string {
  const sign = tag[0] as '#' | '@'
  const name = written.slice(1)
  if (/^[^*?]+\*$/.test(name)) return wording.tagsBeginning(sign, name.slice(0, -1))
  return wording.tag(sign, name)
}

const fieldValues = (node: NodeOf<'field'>, wording: Wording): string[] =>
  cut(
    node.values.map((value: FieldValue) => wording.value(node.field, value.text)),
    wording,
  )
