import { createFeatureSet, type FeatureSet } from '../feature-set.ts'
import { combine, finish, hashText, step } from '../hash.ts'
import { TokenKind, type Token } from '../tokens.ts'
import { createValence, measureValence, type Lexicon } from './lexicon.ts'
import { createMoodSums, measureMood } from './mood-words.ts'
import { markNames } from './names.ts'
import { markNegation } from './negation.ts'

/**
 * What the sentiment model looks at. Every feature is an unsigned 32-bit hash with the token that it came from, so that a
 * contribution can be traced back to words:
 *
 * - words, pairs and triples of words; words behind a negation are others, and so are words of names (names.ts), which are one in pairs
 * - what negations turned round, beside what stands as it is, whatever the words
 * - words that negate, by whether they turn something good or something bad round
 * - pieces of 2 … 6 signs within a word and its borders
 * - emoji, emoticons, hashtags (whole and split), runs of ! and ?
 * - shape: elongation, capitals, length; how positive and negative the words of valence lists are
 *
 * Single words are there twice, for all languages and for the text's own: `gift` is not the same in English and German. So are
 * pieces, but for English, which has most of the training data and would have them twice for nothing.
 * Links, handles and numbers become one placeholder each.
 */
export type Features = FeatureSet

/** For training only: pieces of words are told from words. */
export const FeatureGroup = { word: 0, phrase: 1, piece: 2, shape: 3, ownPiece: 4 } as const
/** What a present feature of each group counts for. */
export const groupValues = [1, 0.7, 0.45, 1, 0.35] as const
/** Languages whose words have weights of their own. Hindi in Latin letters is half English and has English's. */
export const trainedLanguages = ['ar', 'de', 'en', 'es', 'fr', 'it', 'pt', 'nl'] as const
const ENGLISH = trainedLanguages.indexOf('en') + 1

/** Posts longer than this are read up to here: an article's tail does not change what its start says. */
export const MAX_FEATURES = 6000
export const createFeatures = (): Features => createFeatureSet(MAX_FEATURES)

const SEED_WORD = hashText('w:')
const SEED_NEGATED = hashText('n:')
const SEED_PHRASE = hashText('p:')
const SEED_PIECE = hashText('c:')
const SEED_SHAPE = hashText('s:')
const SEED_TAG = hashText('#:')
const SEED_NAME = hashText('N:')
const SEED_TURNS_BAD = hashText('-:')
const SEED_TURNS_GOOD = hashText('+:')
const PLACE = {
  url: hashText('<url>'),
  handle: hashText('<user>'),
  number: hashText('<num>'),
  name: hashText('<name>'),
} as const
const valence = createValence()
const mood = createMoodSums()
const MOST_TOKENS = 400
const names = new Uint8Array(MOST_TOKENS)
const turned = new Int8Array(MOST_TOKENS)
const negation = new Int16Array(MOST_TOKENS)
/** What each token is read as. */
const read: string[] = []

/** `soooo` → `soo`: three or more of a sign become two. Returns the same string when nothing changes. */
export function squeeze(word: string): string {
  let run = 1
  for (let at = 1; at < word.length; at++) {
    run = word.charCodeAt(at) === word.charCodeAt(at - 1) ? run + 1 : 1
    if (run > 2) return word.replace(/(.)\1{2,}/gu, '$1$1')
  }
  return word
}

/** `#WorstFlightEver` → worst, flight, ever; nothing to split: empty. `raw` is the tag as written, without the sign. */
export function splitHashtag(raw: string): string[] {
  if (!/[\p{Ll}\p{N}]\p{Lu}|_|\p{L}\p{N}|\p{N}\p{L}/u.test(raw)) return []
  return raw
    .split(/_+|(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/u)
    .filter((part) => part.length > 0)
    .map((part) => part.toLowerCase())
}

/**
 * Fills `into` (overwritten) with the features of the text that `tokens` were cut from.
 * Long: one pass over the tokens; each group of features is a few lines that need what the last ones were.
 */
export function extractFeatures(
  text: string,
  tokens: readonly Token[],
  lang: string,
  lexicon: Lexicon,
  into: Features,
): void {
  into.clear()
  const language = lang === 'hi-Latn' ? ENGLISH : trainedLanguages.indexOf(lang as 'en') + 1
  const seed = Math.imul(language, 0x85ebca6b)
  const pieceSeed = language > 0 && language !== ENGLISH ? seed ^ 0x5bd1e995 : 0
  const addWord = (hash: number, owner: number): void => {
    into.add(hash, owner, FeatureGroup.word)
    if (language > 0) into.add((Math.imul(hash, 0x9e3779b1) ^ seed) >>> 0, owner, FeatureGroup.word)
  }
  let previous = hashText('<s>')
  let beforePrevious = 0
  let seen = 0
  let capitals = 0
  let words = 0
  let elongated = false
  let exclamations = 0
  let questions = 0
  const limit = Math.min(tokens.length, MOST_TOKENS)
  markNames(text, tokens, lang, names)
  for (let at = 0; at < limit; at++) read[at] = squeeze(tokens[at]!.text)
  markNegation(tokens, read, lang, negation)
  measureValence(lexicon, tokens, read, lang, valence, negation, names, turned)
  const shape = (value: number): void => into.add(finish(combine(SEED_SHAPE, value)), -1, FeatureGroup.shape)
  const found = (weight: number, at: number): void =>
    into.add(finish(combine(SEED_SHAPE, 400 + Math.round(weight))), at, FeatureGroup.shape)
  const listed = measureMood(lexicon, tokens, read, lang, mood, found, negation, names, turned)
  for (let at = 0; at < limit; at++) {
    const token = tokens[at]!
    let hash: number
    if (token.kind === TokenKind.word) {
      const word = read[at]!
      if (word !== token.text) elongated = true
      words++
      if (token.end - token.start > 2 && isCapitals(text, token)) capitals++
      hash = hashText(word)
      if (names[at] === 1) {
        addWord(finish(combine(SEED_NAME, hash)), at)
        hash = PLACE.name
      } else if (turned[at] !== 0) {
        // "Not" before something bad is not the "not" before something good.
        const seed = turned[at]! < 0 ? SEED_TURNS_BAD : SEED_TURNS_GOOD
        addWord(finish(combine(seed, hash)), at)
        into.add(finish(seed), at, FeatureGroup.shape)
      }
      // "Not disappointed" has nothing of the weight of "disappointed".
      else if (negation[at]! >= 0) addWord(finish(combine(SEED_NEGATED, hash)), at)
      else {
        addWord(finish(combine(SEED_WORD, hash)), at)
        pieces(into, word, at, pieceSeed)
      }
    } else if (token.kind === TokenKind.hashtag) {
      hash = hashText(read[at]!)
      addWord(finish(combine(SEED_TAG, hash)), at)
      addWord(finish(combine(SEED_WORD, hash)), at)
      for (const part of splitHashtag(text.slice(token.start + 1, token.end))) {
        addWord(finish(combine(SEED_WORD, hashText(part))), at)
      }
      pieces(into, read[at]!, at, pieceSeed)
    } else if (token.kind === TokenKind.punctuation) {
      const unit = token.text.charCodeAt(0)
      if (unit === 33) exclamations += token.text.length
      if (unit === 63) questions += token.text.length
      hash = hashText(token.text)
      addWord(finish(combine(SEED_WORD, hash)), at)
    } else if (token.kind === TokenKind.url || token.kind === TokenKind.handle || token.kind === TokenKind.number) {
      hash = token.kind === TokenKind.url ? PLACE.url : token.kind === TokenKind.handle ? PLACE.handle : PLACE.number
      addWord(finish(combine(SEED_WORD, hash)), at)
    } else {
      hash = hashText(token.text)
      addWord(finish(combine(SEED_WORD, hash)), at)
    }
    into.add(finish(combine(combine(SEED_PHRASE, previous), hash)), at, FeatureGroup.phrase)
    if (seen > 0)
      into.add(finish(combine(combine(combine(SEED_PHRASE, beforePrevious), previous), hash)), at, FeatureGroup.phrase)
    beforePrevious = previous
    previous = hash
    seen++
  }
  const bin = (value: number, most: number): number => Math.max(-most, Math.min(most, Math.round(value)))
  shape(1000 + Math.min(12, words >> 1))
  if (elongated) shape(2)
  if (capitals > 0) shape(10 + Math.min(3, capitals))
  if (exclamations > 0) shape(20 + Math.min(3, exclamations))
  if (questions > 0) shape(30 + Math.min(3, questions))
  shape(100 + bin(valence.positive, 6))
  shape(120 + bin(valence.negative, 6))
  shape(150 + bin(valence.positive - valence.negative, 6))
  into.add(finish(combine(SEED_SHAPE, 180 + Math.sign(valence.last))), valence.lastAt, FeatureGroup.shape)
  shape(200 + Math.min(3, valence.positiveWords) * 4 + Math.min(3, valence.negativeWords))
  turnedRound(into, words)
  if (!listed) return
  shape(500 + bin(mood.positive, 8))
  shape(520 + bin(mood.negative, 8))
  shape(550 + bin(mood.positive - mood.negative, 8))
  shape(580 + Math.sign(mood.last))
  shape(600 + Math.min(3, mood.positiveWords) * 4 + Math.min(3, mood.negativeWords))
}

/** What negations turned round, beside what stands as it is: the same for every word that they may turn. */
function turnedRound(into: Features, words: number): void {
  const cleared = Math.max(valence.cleared, mood.cleared)
  const spoiled = Math.max(valence.spoiled, mood.spoiled)
  if (cleared + spoiled === 0) return
  // Words that a negation cleared are among the positive ones, and the other way round.
  const bad = Math.max(valence.negativeWords - valence.spoiled, mood.negativeWords - mood.spoiled)
  const good = Math.max(valence.positiveWords - valence.cleared, mood.positiveWords - mood.cleared)
  const kind = Math.min(2, cleared) * 3 + Math.min(2, spoiled)
  const beside = (bad > 0 ? 1 : 0) + (good > 0 ? 2 : 0)
  const add = (value: number): void => into.add(finish(combine(SEED_SHAPE, value)), -1, FeatureGroup.shape)
  add(700 + kind)
  add(720 + kind * 4 + beside)
  add(800 + (kind * 4 + beside) * 4 + (words < 6 ? 0 : words < 12 ? 1 : words < 25 ? 2 : 3))
}

function isCapitals(text: string, token: Token): boolean {
  for (let at = token.start; at < token.end; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 65 || unit > 90) return false
  }
  return true
}

/** Pieces of 2 … 6 signs of ` word `; with `ownSeed` other than 0 once more for the language that it stands for. */
function pieces(into: Features, word: string, owner: number, ownSeed: number): void {
  const length = word.length
  for (let from = -1; from < length; from++) {
    let hash = step(SEED_PIECE, from < 0 ? 32 : word.charCodeAt(from))
    const last = Math.min(length, from + 5)
    for (let at = from + 1; at <= last; at++) {
      hash = step(hash, at === length ? 32 : word.charCodeAt(at))
      const piece = finish(hash)
      into.add(piece, owner, FeatureGroup.piece)
      if (ownSeed !== 0) into.add((Math.imul(piece, 0x9e3779b1) ^ ownSeed) >>> 0, owner, FeatureGroup.ownPiece)
    }
  }
}
