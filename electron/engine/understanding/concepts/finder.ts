import type { Token } from '../tokens.ts'
import { createKnownWords, MOST_LETTERS, partsOfWord, type KnownWord } from './known-words.ts'
import { GAP, type LexiconTables } from './lexicon-file.ts'
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
/** Words that may stand in a gap. */
const IN_GAP = 4
/** Phrases whose first word is shorter mean too many things in the other languages. */
const TELLS_IN_ANY = 7
/** Words from here on may be made of others. */
const COMPOUND = 8
const languageBits: ReadonlyMap<string, number> = new Map(conceptLanguages.map((lang, at) => [lang, 1 << at]))
/** Of a text whose language nobody can tell: most loan words are from it. */
const english = languageBits.get('en')!
const compounding = languageBits.get('de')! | languageBits.get('nl')!

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
 */
export function createConceptFinder(tables: LexiconTables): (tokens: readonly Token[], lang: string) => ConceptFound[] {
  const { slots, row } = tables
  const mask = slots.length / 2 - 1
  const kinds = Uint8Array.from(tables.concepts, ({ kind }) => conceptKinds.indexOf(kind))
  const knownWord = createKnownWords(firstOf)
  const words: string[] = []
  const places: number[] = []
  let known: KnownWord[] = []
  let hits: Hit[] = []
  let bits = 0

  function firstOf(key: number): number {
    for (let at = key & mask; ; at = (at + 1) & mask) {
      const place = slots[at * 2 + 1]!
      if (place === 0) return -1
      if (slots[at * 2] === key) return place - 1
    }
  }

  /** The last word of the phrase at `place` whose first word stands at `at`; −1: the text goes on otherwise. */
  function endOf(place: number, at: number): number {
    let to = at
    for (let nth = 0; nth < row[place + 3]!; nth++) {
      const key = row[place + 4 + nth * 2]!
      const what = row[place + 5 + nth * 2]!
      const letters = what & (GAP - 1)
      const last = Math.min(known.length - 1, to + ((what & GAP) === 0 ? 1 : IN_GAP + 1))
      let found = -1
      for (let next = to + 1; next <= last && found < 0; next++) {
        const word = known[next]!
        if (word.length === 0) break
        if (letters === 0 ? word.key === key : word.length >= letters && word.beginnings[letters] === key) found = next
      }
      if (found < 0) return -1
      to = found
    }
    return to
  }

  /** The phrases from `first` on that go on as the text does. `letters`: of the first word. `alone`: only those of one word. */
  function follow(first: number, at: number, letters: number, alone: boolean): void {
    for (let place = first; place >= 0; place = row[place + 2]! - 1) {
      if ((row[place + 1]! & bits) === 0 && letters < TELLS_IN_ANY) continue
      const rest = row[place + 3]!
      if (rest > 0 && alone) continue
      const to = rest === 0 ? at : endOf(place, at)
      if (to < 0) continue
      const concept = row[place]!
      hits.push({ concept, kind: kinds[concept]!, from: at, to, weight: letters + (to - at) * MOST_LETTERS })
    }
  }

  function look(at: number): void {
    const before = hits.length
    const word = known[at]!
    for (let nth = 0; nth < word.firsts.length; nth++) follow(word.firsts[nth]!, at, word.letters[nth]!, false)
    if (hits.length > before || word.length < COMPOUND || (bits & compounding) === 0) return
    const { firsts, letters } = partsOfWord(word, firstOf)
    for (let nth = 0; nth < firsts.length; nth++) follow(firsts[nth]!, at, letters[nth]!, true)
  }

  return (tokens, lang) => {
    foldedWords(tokens, words, places, MOST_WORDS)
    known = words.map(knownWord)
    bits = languageBits.get(lang.slice(0, 2)) ?? english
    hits = []
    for (let at = 0; at < known.length; at++) look(at)
    return widest(hits).map(({ concept, from, to }) => ({
      concept,
      start: tokens[places[from]!]!.start,
      end: tokens[places[to]!]!.end,
    }))
  }
}

/** Those that do not lie within a wider one of their kind, in order, each concept once. */
function widest(hits: Hit[]): Hit[] {
  if (hits.length < 2) return hits
  hits.sort((a, b) => b.weight - a.weight || a.from - b.from || a.concept - b.concept)
  const kept: Hit[] = []
  for (const hit of hits)
    if (
      !kept.some(
        (one) => one.concept === hit.concept || (one.kind === hit.kind && one.from <= hit.from && hit.to <= one.to),
      )
    )
      kept.push(hit)
  return kept.sort((a, b) => a.from - b.from)
}
