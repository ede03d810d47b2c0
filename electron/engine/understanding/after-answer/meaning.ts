import type { Lexicon } from '../concepts/lexicon.ts'
import { markNegation } from '../sentiment/negation.ts'
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
  const tokens = tokensOf(text, lang)
  const words = new Set<string>()
  for (const { concept, start, end } of find(tokens, lang)) {
    if (concept >= ownFrom) continue
    const { id, kind } = concepts[concept]!
    const not = negatorsOf(tokens, start, end).length > 0 ? 'not' : ''
    if (kind !== 'part') words.add(`qq${not}${id.replaceAll('-', '')}qq`)
    if (kind !== 'word') words.add(`qq${not}a${kind}qq`)
  }
  return [...words].sort().join(' ')
}

/** Tokens outside the words that negate one of them; one among them is part of what they mean: "does not turn on" is a fault as it stands. */
function negatorsOf(tokens: readonly Token[], start: number, end: number): number[] {
  const isWithin = (at: number): boolean => tokens[at]!.start >= start && tokens[at]!.end <= end
  return [...tokens.keys()]
    .filter((at) => isWithin(at))
    .map((at) => negated[at]!)
    .filter((at) => at >= 0 && !isWithin(at))
}

/** "It has not stopped beeping": a fault that goes on. */
const goesOn =
  /(?<!\p{L})(?:stop\p{L}*|quit|aufh\p{L}*|aufgeh\p{L}*|dej\p{L}*|par\p{L}{1,3}|arrêt\p{L}*|cess\p{L}*|smett\p{L}*|smess\p{L}*|ophoud\p{L}*|opgehoud\p{L}*|op met)(?!\p{L})/iu

/** Where a negation stands that reaches a fault from outside, and the fault: "not a drip", "flackert nicht mehr". Offsets in UTF-16 code units. */
export function clearedFaults(
  text: string,
  lang: string,
  { find, concepts, ownFrom }: Meanings,
): { start: number; end: number }[] {
  const tokens = tokensOf(text, lang)
  return find(tokens, lang).flatMap(({ concept, start, end }) => {
    if (concept >= ownFrom || concepts[concept]!.kind !== 'symptom') return []
    return negatorsOf(tokens, start, end)
      .map((at) => ({ start: Math.min(start, tokens[at]!.start), end: Math.max(end, tokens[at]!.end) }))
      .filter((place) => !goesOn.test(text.slice(place.start, place.end)))
  })
}

function tokensOf(text: string, lang: string): readonly Token[] {
  const tokens = tokenize(text).slice(0, MOST_TOKENS)
  markNegation(
    tokens,
    tokens.map((token) => token.text),
    lang,
    negated,
  )
  return tokens
}
