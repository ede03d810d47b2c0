import type { Lexicon } from '../concepts/lexicon.ts'
import { combine, finish, hashText } from '../hash.ts'
import { squeeze } from '../sentiment/features.ts'
import { TokenKind, tokenize, type Token } from '../tokens.ts'
import { isCommonWord } from './common-words.ts'
import { saysSignIn } from './sign-in.ts'

/**
 * What a term of a text is: a word itself, two neighbours, the beginning of a word, what it is about in any language, or what is wrong with
 * that.
 */
export const TermKind = { word: 0, pair: 1, piece: 2, concept: 3, symptom: 4 } as const
export type TermKind = (typeof TermKind)[keyof typeof TermKind]
export const isMeant = (kind: number): boolean => kind >= TermKind.concept

export type Concepts = Pick<Lexicon, 'concepts' | 'find'>

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
const PART_PIECE = hashText('pq:')
const CONCEPT = hashText('pm:')
const MOST_TOKENS = 80
const weights = { word: 1, pair: 0.3, four: 0.9, five: 0.6, concept: 0.5 } as const

/** Key of a word (lower case) as `termsOf` gives it. */
export const hashOfWord = (word: string): number => finish(combine(WORD, hashText(word))) | 0

/** Words (not the common ones), neighbours, pieces of longer words, so that `charging` meets `charger`, and concepts. Terms may come twice. */
export function termsOf(text: string, lang: string, lexicon: Concepts, add: TermSink): void {
  let previous = 0
  let words = 0
  const tokens = tokenize(text)
  const meant = meantBy(tokens, lang, lexicon, add)
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== TokenKind.word && token.kind !== TokenKind.hashtag && token.kind !== TokenKind.number) continue
    const written = squeeze(token.text)
    const word = saysSignIn(written, tokens[at + 1]?.text, tokens[at + 2]?.text) ? 'login' : written
    if (isCommonWord(word)) continue
    if (++words > MOST_TOKENS) break
    const hash = hashText(word)
    add(finish(combine(WORD, hash)) | 0, weights.word, TermKind.word, word, at)
    if (previous !== 0) add(finish(combine(combine(PAIR, previous), hash)) | 0, weights.pair, TermKind.pair, '', at)
    previous = hash
    // `charged` and `charger` begin alike and mean two things: parts only meet parts.
    const beginning = meant.has(at) ? PART_PIECE : PIECE
    if (word.length >= 4)
      add(finish(combine(beginning, hashText(word.slice(0, 4)))) | 0, weights.four, TermKind.piece, '', at)
    if (word.length >= 6)
      add(finish(combine(beginning, hashText(word.slice(0, 5)))) | 0, weights.five, TermKind.piece, '', at)
  }
}

/** Adds the concepts; returns the tokens that name a part by themselves. */
function meantBy(tokens: readonly Token[], lang: string, lexicon: Concepts, add: TermSink): Set<number> {
  const meant = new Set<number>()
  let at = 0
  for (const { concept, start, end } of lexicon.find(tokens, lang)) {
    while (tokens[at]!.end <= start) at++
    // `your branch` and `branch` are one matter.
    let last = at
    while (tokens[last]!.end < end) last++
    const { kind, id, topic } = lexicon.concepts[concept]!
    // General words tell too little for a first look.
    if (kind === 'word') continue
    const key = combine(CONCEPT, hashText(`${kind} ${id}`))
    // That something is broken tells nobody which fault it is.
    const tells = kind === 'symptom' && topic !== 'general' && topic !== 'quality'
    add(finish(key) | 0, weights.concept, tells ? TermKind.symptom : TermKind.concept, '', last)
    if (last === at && kind === 'part') meant.add(at)
  }
  return meant
}
