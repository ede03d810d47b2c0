import type { Lexicon } from '../concepts/lexicon.ts'
import { combine, finish, hashText } from '../hash.ts'
import { squeeze } from '../sentiment/features.ts'
import { TokenKind, tokenize, type Token } from '../tokens.ts'
import { isCommonWord } from './common-words.ts'

/** What a complaint is compared by. Terms are signed 32-bit numbers, each once, with what they weigh beside each other before rarity. */
export interface Traits {
  lang: string
  /** Words and beginnings of words. */
  words: Map<number, number>
  /** Places in the lexicon. */
  parts: number[]
  symptoms: number[]
  meanings: number[]
  /** Error codes and versions, as written, upper case. */
  codes: string[]
  /** What the encoder makes of it, of length one; null: there is none. */
  vector: Float32Array | null
}

/** An encoder's `encode`: what lies near in it means the same, in any language. */
export type Encode = (text: string, tokens: readonly Token[]) => Float32Array

const MOST_WORDS = 80
const WORD = hashText('tw:')
const PIECE = hashText('tp:')
const PIECE_LETTERS = 5
const PIECE_WEIGHT = 0.7

/** `E04`, `HTTP 503`, `ERR_17`: capitals with digits. */
const CODE = /(?<![\p{L}\p{N}])\p{Lu}{1,6}[-_ ]?\d{1,5}(?![\p{L}\p{N}%])/gu
/** `error 417`, `Fehlercode 12`: a number that is called one. */
const CALLED =
  /(?:error|code|fehler|fehlercode|erreur|errore|codice|código|codigo|erro|fout|foutcode|status)[ :#-]{1,3}(\d{1,5})(?![\p{L}\p{N}%.,]\d)/giu
/** `4.2`, `v3.10.1`; not a price, a time of day or a date. */
const VERSION =
  /(?<![\p{L}\p{N}.,€$£])(?:v|version |versión |versione |versie |versão |ios |android )(\d{1,3}(?:\.\d{1,4}){0,3})(?![\p{N}.]\d)/giu

/** Error codes and versions that a text names. */
export function codesOf(text: string): string[] {
  const codes = new Set<string>()
  for (const [code] of text.matchAll(CODE)) codes.add(code.replace(/[-_ ]/, ''))
  for (const [, number] of text.matchAll(CALLED)) codes.add(`E${number!}`)
  for (const [, version] of text.matchAll(VERSION)) codes.add(`V${version!}`)
  return [...codes]
}

/** What a complaint is compared by. `lang`: BCP 47. */
export function traitsOf(text: string, lang: string, lexicon: Lexicon, encode: Encode | null = null): Traits {
  const tokens = tokenize(text)
  const words = new Map<number, number>()
  for (const { kind, text: written } of tokens) {
    if (kind !== TokenKind.word && kind !== TokenKind.hashtag) continue
    const word = squeeze(written)
    if (isCommonWord(word)) continue
    if (words.size > MOST_WORDS * 2) break
    words.set(finish(combine(WORD, hashText(word))) | 0, 1)
    if (word.length > PIECE_LETTERS)
      words.set(finish(combine(PIECE, hashText(word.slice(0, PIECE_LETTERS)))) | 0, PIECE_WEIGHT)
  }
  const found = lexicon.find(tokens, lang).map(({ concept }) => concept)
  const ofKind = (kind: string): number[] => found.filter((concept) => lexicon.concepts[concept]!.kind === kind)
  return {
    lang,
    words,
    parts: ofKind('part'),
    symptoms: ofKind('symptom'),
    meanings: ofKind('word'),
    codes: codesOf(text),
    vector: encode?.(text, tokens) ?? null,
  }
}
