import { fold } from '#shared/query/fold.ts'
import { TokenKind, tokenize, type Token } from '../tokens.ts'

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

/**
 * Folded words of a text, at most `most`, an empty one where a sentence ends; `places` takes the number of each word's token.
 */
export function foldedWords(tokens: readonly Token[], words: string[], places: number[], most: number): void {
  words.length = 0
  places.length = 0
  for (let at = 0; at < tokens.length && words.length < most; at++) {
    const { kind, text } = tokens[at]!
    if (kind === TokenKind.word || kind === TokenKind.number || kind === TokenKind.hashtag) {
      const sign = text.indexOf("'")
      const before = sign > 0 && sign <= LONGEST_ELIDED ? elided[text.slice(0, sign)] : undefined
      if (before !== undefined && text.length > sign + 2) {
        words.push(before, fold(text.slice(sign + 1)))
        places.push(at, at)
      } else {
        words.push(fold(text))
        places.push(at)
      }
    } else if (kind === TokenKind.punctuation && ending.test(text) && words.at(-1) !== '') {
      words.push('')
      places.push(at)
    }
  }
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
    const words: string[] = []
    foldedWords(tokenize(piece.replace(/\*$/, '')), words, [], 8)
    const said = words.filter((word) => word !== '')
    for (const [nth, word] of said.entries()) {
      sentence.push({ word, begins: piece.endsWith('*') && nth === said.length - 1, gap })
      gap = false
    }
  }
  return sentence
}
