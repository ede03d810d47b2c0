import { combine, finish, HASH_START, step } from '../hash.ts'
import { TokenKind, type Token } from '../tokens.ts'
import { languageKey, lookUp, NEGATED, wordKey, type Lexicon } from './lexicon.ts'
import { NEGATES } from './negation.ts'

/** Of `resources/models/mood-words.txt`: what people write in posts, by weight −3 … 3. */
export interface MoodWord {
  lang: string
  /** A word, or with `*` at its end the beginning of words. */
  word: string
  weight: number
}

const wholeLanguage = (lang: string): string => `${lang}+`
const prefixLanguage = (lang: string): string => `${lang}*`
/** Languages that the list has; elsewhere nothing is looked up. */
const LANGUAGES = ['ar', 'de', 'en', 'es', 'fr', 'hi-Latn', 'it', 'nl', 'pt']
const keys = new Map(
  LANGUAGES.map((lang) => [
    lang,
    { whole: languageKey(wholeLanguage(lang)), prefix: languageKey(prefixLanguage(lang)) },
  ]),
)
const SHORTEST_PREFIX = 3
const LONGEST_PREFIX = 24
const SHORTEST_STEM = 3

/** Entries for `buildLexicon`, in the spelling that `spelling` gives to words of a text. */
export function moodEntries(words: readonly MoodWord[]): [lang: string, word: string, weight: number][] {
  return words.flatMap(({ lang, word, weight }): [string, string, number][] => {
    const starts = word.endsWith('*')
    const spelled = spelling((starts ? word.slice(0, -1) : word).toLowerCase(), lang)
    return spelled.length < 2 ? [] : [[starts ? prefixLanguage(lang) : wholeLanguage(lang), spelled, weight]]
  })
}

/** Sums over one text. Reused between texts. */
export interface MoodSums {
  positive: number
  negative: number
  positiveWords: number
  negativeWords: number
  /** Of them, good ones that a negation made bad, and bad ones that it made good. */
  spoiled: number
  cleared: number
  last: number
}
export const createMoodSums = (): MoodSums => ({
  positive: 0,
  negative: 0,
  positiveWords: 0,
  negativeWords: 0,
  spoiled: 0,
  cleared: 0,
  last: 0,
})

/**
 * Adds up the weights of the words of `tokens`; `found` hears of each word that has one. Returns false where the list does not
 * have the language. What a negation reaches is turned round at 0.7 of its weight.
 */
export function measureMood(
  lexicon: Lexicon,
  tokens: readonly Token[],
  /** Of each token, with no sign more than twice in a row. */
  words: readonly string[],
  lang: string,
  into: MoodSums,
  found: (weight: number, at: number) => void,
  /** As `markNegation` left it. */
  negation: Int16Array,
  names?: Uint8Array,
  /** As measureValence left it; what negates a word of this list alone is added. */
  turned?: Int8Array,
): boolean {
  into.positive = into.negative = into.positiveWords = into.negativeWords = into.last = 0
  into.spoiled = into.cleared = 0
  if (!keys.has(lang)) return false
  const weightOf = weightsOf(lexicon, lang)
  const limit = Math.min(tokens.length, negation.length)
  for (let at = 0; at < limit; at++) {
    const token = tokens[at]!
    if (token.kind !== TokenKind.word && token.kind !== TokenKind.hashtag) continue
    const negator = negation[at]!
    if (names?.[at] === 1 || negator === NEGATES) continue
    let weight = weightOf(words[at]!)
    if (weight !== 0) {
      if (negator >= 0) {
        if (turned?.[negator] === 0) turned[negator] = Math.sign(weight)
        if (weight > 0) into.spoiled++
        else into.cleared++
        weight *= NEGATED
      }
      if (weight > 0) {
        into.positive += weight
        into.positiveWords++
      } else {
        into.negative -= weight
        into.negativeWords++
      }
      into.last = weight
      found(weight, at)
    }
  }
  return true
}

/** Words whose weights are kept: most are said again and again, and a beginning is looked up for each number of its letters. */
const KEPT = 20_000
const LONGEST_KEPT = 40
const kept = new WeakMap<Lexicon, Map<string, (word: string) => number>>()

/** The weight of a word of this language, 0 for none. */
function weightsOf(lexicon: Lexicon, lang: string): (word: string) => number {
  let ofLexicon = kept.get(lexicon)
  if (!ofLexicon) kept.set(lexicon, (ofLexicon = new Map()))
  let weightOf = ofLexicon.get(lang)
  if (weightOf) return weightOf
  let known = new Map<string, number>()
  weightOf = (word) => {
    let weight = known.get(word)
    if (weight !== undefined) return weight
    weight = findMood(lexicon, spelling(word, lang), lang)
    if (word.length > LONGEST_KEPT) return weight
    if (known.size >= KEPT) known = new Map()
    known.set(word, weight)
    return weight
  }
  ofLexicon.set(lang, weightOf)
  return weightOf
}

const prefixHashes = new Int32Array(LONGEST_PREFIX + 1)

function findMood(lexicon: Lexicon, word: string, lang: string): number {
  const { whole, prefix } = keys.get(lang)!
  const weight = lookUp(lexicon, wordKey(whole, word))
  if (weight !== 0) return weight
  if (lang === 'ar') return findArabic(lexicon, word, whole)
  const length = Math.min(word.length, LONGEST_PREFIX)
  let hash = HASH_START
  for (let at = 0; at < length; at++) prefixHashes[at + 1] = hash = step(hash, word.charCodeAt(at))
  for (let size = length; size >= SHORTEST_PREFIX; size--) {
    const begun = lookUp(lexicon, finish(combine(prefix, prefixHashes[size]!)))
    if (begun !== 0) return begun
  }
  return 0
}

/** And, the, with the, like the, so the, the, for the, and, so, with, for. */
const ARABIC_STARTS = ['وال', 'بال', 'كال', 'فال', 'ال', 'لل', 'و', 'ف', 'ب', 'ل']
/** Pronouns, duals, plurals and feminines. */
const ARABIC_ENDS = ['هما', 'كما', 'ها', 'ات', 'ون', 'ين', 'هم', 'كم', 'نا', 'وا', 'ته', 'ه', 'ي', 'ك', 'ا']

/** Tries the word without what Arabic writes together with it. */
function findArabic(lexicon: Lexicon, word: string, whole: number): number {
  const withoutStart = (rest: string): number => {
    for (const start of ARABIC_STARTS) {
      if (rest.length - start.length < SHORTEST_STEM || !rest.startsWith(start)) continue
      const weight = lookUp(lexicon, wordKey(whole, rest.slice(start.length)))
      if (weight !== 0) return weight
    }
    return 0
  }
  const weight = withoutStart(word)
  if (weight !== 0) return weight
  for (const end of ARABIC_ENDS) {
    if (word.length - end.length < SHORTEST_STEM || !word.endsWith(end)) continue
    const rest = word.slice(0, -end.length)
    const found = lookUp(lexicon, wordKey(whole, rest)) || withoutStart(rest)
    if (found !== 0) return found
  }
  return 0
}

/** How the list and a text are made alike; `word` in lower case, elongation already taken out. */
export function spelling(word: string, lang: string): string {
  if (lang === 'ar') return plainArabic(word)
  if (lang === 'hi-Latn') return hindiBySound(word)
  return /[\u00e0-\u017f]/.test(word) ? word.normalize('NFD').replace(/[\u0300-\u036f]/g, '') : word
}

function plainArabic(word: string): string {
  return word
    .replace(/[\u064b-\u065f\u0670\u0640]/g, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/[ىئ]/g, 'ي')
    .replace(/ة/g, 'ه')
    .replace(/ؤ/g, 'و')
}

/** One spelling for what each writer spells by ear: achha, accha, acha; bahut, bohot. */
function hindiBySound(word: string): string {
  return word
    .replace(/(.)\1+/g, (run, sign: string) => (run === 'ee' ? 'i' : run === 'oo' ? 'u' : sign))
    .replace(/ph/g, 'f')
    .replace(/w/g, 'v')
    .replace(/q/g, 'k')
    .replace(/z/g, 'j')
    .replace(/h/g, '')
    .replace(/[ye]/g, 'i')
    .replace(/o/g, 'u')
    .replace(/(.)\1+/g, '$1')
    .replace(/[aiu]n?$/, '')
}
