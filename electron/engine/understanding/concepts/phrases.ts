import { fold } from '#shared/query/fold.ts'
import { TokenKind, tokenize } from '../tokens.ts'

/** What the apostrophe swallowed: `l'eau` is two words, `don't` is one. */
const elided: Readonly<Record<string, string>> = {
  l: 'l',
  d: 'de',
  j: 'je',
  n: 'ne',
  m: 'me',
  t: 'te',
  s: 'se',
  c: 'ce',
  qu: 'que',
  jusqu: 'jusque',
  dell: 'dell',
  nell: 'nell',
  all: 'all',
  sull: 'sull',
  dall: 'dall',
  un: 'un',
  quest: 'quest',
}
/** Before this many letters no word is swallowed. */
const LONGEST_ELIDED = 5
const ending = /[.!?;…:]/
/** Marks around letters, which folding leaves: they are piled up in jest. */
const encircling = /\p{Me}/u
/** Words of a phrase that are written without a blank between: in some scripts all are. */
const MOST_OF_PIECE = 8

/** Whether a sentence ends with these signs. */
export const endsSentence = (signs: string): boolean => ending.test(signs)

/** What is written together in one token, folded: two words where an apostrophe swallowed a letter of the first. */
export function wordsOfToken(token: string): [word: string] | [before: string, word: string] {
  const text = encircling.test(token) ? token.replace(/\p{Me}+/gu, '') : token
  const sign = text.indexOf("'")
  const before = sign > 0 && sign <= LONGEST_ELIDED ? elided[text.slice(0, sign)] : undefined
  return before !== undefined && text.length > sign + 2 ? [before, fold(text.slice(sign + 1))] : [fold(text)]
}

/** A word of a phrase, folded. */
export interface PhraseWord {
  word: string
  /** `declin*`: any word that begins so. */
  begins: boolean
  /** Up to four other words may stand before it. */
  gap: boolean
}

/** A phrase of the lexicon in its words; empty when it has none. */
export function sentenceOf(phrase: string): PhraseWord[] {
  const sentence: PhraseWord[] = []
  let gap = false
  for (const piece of phrase.trim().toLowerCase().split(/\s+/)) {
    if (piece === '..') {
      gap = sentence.length > 0
      continue
    }
    const said = tokenize(piece.replace(/\*$/, ''))
      .filter(({ kind }) => kind === TokenKind.word || kind === TokenKind.number || kind === TokenKind.hashtag)
      .flatMap(({ text }) => wordsOfToken(text))
      .filter((word) => word !== '')
      .slice(0, MOST_OF_PIECE)
    for (const [nth, word] of said.entries()) {
      sentence.push({ word, begins: piece.endsWith('*') && nth === said.length - 1, gap })
      gap = false
    }
  }
  return sentence
}

/** Whether a phrase can be looked for: of `C++` only a letter is left, which every text has; of `!!!` nothing. */
export const tellsSomething = (phrase: string): boolean =>
  !/^[\0-\x7f]?$/.test(
    sentenceOf(phrase)
      .map(({ word }) => word)
      .join(''),
  )
