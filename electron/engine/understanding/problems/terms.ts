import { combine, finish, hashText } from '../hash.ts'
import { squeeze } from '../sentiment/features.ts'
import { TokenKind, tokenize } from '../tokens.ts'
import { isCommonWord } from './common-words.ts'
import { beginsAmbiguously, conceptOf, conceptsTellingAlone, saysSignIn } from './concepts.ts'

/** What a term of a text is: a word itself, two neighbours, the beginning of a word, or what a word means in any language. */
export const TermKind = { word: 0, pair: 1, piece: 2, concept: 3 } as const
export type TermKind = (typeof TermKind)[keyof typeof TermKind]

export interface TermSink {
  /**
   * `hash` is a signed 32-bit integer (small integers make fast keys); `word` is empty for all but words; `matter` is the same for all
   * terms of one word of the text.
   */
  (hash: number, weight: number, kind: TermKind, word: string, matter: number): void
}

const WORD = hashText('pw:')
const PAIR = hashText('pp:')
const PIECE = hashText('pc:')
const CONCEPT = hashText('pm:')
const MOST_TOKENS = 80
const weights = { word: 1, pair: 0.3, four: 0.9, five: 0.6, concept: 0.5 } as const

/** Key of a word (lower case) as `termsOf` gives it. */
export const hashOfWord = (word: string): number => finish(combine(WORD, hashText(word))) | 0

/** Keys of what says by itself which fault it is. */
export const termsTellingAlone: readonly number[] = conceptsTellingAlone.map(
  (concept) => finish(combine(CONCEPT, concept)) | 0,
)

/** Words (not the common ones), neighbours, pieces of longer words, so that `charging` meets `charger`, and concepts. Terms may come twice. */
export function termsOf(text: string, add: TermSink): void {
  let previous = 0
  let words = 0
  const tokens = tokenize(text)
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== TokenKind.word && token.kind !== TokenKind.hashtag && token.kind !== TokenKind.number) continue
    const written = squeeze(token.text)
    const word = saysSignIn(written, tokens[at + 1]?.text, tokens[at + 2]?.text) ? 'login' : written
    const concept = conceptOf(withoutArticle(word))
    if (concept !== 0) add(finish(combine(CONCEPT, concept)) | 0, weights.concept, TermKind.concept, '', at)
    if (isCommonWord(word)) continue
    if (++words > MOST_TOKENS) break
    const hash = hashText(word)
    add(finish(combine(WORD, hash)) | 0, weights.word, TermKind.word, word, at)
    if (previous !== 0) add(finish(combine(combine(PAIR, previous), hash)) | 0, weights.pair, TermKind.pair, '', at)
    previous = hash
    // `charged` and `charger` begin alike and mean two things: such beginnings only meet within one meaning.
    const beginning = concept !== 0 && beginsAmbiguously(word) ? combine(PIECE, concept) : PIECE
    if (word.length >= 4)
      add(finish(combine(beginning, hashText(word.slice(0, 4)))) | 0, weights.four, TermKind.piece, '', at)
    if (word.length >= 6)
      add(finish(combine(beginning, hashText(word.slice(0, 5)))) | 0, weights.five, TermKind.piece, '', at)
  }
}

/** `l'application`, `dell'ordine` → the noun; `don't` and `shop's` stay. */
function withoutArticle(word: string): string {
  const sign = word.indexOf("'")
  return sign > 0 && sign < 6 && word.length - sign > 3 ? word.slice(sign + 1) : word
}
