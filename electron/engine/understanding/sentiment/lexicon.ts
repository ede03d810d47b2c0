import { combine, finish, hashText } from '../hash.ts'
import { TokenKind, type Token } from '../tokens.ts'
import { NEGATES } from './negation.ts'

/** Valence of single words and emoji by language, −5 … 5, in an open-addressed table of hashes. */
export interface Lexicon {
  keys: Uint32Array
  /** Quarters: 4 is a valence of 1. 0: empty slot. */
  values: Int8Array
}

export const EMOJI_LANGUAGE = 'emoji'

/** Under which a word of a language (`languageKey`) stands. */
export const wordKey = (language: number, word: string): number => finish(combine(language, hashText(word)))
export const languageKey = (lang: string): number => hashText(`${lang}/`)

/** `entries` of [language, word, valence]; the first of two entries for one word counts. */
export function buildLexicon(entries: readonly (readonly [lang: string, word: string, valence: number])[]): Lexicon {
  const slots = 2 ** Math.ceil(Math.log2(Math.max(16, entries.length * 1.5)))
  const keys = new Uint32Array(slots)
  const values = new Int8Array(slots)
  for (const [lang, word, valence] of entries) {
    const quarters = Math.max(-20, Math.min(20, Math.round(valence * 4)))
    if (quarters === 0) continue
    const hash = wordKey(languageKey(lang), word)
    let slot = hash & (slots - 1)
    while (values[slot] !== 0 && keys[slot] !== hash) slot = (slot + 1) & (slots - 1)
    if (values[slot] !== 0) continue
    keys[slot] = hash
    values[slot] = quarters
  }
  return { keys, values }
}

/** Words this long and longer are also found by their stem, so that `disgustosa` weighs what `disgustoso` does. */
const STEM_FROM = 5
export const stemLanguage = (lang: string): string => `${lang}~`

/** What an entry's word and a word of a text are cut down to; several, longest first, where endings differ in length. */
export const stemOf = (word: string): string => word.slice(0, word.length >= 7 ? -2 : -1)

/** Entries for stems: the mean of the words that share one, where they agree about the direction. */
export function stemEntries(
  entries: readonly (readonly [lang: string, word: string, valence: number])[],
): [string, string, number][] {
  const stems = new Map<string, { lang: string; stem: string; sum: number; count: number; mixed: boolean }>()
  for (const [lang, word, valence] of entries) {
    if (lang === EMOJI_LANGUAGE || word.length < STEM_FROM) continue
    const stem = stemOf(word)
    const key = `${lang}/${stem}`
    const at = stems.get(key)
    if (!at) stems.set(key, { lang: stemLanguage(lang), stem, sum: valence, count: 1, mixed: false })
    else {
      if (Math.sign(at.sum) !== Math.sign(valence)) at.mixed = true
      at.sum += valence
      at.count++
    }
  }
  return [...stems.values()]
    .filter(({ mixed }) => !mixed)
    .map(({ lang, stem, sum, count }) => [lang, stem, sum / count])
}

/** The valence under a hash, 0 when there is none. */
export function lookUp({ keys, values }: Lexicon, hash: number): number {
  const mask = keys.length - 1
  for (let slot = hash & mask; values[slot] !== 0; slot = (slot + 1) & mask)
    if (keys[slot] === hash) return values[slot]! / 4
  return 0
}

/** Sums of the valences in one text. Reused between texts. */
export interface Valence {
  positive: number
  negative: number
  positiveWords: number
  negativeWords: number
  /** Of them, good ones that a negation made bad, and bad ones that it made good. */
  spoiled: number
  cleared: number
  last: number
  /** Token of the last word with a valence, −1 for none. */
  lastAt: number
}
export const createValence = (): Valence => ({
  positive: 0,
  negative: 0,
  positiveWords: 0,
  negativeWords: 0,
  spoiled: 0,
  cleared: 0,
  last: 0,
  lastAt: -1,
})

const EMOJI = languageKey(EMOJI_LANGUAGE)
const ENGLISH = languageKey('en')
/** What is left of a word's weight behind a negation, the other way round. */
export const NEGATED = -0.7
const languageKeys = new Map<string, number>()
const stemKeys = new Map<string, number>()

/**
 * Adds up what the words of `tokens` weigh in `lang`; English words count half elsewhere, because posts mix. What a negation
 * reaches is turned round at 0.7 of its weight.
 */
export function measureValence(
  lexicon: Lexicon,
  tokens: readonly Token[],
  /** Of each token, with no sign more than twice in a row. */
  words: readonly string[],
  lang: string,
  into: Valence,
  /** As `markNegation` left it. */
  negation: Int16Array,
  /** 1: the token is part of a name, which says nothing. */
  names?: Uint8Array,
  /** Overwritten: of each token that negates, −1 or 1 by the first word it turns round; 0 elsewhere. */
  turned?: Int8Array,
): void {
  const base = lang === 'hi-Latn' || lang === 'und' ? 'en' : lang
  let own = languageKeys.get(base)
  if (own === undefined) {
    own = languageKey(base)
    if (languageKeys.size < 500) languageKeys.set(base, own)
  }
  let ownStem = stemKeys.get(base)
  if (ownStem === undefined) {
    ownStem = languageKey(stemLanguage(base))
    if (stemKeys.size < 500) stemKeys.set(base, ownStem)
  }
  into.positive = into.negative = into.positiveWords = into.negativeWords = into.last = 0
  into.spoiled = into.cleared = 0
  into.lastAt = -1
  const limit = Math.min(tokens.length, negation.length)
  turned?.fill(0, 0, limit)
  for (let at = 0; at < limit; at++) {
    const token = tokens[at]!
    let value = 0
    if (names?.[at] === 1) continue
    if (token.kind === TokenKind.word || token.kind === TokenKind.hashtag) {
      if (negation[at] === NEGATES) continue
      const word = words[at]!
      value = lookUp(lexicon, wordKey(own, word))
      if (value === 0 && word !== token.text) value = lookUp(lexicon, wordKey(own, token.text))
      if (value === 0 && word.length >= STEM_FROM) {
        value = lookUp(lexicon, wordKey(ownStem, stemOf(word)))
        if (value === 0) value = lookUp(lexicon, wordKey(ownStem, word.slice(0, -1)))
      }
      if (value === 0 && own !== ENGLISH && word.charCodeAt(0) < 128)
        value = lookUp(lexicon, wordKey(ENGLISH, word)) * 0.5
    } else if (token.kind === TokenKind.emoji) value = lookUp(lexicon, wordKey(EMOJI, token.text))
    if (value !== 0) {
      const negator = negation[at]!
      if (negator >= 0) {
        if (turned?.[negator] === 0) turned[negator] = Math.sign(value)
        if (value > 0) into.spoiled++
        else into.cleared++
        value *= NEGATED
      }
      if (value > 0) {
        into.positive += value
        into.positiveWords++
      } else {
        into.negative -= value
        into.negativeWords++
      }
      into.last = value
      into.lastAt = at
    }
  }
}
