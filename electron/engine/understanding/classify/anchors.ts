import { isFunctionWord } from '../function-words.ts'
import { TokenKind, tokenize, type Token } from '../tokens.ts'

/** Stands in the place of an anchor wherever a text is read: what is learned of one name holds for another. */
export const ANCHOR = '\uE000'

const isName = ({ kind }: Token): boolean =>
  kind === TokenKind.word || kind === TokenKind.hashtag || kind === TokenKind.handle
/** Shorter ones are found in any word. */
const LEAST_LETTERS = 4
const LEAST_TEXTS = 0.1
const MOST_ANCHORS = 12

/** Names that a text is searched for: `#iphone5`, `@Apple` and `apples` all hold `apple`. */
export const holdsAnchor = ({ text, kind }: Token, anchors: readonly string[]): boolean =>
  (kind === TokenKind.word || kind === TokenKind.hashtag || kind === TokenKind.handle) &&
  anchors.some((anchor) => (anchor.length < LEAST_LETTERS ? text.replace(/^@/, '') === anchor : text.includes(anchor)))

/** The words of a listen's name and query that its mentions are found by, lower case; operators and words that hold a sentence together are none. */
export function anchorsOf(names: string): string[] {
  const words = tokenize(names)
    .filter((token) => isName(token) && !isFunctionWord(token.text))
    .map(({ text }) => text.replace(/^@/, ''))
  return [...new Set(words)].filter((word) => word.length > 1)
}

/** What takes the place of the listen's names where nobody says them: words that at least every tenth text has. The most frequent 12. */
export function commonAnchors(texts: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const text of texts) {
    const words = tokenize(text).filter((token) => isName(token) && !isFunctionWord(token.text))
    for (const word of new Set(words.map((token) => token.text.replace(/^@/, ''))))
      if (word.length >= LEAST_LETTERS) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return [...counts]
    .filter(([, count]) => count >= LEAST_TEXTS * texts.length)
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .slice(0, MOST_ANCHORS)
    .map(([word]) => word)
}

/** The tokens with every anchor as the same one. */
export const masked = (tokens: readonly Token[], anchors: readonly string[]): Token[] =>
  tokens.map((token) => (holdsAnchor(token, anchors) ? { ...token, text: ANCHOR } : token))
