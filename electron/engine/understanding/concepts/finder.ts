import { step, HASH_START } from '../hash.ts'
import type { Token } from '../tokens.ts'
import { beginningKey, GAP, wordKey, type LexiconTables } from './lexicon-file.ts'
import { conceptKinds, conceptLanguages } from '#shared/query/concept-lines.ts'
import { foldedWords } from './phrases.ts'

/** A concept in a text. */
export interface ConceptFound {
  /** Its place in the lexicon's `concepts`. */
  concept: number
  /** Offsets in UTF-16 code units; `end` is exclusive. */
  start: number
  end: number
}

const MOST_WORDS = 400
const MOST_LETTERS = 40
/** Words that may stand in a gap. */
const IN_GAP = 4
/** Shorter words mean too many things in the other languages. */
const TELLS_IN_ANY = 7
/** Words from here on may be made of others; such a part has at least so many letters. */
const COMPOUND = 8
const COMPOUND_PART = 4
const languageBits: ReadonlyMap<string, number> = new Map(conceptLanguages.map((lang, at) => [lang, 1 << at]))
const ANY = (1 << conceptLanguages.length) - 1
const german = languageBits.get('de')! | languageBits.get('nl')!

interface Hit {
  concept: number
  kind: number
  /** Words it reaches over; both ends inclusive. */
  from: number
  to: number
  /** Letters that were met: the more, the more it tells. */
  weight: number
}

/**
 * Finds the lexicon's parts, symptoms and words in a text; one instance a thread. Within a kind the longer phrase wins: in "card payment" there is no
 * `card`. Some microseconds a text.
 * Long: all of it works on the words and hashes of the text at hand.
 */
export function createConceptFinder(tables: LexiconTables): (tokens: readonly Token[], lang: string) => ConceptFound[] {
  const { slots, row } = tables
  const mask = slots.length / 2 - 1
  const kinds = Uint8Array.from(tables.concepts, ({ kind }) => conceptKinds.indexOf(kind))
  const words: string[] = []
  const places: number[] = []
  /** Hashes of every beginning of every word: of the n-th, `MOST_LETTERS` numbers, the whole one last. */
  const hashes = new Int32Array(MOST_WORDS * MOST_LETTERS)
  const lengths = new Uint8Array(MOST_WORDS)
  let hits: Hit[] = []
  let bits = 0

  function firstOf(key: number): number {
    for (let at = key & mask; ; at = (at + 1) & mask) {
      const place = slots[at * 2 + 1]!
      if (place === 0) return -1
      if (slots[at * 2] === key) return place - 1
    }
  }

  function hashWords(): void {
    for (let at = 0; at < words.length; at++) {
      const word = words[at]!
      const length = Math.min(word.length, MOST_LETTERS)
      let hash: number = HASH_START
      for (let letter = 0; letter < length; letter++) {
        hash = step(hash, word.charCodeAt(letter))
        hashes[at * MOST_LETTERS + letter] = hash
      }
      lengths[at] = length
    }
  }

  const isWord = (at: number, key: number, begins: number): boolean => {
    const length = lengths[at]!
    if (begins === 0) return length > 0 && wordKey(hashes[at * MOST_LETTERS + length - 1]!) === key
    return length >= begins && beginningKey(hashes[at * MOST_LETTERS + begins - 1]!) === key
  }

  /** The last word of the phrase at `place` whose first word stands at `at`; −1: the text goes on otherwise. */
  function endOf(place: number, at: number): number {
    let to = at
    for (let nth = 0; nth < row[place + 3]!; nth++) {
      const key = row[place + 4 + nth * 2]!
      const what = row[place + 5 + nth * 2]!
      const most = (what & GAP) === 0 ? 1 : IN_GAP + 1
      let found = -1
      for (let next = to + 1; next <= to + most && next < words.length && words[next] !== ''; next++) {
        if (!isWord(next, key, what & (GAP - 1))) continue
        found = next
        break
      }
      if (found < 0) return -1
      to = found
    }
    return to
  }

  /** Phrases that begin at a word with this key. `letters`: that the key is of. */
  function follow(key: number, at: number, letters: number, alone: boolean): void {
    for (let place = firstOf(key); place >= 0; place = row[place + 2]! - 1) {
      const rest = row[place + 3]!
      if (alone && rest > 0) continue
      if ((row[place + 1]! & bits) === 0 && rest === 0 && letters < TELLS_IN_ANY) continue
      const to = rest === 0 ? at : endOf(place, at)
      if (to < 0) continue
      const concept = row[place]!
      hits.push({ concept, kind: kinds[concept]!, from: at, to, weight: letters + (to - at) * MOST_LETTERS })
    }
  }

  /** `Waschmaschinenpumpe`: what a long word ends with, else what it begins with. */
  function takeApart(at: number): void {
    const word = words[at]!
    const before = hits.length
    for (let from = COMPOUND_PART - 1; from <= word.length - COMPOUND_PART; from++) {
      let hash: number = HASH_START
      for (let letter = from; letter < word.length; letter++) {
        hash = step(hash, word.charCodeAt(letter))
        const left = word.length - letter - 1
        if (left <= 2 && letter - from >= COMPOUND_PART) follow(beginningKey(hash), at, letter - from + 1, true)
      }
      follow(wordKey(hash), at, word.length - from, true)
      if (hits.length > before) return
    }
    for (let letters = lengths[at]! - COMPOUND_PART + 1; letters > COMPOUND_PART; letters--) {
      follow(wordKey(hashes[at * MOST_LETTERS + letters - 1]!), at, letters, true)
      if (hits.length > before) return
    }
  }

  function look(at: number): void {
    const before = hits.length
    const length = lengths[at]!
    const base = at * MOST_LETTERS
    for (let letters = 2; letters <= length; letters++)
      follow(beginningKey(hashes[base + letters - 1]!), at, letters, false)
    follow(wordKey(hashes[base + length - 1]!), at, length, false)
    if (hits.length === before && length >= COMPOUND && (bits & german) !== 0) takeApart(at)
  }

  return (tokens, lang) => {
    foldedWords(tokens, words, places, MOST_WORDS)
    words.length = Math.min(words.length, MOST_WORDS)
    bits = languageBits.get(lang.slice(0, 2)) ?? ANY
    hits = []
    hashWords()
    for (let at = 0; at < words.length; at++) if (lengths[at]! > 0) look(at)
    return widest(hits).map(({ concept, from, to }) => ({
      concept,
      start: tokens[places[from]!]!.start,
      end: tokens[places[to]!]!.end,
    }))
  }
}

/** Those that do not lie within a wider one of their kind, in order, each concept once. */
function widest(hits: Hit[]): Hit[] {
  hits.sort((a, b) => b.weight - a.weight || a.from - b.from || a.concept - b.concept)
  const kept: Hit[] = []
  for (const hit of hits)
    if (
      !kept.some(
        ({ kind, from, to, concept }) =>
          concept === hit.concept || (kind === hit.kind && from <= hit.from && hit.to <= to),
      )
    )
      kept.push(hit)
  return kept.sort((a, b) => a.from - b.from)
}
