import type { Lexicon } from '../concepts/lexicon.ts'
import { markNegation, NEGATES } from '../sentiment/negation.ts'
import { tokenize, type Token } from '../tokens.ts'

/** What of a lexicon is needed to name what a text speaks of. */
export type Meanings = Pick<Lexicon, 'find' | 'concepts' | 'ownFrom'>

const MOST_TOKENS = 200
const negated = new Int16Array(MOST_TOKENS)

/**
 * One made-up word for each concept of the lexicon in `text`, the same in all seven languages, so that what was learned of "torn" is known of
 * "strappata"; what a negation reaches has another one: a sleeve that is torn needs somebody, one that is not does not. Parts are all
 * one: what broke says nothing of whether it works again.
 */
export function meaningWords(text: string, lang: string, { find, concepts, ownFrom }: Meanings): string {
  const tokens = tokenize(text).slice(0, MOST_TOKENS)
  markNegation(
    tokens,
    tokens.map((token) => token.text),
    lang,
    negated,
  )
  const words = new Set<string>()
  for (const { concept, start, end } of find(tokens, lang)) {
    if (concept >= ownFrom) continue
    const { id, kind } = concepts[concept]!
    const not = isNegated(tokens, start, end) ? 'not' : ''
    if (kind !== 'part') words.add(`qq${not}${id.replaceAll('-', '')}qq`)
    if (kind !== 'word') words.add(`qq${not}a${kind}qq`)
  }
  return [...words].sort().join(' ')
}

const isNegated = (tokens: readonly Token[], start: number, end: number): boolean =>
  tokens.some((token, at) => token.start >= start && token.end <= end && (negated[at]! >= 0 || negated[at] === NEGATES))
