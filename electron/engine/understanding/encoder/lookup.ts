import { combine, finish, HASH_START, step } from '../hash.ts'
import { LONGEST_WORD, MOST_WORDS, type Words } from './words.ts'

/** Open addressing: 0 marks a free slot, so a hash of 0 counts as 1. */
export interface Table {
  keys: Uint32Array
  values: Int32Array
}

export const NOTHING = -1
/** Not even known to say nothing. */
const STRANGE = -2

/** Its value; `absent` where the table does not have it. */
export function find({ keys, values }: Table, hash: number, absent: number = NOTHING): number {
  const mask = keys.length - 1
  const key = hash === 0 ? 1 : hash
  for (let slot = key & mask; keys[slot] !== 0; slot = (slot + 1) & mask) if (keys[slot] === key) return values[slot]!
  return absent
}

/** Which row of vectors a word or a phrase has. */
export interface Lookup {
  /** Whole words; their row, or `NOTHING` for words that say nothing. */
  exact: Table
  /** Beginnings of words of any ending. */
  beginnings: Table
  /** First word of a phrase (`startKey`) or its first two (`pairKey`), and where its phrases stand in `phrases`. */
  starts: Table
  /** Of each beginning: how many phrases; of each phrase its row, how many further words, and of each its hash and `size | gap << 8`:
   * with a size only that many signs of the word count, and up to `gap` others may stand before it. */
  phrases: Uint32Array
  /** Pieces of unknown words share this many rows, a power of two, from `firstPiece` on. */
  pieces: number
  firstPiece: number
}

const BEGINNING = 0x5bd1e995
/** The key under which phrases stand that begin with a word, or with a beginning of one. */
export const startKey = (hash: number, whole: boolean): number => (whole ? hash : (hash ^ BEGINNING) >>> 0)

/** The key of phrases whose second word, or a beginning of it, follows the first at once: "a" and "no" begin hundreds. */
export const pairKey = (first: number, second: number, whole: boolean): number =>
  startKey(finish(combine(first, second)), whole)

/** The rows of one text, each once, pieces aside. */
export interface Rows {
  count: number
  readonly rows: Int32Array
  /** 1 for what is known; pieces of an unknown word share `UNKNOWN`. */
  readonly weights: Float32Array
}

const PIECES_A_WORD = 3 * LONGEST_WORD
const MOST_ROWS = 4096
export const createRows = (): Rows => ({
  count: 0,
  rows: new Int32Array(MOST_ROWS + PIECES_A_WORD),
  weights: new Float32Array(MOST_ROWS + PIECES_A_WORD),
})

/** What a word that nobody has met weighs beside known ones of weight 1, spread over its pieces. */
export const UNKNOWN = 1
const SHORTEST_PART = 4
const SHORTEST_REST = 5
const PART_WEIGHT = 0.8

/**
 * A bit for each beginning of each word of the text at hand: most phrases that begin with a word of it go on with one that it has not, and that
 * is seen without looking for it.
 */
const met = new Uint32Array(256)
const mark = (hash: number): void => {
  met[(hash >>> 5) & 255]! |= 1 << (hash & 31)
}
const mayHave = (hash: number): boolean => (met[(hash >>> 5) & 255]! & (1 << (hash & 31))) !== 0

/** Everything that is known of the words of one text, in their order. */
export function readRows(words: Words, lookup: Lookup, into: Rows): void {
  into.count = 0
  const count = Math.min(words.count, MOST_WORDS)
  met.fill(0)
  for (let at = 0; at < words.from[count]!; at++) mark(words.beginnings[at]!)
  for (let at = 0; at < count && into.count < MOST_ROWS; at++) {
    const row = find(lookup.exact, words.whole[at]!, STRANGE)
    if (row >= 0) addRow(into, row, 1)
    else if (row === STRANGE) readUnknown(words, at, lookup, into)
    readPhrases(words, at, lookup, into)
  }
}

function addRow(into: Rows, row: number, weight: number): void {
  // Texts are short: looking through what is there costs less than a set.
  for (let at = 0; at < into.count; at++) if (into.rows[at] === row) return
  into.rows[into.count] = row
  into.weights[into.count++] = weight
}

/** By its longest known beginning and what is written together with it, else by a known end, else by its pieces. */
function readUnknown(words: Words, at: number, lookup: Lookup, into: Rows): void {
  const from = words.from[at]!
  const end = words.from[at + 1]!
  for (let to = end; to > from + 1; to--) {
    const row = find(lookup.beginnings, words.beginnings[to - 1]!)
    if (row < 0) continue
    addRow(into, row, 1)
    // What links the parts of a compound is at most three signs: Karte-n-zahlung, Anmeldung-s-fehler.
    for (let rest = to; rest <= to + 3 && end - rest >= SHORTEST_REST; rest++)
      if (readPart(words, rest, end, lookup, into)) return
    return
  }
  for (let rest = from + 3; end - rest >= SHORTEST_REST; rest++)
    if (readPart(words, rest, end, lookup, into)) {
      readPieces(words.units, from, rest, lookup, into)
      return
    }
  readPieces(words.units, from, end, lookup, into)
}

/** The rest of a compound, when it is a word or begins as one. */
function readPart({ units }: Words, from: number, end: number, lookup: Lookup, into: Rows): boolean {
  let hash = HASH_START
  let best = NOTHING
  for (let at = from; at < end; at++) {
    hash = step(hash, units[at]!)
    if (at - from + 1 < SHORTEST_PART) continue
    const row = find(lookup.beginnings, finish(hash))
    if (row >= 0) best = row
  }
  const whole = find(lookup.exact, finish(hash))
  if (whole >= 0) best = whole
  if (best < 0) return false
  addRow(into, best, PART_WEIGHT)
  return true
}

const EDGE = 60
const SHORTEST_PIECE = 3
const LONGEST_PIECE = 5

/** Pieces of 3 … 5 signs, with the edges of the word. */
function readPieces(units: Uint16Array, from: number, end: number, lookup: Lookup, into: Rows): void {
  const first = into.count
  for (let start = from - 1; start < end; start++) {
    let hash = HASH_START
    const last = Math.min(end, start + LONGEST_PIECE - 1)
    for (let at = start; at <= last; at++) {
      hash = step(hash, at < from || at === end ? EDGE : units[at]!)
      if (at - start + 1 < SHORTEST_PIECE || into.count >= into.rows.length) continue
      into.rows[into.count++] = lookup.firstPiece + (finish(hash) & (lookup.pieces - 1))
    }
  }
  const weight = UNKNOWN / Math.sqrt(Math.max(1, into.count - first))
  for (let at = first; at < into.count; at++) into.weights[at] = weight
}

function readPhrases(words: Words, at: number, lookup: Lookup, into: Rows): void {
  const { whole, from, beginnings, count } = words
  const first = whole[at]!
  tryPhrases(words, at + 1, startKey(first, true), lookup, into)
  for (let to = from[at]! + 1; to < from[at + 1]!; to++)
    tryPhrases(words, at + 1, startKey(beginnings[to]!, false), lookup, into)
  if (at + 1 >= count) return
  tryPhrases(words, at + 2, pairKey(first, whole[at + 1]!, true), lookup, into)
  for (let to = from[at + 1]! + 1; to < from[at + 2]!; to++)
    tryPhrases(words, at + 2, pairKey(first, beginnings[to]!, false), lookup, into)
}

/** The phrases that begin so, `next` being the word after their beginning. */
function tryPhrases(words: Words, next: number, key: number, { starts, phrases }: Lookup, into: Rows): void {
  const offset = find(starts, key)
  if (offset < 0) return
  let place = offset + 1
  for (let left = phrases[offset]!; left > 0; left--) {
    const row = phrases[place]!
    const size = phrases[place + 1]!
    if (size === 0 || (mayHave(phrases[place + 2]!) && matches(words, next, phrases, place + 2, size)))
      addRow(into, row, 1)
    place += 2 + 2 * size
  }
}

function matches(words: Words, next: number, phrases: Uint32Array, place: number, size: number): boolean {
  for (let part = 0; part < size; part++) {
    const hash = phrases[place + 2 * part]!
    const shape = phrases[place + 2 * part + 1]!
    const last = Math.min(words.count - 1, next + (shape >>> 8))
    let found = -1
    for (let at = next; at <= last && found < 0; at++) if (isPart(words, at, hash, shape & 255)) found = at
    if (found < 0) return false
    next = found + 1
  }
  return true
}

function isPart({ whole, from, beginnings }: Words, at: number, hash: number, size: number): boolean {
  if (size === 0) return whole[at] === hash
  return from[at + 1]! - from[at]! >= size && beginnings[from[at]! + size - 1] === hash
}
