import { HASH_START, step } from '../hash.ts'
import { beginningKey, roles, rolesKey, wordKey } from './lexicon-file.ts'
import { wordsOfToken } from './phrases.ts'

/** Letters of a word that are looked at. */
export const MOST_LETTERS = 40

/** A folded word and what it is in the lexicon, as itself and by what it begins with. */
export interface KnownWord {
  word: string
  /** At most `MOST_LETTERS`; 0 where a sentence ends. */
  length: number
  /** Places of the phrases of one word that it is, or begins as, and how many of its letters they name. */
  alone: Begun
  /** Keys by which longer phrases begin with it: where the second word follows at once, and where others may stand between. */
  leads: Keys
  leadsGap: Keys
  /** Keys by which it stands in second place, and in any place after the first. */
  seconds: readonly number[]
  later: readonly number[]
  /** Of a word made of others: the phrases that those are; null: nobody asked yet. */
  parts: Begun | null
  /** What is written together with it: `l'eau`; null: nothing. */
  before: KnownWord | null
}

interface Keys {
  readonly keys: readonly number[]
  readonly letters: readonly number[]
}
interface Begun {
  readonly firsts: readonly number[]
  readonly letters: readonly number[]
}
/** The place of the first phrase with this key, −1 for none. */
type FirstOf = (key: number) => number

// Most words are nothing in most places: one empty list for all of them.
const none: readonly number[] = []
const noKeys: Keys = { keys: none, letters: none }
const nothing: Begun = { firsts: none, letters: none }

/** A part of a longer word has at least so many letters, and at its end so many more may follow a beginning. */
const PART_LETTERS = 4
const INFLECTION = 2
/** Words that are kept: twice so many, which is most of what people write. */
const KEPT = 20_000

const more = <Value>(list: readonly Value[], value: Value): readonly Value[] => [...list, value]
const moreKeys = ({ keys, letters }: Keys, key: number, of: number): Keys => ({
  keys: more(keys, key),
  letters: more(letters, of),
})
const begin = (begun: Begun, place: number, of: number): Begun =>
  place < 0 ? begun : { firsts: more(begun.firsts, place), letters: more(begun.letters, of) }

const LONG_ENOUGH = 5
const WITHOUT_DOTS = /[aou]e/
const WITHOUT_DOTS_EACH = /([aou])e/g
const isSomething = ({ alone, leads, leadsGap, later }: KnownWord): boolean =>
  alone.firsts.length > 0 || leads.keys.length > 0 || leadsGap.keys.length > 0 || later.length > 0

/** Where a sentence ends. */
export const sentenceEnd: KnownWord = {
  word: '',
  length: 0,
  alone: nothing,
  leads: noKeys,
  leadsGap: noKeys,
  seconds: none,
  later: none,
  parts: null,
  before: null,
}

/** Words by the text of their token, made once. */
export function createKnownWords(firstOf: FirstOf): (token: string) => KnownWord {
  let recent = new Map<string, KnownWord>()
  let older = new Map<string, KnownWord>()

  function make(word: string): KnownWord {
    const length = Math.min(word.length, MOST_LETTERS)
    const found: KnownWord = { ...sentenceEnd, word, length }
    const meet = (key: number, letters: number): void => {
      const is = firstOf(rolesKey(key))
      if (is < 0) return
      if ((is & roles.alone) !== 0) found.alone = begin(found.alone, firstOf(key), letters)
      if ((is & roles.leads) !== 0) found.leads = moreKeys(found.leads, key, letters)
      if ((is & roles.leadsGap) !== 0) found.leadsGap = moreKeys(found.leadsGap, key, letters)
      if ((is & roles.second) !== 0) found.seconds = more(found.seconds, key)
      if ((is & roles.later) !== 0) found.later = more(found.later, key)
    }
    let hash: number = HASH_START
    for (let at = 0; at < length; at++) {
      hash = step(hash, word.charCodeAt(at))
      if (at > 0) meet(beginningKey(hash), at + 1)
    }
    if (length > 0) meet(wordKey(hash), length)
    return found
  }

  /** `Rueckerstattung`: who has no ü writes ue. Only where the word as it stands is nothing. */
  function makeGerman(word: string): KnownWord {
    const found = make(word)
    if (word.length < LONG_ENOUGH || !WITHOUT_DOTS.test(word) || isSomething(found)) return found
    const meant = make(word.replace(WITHOUT_DOTS_EACH, '$1'))
    return isSomething(meant) ? meant : found
  }

  function makeOf(token: string): KnownWord {
    const [first, second] = wordsOfToken(token)
    if (second === undefined) return makeGerman(first)
    return { ...makeGerman(second), before: make(first) }
  }

  return (token) => {
    let found = recent.get(token)
    if (found) return found
    found = older.get(token) ?? makeOf(token)
    if (recent.size >= KEPT) {
      older = recent
      recent = new Map()
    }
    recent.set(token, found)
    return found
  }
}

/**
 * `Waschmaschinenpumpe`: what a long word ends with, the longest first; with `beginnings`, else what it begins with: `Kofferraum` has something of a
 * `Koffer` and is none.
 */
export function partsOfWord(known: KnownWord, firstOf: FirstOf, beginnings: boolean): Begun {
  if (known.parts) return known.parts
  let parts = nothing
  const { word, length } = known
  for (let from = PART_LETTERS - 1; from <= length - PART_LETTERS && parts === nothing; from++) {
    let hash: number = HASH_START
    for (let at = from; at < length; at++) {
      hash = step(hash, word.charCodeAt(at))
      if (length - at - 1 <= INFLECTION && at - from >= PART_LETTERS)
        parts = begin(parts, firstOf(beginningKey(hash)), at - from + 1)
    }
    parts = begin(parts, firstOf(wordKey(hash)), length - from)
  }
  if (!beginnings) return (known.parts = parts)
  let hash: number = HASH_START
  const whole: number[] = []
  for (let at = 0; at < length; at++) whole.push((hash = step(hash, word.charCodeAt(at))))
  for (let letters = length - PART_LETTERS + 1; letters > PART_LETTERS && parts === nothing; letters--)
    parts = begin(parts, firstOf(wordKey(whole[letters - 1]!)), letters)
  return (known.parts = parts)
}
