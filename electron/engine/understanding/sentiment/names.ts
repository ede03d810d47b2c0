import { TokenKind, type Token } from '../tokens.ts'

/** Of two words with a capital that begin a wish and no name: Happy Birthday, Merry Christmas, Good Morning, Thank You. */
const WISHES = new Set(
  'birthday christmas easter halloween holidays anniversary thanksgiving morning afternoon evening night luck you job day weekend friday monday new year years xmas'.split(
    ' ',
  ),
)
/** A sentence with a larger share of capitals is a headline. */
const HEADLINE = 0.6

const isCapital = (unit: number): boolean =>
  (unit >= 65 && unit <= 90) || (unit >= 0xc0 && unit <= 0xde && unit !== 0xd7)
const isSmall = (unit: number): boolean =>
  (unit >= 97 && unit <= 122) || (unit >= 0xdf && unit <= 0xff && unit !== 0xf7)

/** `Best`, but neither `BEST` nor `best`. */
const isTitled = (text: string, { start, end }: Token): boolean =>
  end - start > 1 && isCapital(text.charCodeAt(start)) && isSmall(text.charCodeAt(start + 1))

/**
 * Marks the words that are names by how they are written: two or more with a capital in a row, in a sentence that is not all
 * capitals. German gives every noun one, so there a name does not begin its sentence. `into`: 1 for each token that is part of one.
 */
export function markNames(text: string, tokens: readonly Token[], lang: string, into: Uint8Array): void {
  const limit = Math.min(tokens.length, into.length)
  into.fill(0, 0, limit)
  for (let from = 0; from < limit;) {
    let words = 0
    let titled = 0
    let end = from
    for (; end < limit; end++) {
      const token = tokens[end]!
      if (token.kind === TokenKind.punctuation && /[.!?\u2026]/.test(token.text)) break
      if (token.kind !== TokenKind.word) continue
      words++
      if (isTitled(text, token)) titled++
    }
    if (titled > 1 && titled / words < HEADLINE && words - titled > 1) markRuns(text, tokens, lang, from, end, into)
    from = end + 1
  }
}

function markRuns(
  text: string,
  tokens: readonly Token[],
  lang: string,
  from: number,
  end: number,
  into: Uint8Array,
): void {
  const first = lang === 'de' ? from + 1 : from
  for (let at = first; at < end; at++) {
    if (!isName(text, tokens[at]!)) continue
    let last = at
    while (last + 1 < end && isName(text, tokens[last + 1]!)) last++
    if (last > at && !WISHES.has(tokens[at + 1]!.text)) into.fill(1, at, last + 1)
    at = last
  }
}

const isName = (text: string, token: Token): boolean => token.kind === TokenKind.word && isTitled(text, token)
