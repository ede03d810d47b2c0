import { TokenKind, type Token } from '../tokens.ts'
import { createKnownWords, MOST_LETTERS, partsOfWord, sentenceEnd, type KnownWord } from './known-words.ts'
import { GAP, pairKey, type ConceptName, type LexiconTables } from './lexicon-file.ts'
import { conceptKinds, conceptLanguages } from '#shared/query/concept-lines.ts'
import { endsSentence } from './phrases.ts'

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

/** What is looked for. */
export interface Looking {
  /** Other concepts are not looked for; default all are. */
  wanted?: (concept: ConceptName) => boolean
  /**
   * Only what is surely meant: no long words of other languages but English ones in texts that borrow them, and in those whose language nobody
   * can tell, and of a compound only what it is. Default: what may be meant too.
   */
  strict?: boolean
}

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
 * `card`.
 * Long: its functions share the words of one text and are called many times a text.
 */
export function createConceptFinder(
  tables: LexiconTables,
  { wanted = () => true, strict = false }: Looking = {},
): (tokens: readonly Token[], lang: string) => ConceptFound[] {
  const { slots, row } = tables
  const mask = slots.length / 2 - 1
  const kinds = Uint8Array.from(tables.concepts, ({ kind }) => conceptKinds.indexOf(kind))
  const asked = Uint8Array.from(tables.concepts, (concept) => (wanted(concept) ? 1 : 0))
  const knownWord = createKnownWords(firstOf)
  const known: KnownWord[] = []
  const places: number[] = []
  let hits: Hit[] = []
  let bits = 0
  let others = 0

  /** The first phrase of a key; what only stands there is not −1. */
  function firstOf(key: number): number {
    for (let at = key & mask; ; at = (at + 1) & mask) {
      const place = slots[at * 2 + 1]!
      if (place === 0) return -1
      if (slots[at * 2] === (key | 0)) return place - 1
    }
  }

  /** The last word of the phrase at `place` whose first word stands at `at`; −1: the text goes on otherwise. */
  function endOf(place: number, at: number): number {
    let to = at
    for (let nth = 0; nth < row[place + 3]!; nth++) {
      const key = row[place + 4 + nth * 2]!
      const last = Math.min(known.length - 1, to + ((row[place + 5 + nth * 2]! & GAP) === 0 ? 1 : IN_GAP + 1))
      let found = -1
      for (let next = to + 1; next <= last && found < 0; next++) {
        const word = known[next]!
        if (word.length === 0) break
        if (word.later.includes(key)) found = next
      }
      if (found < 0) return -1
      to = found
    }
    return to
  }

  /** The phrases from `first` on that go on as the text does. `letters`: of the first word. */
  function follow(first: number, at: number, letters: number): void {
    for (let place = first; place >= 0; place = row[place + 2]! - 1) {
      if (asked[row[place]!] === 0) continue
      const langs = row[place + 1]!
      if ((langs & bits) === 0 && (letters < TELLS_IN_ANY || (langs & others) === 0)) continue
      const to = row[place + 3]! === 0 ? at : endOf(place, at)
      if (to < 0) continue
      const concept = row[place]!
      hits.push({ concept, kind: kinds[concept]!, from: at, to, weight: letters + (to - at) * MOST_LETTERS })
    }
  }

  /** The phrases that begin with the word at `at` and go on with the one at `next`. */
  function goOn({ keys, letters }: KnownWord['leads'], at: number, next: number, gap: boolean): void {
    const { seconds } = known[next]!
    for (let nth = 0; nth < keys.length; nth++)
      for (let other = 0; other < seconds.length; other++)
        follow(firstOf(pairKey(keys[nth]!, seconds[other]!, gap)), at, letters[nth]!)
  }

  function look(at: number): void {
    const before = hits.length
    const word = known[at]!
    const { alone } = word
    for (let nth = 0; nth < alone.firsts.length; nth++) follow(alone.firsts[nth]!, at, alone.letters[nth]!)
    const last = Math.min(known.length - 1, at + IN_GAP + 1)
    if (at < last) goOn(word.leads, at, at + 1, false)
    if (word.leadsGap.keys.length > 0)
      for (let next = at + 1; next <= last && known[next]!.length > 0; next++) goOn(word.leadsGap, at, next, true)
    if (hits.length > before || word.length < COMPOUND || (bits & compounding) === 0) return
    const { firsts, letters } = partsOfWord(word, firstOf, !strict)
    for (let nth = 0; nth < firsts.length; nth++) follow(firsts[nth]!, at, letters[nth]!)
  }

  /** The words of a text, and where its sentences end; `places`: the number of each one's token. */
  function read(tokens: readonly Token[]): void {
    known.length = 0
    places.length = 0
    for (let at = 0; at < tokens.length && known.length < MOST_WORDS; at++) {
      const { kind, text } = tokens[at]!
      if (kind === TokenKind.word || kind === TokenKind.number || kind === TokenKind.hashtag) {
        const word = knownWord(text)
        if (word.before !== null) {
          known.push(word.before)
          places.push(at)
        }
        known.push(word)
        places.push(at)
      } else if (kind === TokenKind.punctuation && known.at(-1) !== sentenceEnd && endsSentence(text)) {
        known.push(sentenceEnd)
        places.push(at)
      }
    }
  }

  return (tokens, lang) => {
    read(tokens)
    bits = languageBits.get(lang.slice(0, 2)) ?? english
    others = !strict || lang === 'und' ? -1 : (bits & compounding) === 0 ? 0 : english
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
