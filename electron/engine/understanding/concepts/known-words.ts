import { HASH_START, step } from '../hash.ts'
import { beginningKey, wordKey } from './lexicon-file.ts'

/** Letters of a word that are looked at. */
export const MOST_LETTERS = 40

/** A folded word and what begins with it in the lexicon. */
export interface KnownWord {
  length: number
  /** Key of the whole word, and of each of its beginnings by their number of letters. */
  key: number
  beginnings: Int32Array
  /** Places of the first phrases that may begin with it, and how many of its letters they name. */
  firsts: number[]
  letters: number[]
  /** Of a word made of others: the same for what it is made of; null: nobody asked yet. */
  parts: Begun | null
  word: string
}

type Begun = Pick<KnownWord, 'firsts' | 'letters'>
/** The place of the first phrase whose first word has this key, −1 for none. */
type FirstOf = (key: number) => number

function add(into: Begun, place: number, letters: number): void {
  if (place < 0) return
  into.firsts.push(place)
  into.letters.push(letters)
}

/** A part of a longer word has at least so many letters, and at its end so many more may follow a beginning. */
const PART_LETTERS = 4
const INFLECTION = 2
/** Words that are kept: twice so many, which is most of what people write. */
const KEPT = 10_000

/** Words by their letters, made once. */
export function createKnownWords(firstOf: FirstOf): (word: string) => KnownWord {
  let recent = new Map<string, KnownWord>()
  let older = new Map<string, KnownWord>()

  function make(word: string): KnownWord {
    const length = Math.min(word.length, MOST_LETTERS)
    const beginnings = new Int32Array(length + 1)
    const found: KnownWord = { length, key: 0, beginnings, firsts: [], letters: [], parts: null, word }
    let hash: number = HASH_START
    for (let at = 0; at < length; at++) {
      hash = step(hash, word.charCodeAt(at))
      beginnings[at + 1] = beginningKey(hash)
      if (at > 0) add(found, firstOf(beginnings[at + 1]!), at + 1)
    }
    found.key = wordKey(hash)
    if (length > 0) add(found, firstOf(found.key), length)
    return found
  }

  return (word) => {
    let found = recent.get(word)
    if (found) return found
    found = older.get(word) ?? make(word)
    if (recent.size >= KEPT) {
      older = recent
      recent = new Map()
    }
    recent.set(word, found)
    return found
  }
}

/** `Waschmaschinenpumpe`: what a long word ends with, the longest first, else what it begins with. */
export function partsOfWord(known: KnownWord, firstOf: FirstOf): Begun {
  if (known.parts) return known.parts
  const parts: Begun = (known.parts = { firsts: [], letters: [] })
  const { word, length } = known
  for (let from = PART_LETTERS - 1; from <= length - PART_LETTERS && parts.firsts.length === 0; from++) {
    let hash: number = HASH_START
    for (let at = from; at < length; at++) {
      hash = step(hash, word.charCodeAt(at))
      if (length - at - 1 <= INFLECTION && at - from >= PART_LETTERS)
        add(parts, firstOf(beginningKey(hash)), at - from + 1)
    }
    add(parts, firstOf(wordKey(hash)), length - from)
  }
  let hash: number = HASH_START
  const whole: number[] = []
  for (let at = 0; at < length; at++) whole.push((hash = step(hash, word.charCodeAt(at))))
  for (let letters = length - PART_LETTERS + 1; letters > PART_LETTERS && parts.firsts.length === 0; letters--)
    add(parts, firstOf(wordKey(whole[letters - 1]!)), letters)
  return parts
}
