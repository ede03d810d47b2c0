import {
  createRows,
  find,
  NOTHING,
  pairKey,
  readRows,
  startKey,
  type Lookup,
  type Table,
} from '#engine/understanding/encoder/lookup.ts'
import { createWords, hashOf, readWords } from '#engine/understanding/encoder/words.ts'
import { tokenize } from '#engine/understanding/tokens.ts'
import { plainWords, type LexiconEntry, type PhraseWord } from './lexicon.ts'

/** A sum of vectors that are learned: their numbers and what each weighs. */
export interface Sum {
  parts: number[]
  weights: number[]
}

/** What is known of words and phrases, and of which learned vectors each row is the sum. */
export interface Vocabulary {
  lookup: Lookup
  /** Of every row that is no piece. */
  rows: Sum[]
  /** Learned vectors: those of the entries first, then those of single words, then those of pieces. */
  entries: number
  learned: number
}

export interface VocabularyOptions {
  pieces: number
  /** A word in fewer texts has no vector of its own, unless it stands in the phrases of so many entries of the lexicon, texts counted in. */
  leastTexts: number
  leastEntries: number
}

interface Known {
  exact: Map<string, number>
  beginnings: Map<string, number>
  phrases: { words: PhraseWord[]; row: number }[]
}

/** Rows by what they are the sum of: words with one meaning share a row. */
class RowList {
  readonly rows: Sum[] = []
  readonly #byKey = new Map<string, number>()

  of(sum: Sum): number {
    const key = sum.parts.map((part, at) => `${part}*${sum.weights[at]!.toFixed(3)}`).join()
    let row = this.#byKey.get(key)
    if (row === undefined) {
      row = this.rows.push(sum) - 1
      this.#byKey.set(key, row)
    }
    return row
  }
}

/** From the lexicon and the words of `texts`. */
export function createVocabulary(
  entries: readonly LexiconEntry[],
  texts: readonly string[],
  options: VocabularyOptions,
): Vocabulary {
  const rows = new RowList()
  const known = fromLexicon(entries, rows)
  const words = wordsOf(entries, texts, options)
  const firstWord = entries.length
  const firstPiece = firstWord + words.length
  // A piece's row is told by a number that lies beyond every other row, until there are no more to come.
  const FAR = 1 << 28
  const meanings = lookupOf(known, options.pieces, FAR)
  const read = createWords()
  const into = createRows()
  const own = words.map((word, at): [string, Sum] => {
    readWords(tokenize(word), read)
    readRows(read, meanings, into)
    const sum: Sum = { parts: [], weights: [] }
    for (let one = 0; one < into.count; one++) {
      const row = into.rows[one]!
      const weight = into.weights[one]!
      if (row >= FAR) add(sum, firstPiece + row - FAR, weight)
      else rows.rows[row]!.parts.forEach((part, k) => add(sum, part, rows.rows[row]!.weights[k]! * weight))
    }
    add(sum, firstWord + at, 1)
    return [word, sum]
  })
  for (const [word, sum] of own) known.exact.set(word, rows.of(sum))
  return {
    lookup: lookupOf(known, options.pieces, rows.rows.length),
    rows: rows.rows,
    entries: entries.length,
    learned: firstPiece + options.pieces,
  }
}

/** Those that get a vector of their own. */
function wordsOf(
  entries: readonly LexiconEntry[],
  texts: readonly string[],
  { leastTexts, leastEntries }: VocabularyOptions,
): string[] {
  const counts = new Map<string, number>()
  const count = (words: Iterable<string>): void => {
    for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  for (const text of texts) count(plainWords(text))
  const often = [...counts].filter(([, times]) => times >= leastTexts).map(([word]) => word)
  const inPhrases = new Set<string>()
  for (const { phrases } of entries) {
    const whole = phrases.filter(({ length }) => length > 1).flatMap((phrase) => phrase.filter(({ open }) => !open))
    const own = whole.map(({ word }) => word)
    count(own)
    for (const word of own) inPhrases.add(word)
  }
  for (const word of often) inPhrases.delete(word)
  return [...often, ...[...inPhrases].filter((word) => counts.get(word)! >= leastEntries)]
}

function add(sum: Sum, part: number, weight: number): void {
  const at = sum.parts.indexOf(part)
  if (at >= 0) sum.weights[at]! += weight
  else {
    sum.parts.push(part)
    sum.weights.push(weight)
  }
}

function fromLexicon(entries: readonly LexiconEntry[], rows: RowList): Known {
  const exact = new Map<string, Set<number>>()
  const beginnings = new Map<string, Set<number>>()
  const phrases = new Map<string, { words: PhraseWord[]; entries: Set<number> }>()
  const put = (map: Map<string, Set<number>>, key: string, entry: number): void => {
    const set = map.get(key)
    if (set) set.add(entry)
    else map.set(key, new Set([entry]))
  }
  entries.forEach(({ phrases: said }, entry) => {
    for (const words of said) {
      if (words.length === 1) put(words[0]!.open ? beginnings : exact, words[0]!.word, entry)
      else {
        const key = JSON.stringify(words)
        const phrase = phrases.get(key) ?? { words, entries: new Set() }
        phrase.entries.add(entry)
        phrases.set(key, phrase)
      }
    }
  })
  const row = (set: Iterable<number>): number => {
    const parts = [...set].sort((a, b) => a - b)
    return rows.of({ parts, weights: parts.map(() => 1) })
  }
  for (const [word, set] of exact)
    for (let size = word.length; size > 1; size--) {
      const begun = beginnings.get(word.slice(0, size))
      if (!begun) continue
      for (const entry of begun) set.add(entry)
      break
    }
  return {
    exact: new Map([...exact].map(([word, set]) => [word, row(set)])),
    beginnings: new Map([...beginnings].map(([word, set]) => [word, row(set)])),
    phrases: [...phrases.values()].map(({ words, entries: set }) => ({
      words,
      row: row(set),
    })),
  }
}

function lookupOf({ exact, beginnings, phrases }: Known, pieces: number, firstPiece: number): Lookup {
  const stream: number[] = []
  const byStart = new Map<number, { row: number; rest: PhraseWord[] }[]>()
  for (const { words, row } of phrases) {
    const [first, second] = words as [PhraseWord, PhraseWord, ...PhraseWord[]]
    const paired = !first.open && second.gap === 0
    const hash = hashOf(first.word)
    const key = paired ? pairKey(hash, hashOf(second.word), !second.open) : startKey(hash, !first.open)
    byStart.set(key, [...(byStart.get(key) ?? []), { row, rest: words.slice(paired ? 2 : 1) }])
  }
  const starts = [...byStart].map(([key, own]): [number, number] => {
    const place = stream.push(own.length) - 1
    for (const { rest, row } of own) {
      stream.push(row, rest.length)
      for (const { word, open, gap } of rest) stream.push(hashOf(word), (open ? word.length : 0) | (gap << 8))
    }
    return [key, place]
  })
  return {
    exact: tableOf([...exact].map(([word, row]) => [hashOf(word), row])),
    beginnings: tableOf([...beginnings].map(([word, row]) => [hashOf(word), row])),
    starts: tableOf(starts),
    phrases: Uint32Array.from(stream),
    pieces,
    firstPiece,
  }
}

/** Slots to a key at least: fewer, and what is not there takes long to miss. */
const LEAST_ROOM = 1.35

function tableOf(pairs: readonly [number, number][]): Table {
  const slots = 2 ** Math.ceil(Math.log2(Math.max(16, pairs.length * LEAST_ROOM)))
  const table: Table = {
    keys: new Uint32Array(slots),
    values: new Int32Array(slots).fill(NOTHING),
  }
  for (const [hash, value] of pairs) {
    const key = hash === 0 ? 1 : hash
    if (find(table, key) !== NOTHING) continue
    let slot = key & (slots - 1)
    while (table.keys[slot] !== 0) slot = (slot + 1) & (slots - 1)
    table.keys[slot] = key
    table.values[slot] = value
  }
  return table
}

/** A text as the sum of learned vectors. */
export interface Document {
  parts: Int32Array
  weights: Float32Array
}

export function createReader({ lookup, rows, learned }: Vocabulary): (text: string) => Document {
  const words = createWords()
  const into = createRows()
  const firstPiece = learned - lookup.pieces
  return (text) => {
    readWords(tokenize(text), words)
    readRows(words, lookup, into)
    const sum = new Map<number, number>()
    const put = (part: number, weight: number): void => void sum.set(part, (sum.get(part) ?? 0) + weight)
    for (let at = 0; at < into.count; at++) {
      const row = into.rows[at]!
      const weight = into.weights[at]!
      if (row >= lookup.firstPiece) put(firstPiece + row - lookup.firstPiece, weight)
      else rows[row]!.parts.forEach((part, k) => put(part, weight * rows[row]!.weights[k]!))
    }
    return {
      parts: Int32Array.from(sum.keys()),
      weights: Float32Array.from(sum.values()),
    }
  }
}
