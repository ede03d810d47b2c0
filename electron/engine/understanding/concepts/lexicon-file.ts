import { combine, finish, hashText } from '../hash.ts'
import { readWeights, writeWeights } from '../binary.ts'
import {
  conceptKinds,
  conceptLanguages,
  labelOfPhrase,
  type ConceptEntry,
  type ConceptKind,
} from '#shared/query/concept-lines.ts'
import { sentenceOf, type PhraseWord } from './phrases.ts'

/**
 * The lexicon as it is matched. Phrases stand in one row of numbers, each as
 * `entry, languages (a bit each), next phrase of the same key, words after the first, then for each: key, what`; what is the number
 * of letters that its beginning has (0: a whole word) and `GAP` where words may stand before it. `slots` finds the first phrase by its key:
 * `key, place in the row + 1`, open addressing, a power of two long. A phrase of one word has the key of that word, a longer one of its first two
 * (`pairKey`): thousands begin with `no`. What each word and beginning is in phrases stands there too (`rolesKey`).
 */
export interface LexiconTables {
  concepts: ConceptName[]
  slots: Int32Array
  row: Int32Array
}

/** How often each concept was met in texts to companies, and in how many texts: how little it tells. */
export interface ConceptsHeard {
  counts: Uint32Array
  texts: number
}

export interface ConceptName {
  kind: ConceptKind
  id: string
  topic: string
  /** By language, in the order of `conceptLanguages`; none of general words. */
  labels: string[]
}

export const GAP = 256
const FORMAT = 2
const WORD = hashText('lw:')
const BEGINNING = hashText('lb:')
const NEXT = hashText('ln:')
const GAPPED = hashText('lg:')
const ROLES = hashText('lr:')
/** Key of a whole word by the hash of its letters; never 0. */
export const wordKey = (hash: number): number => finish(combine(WORD, hash)) | 1
/** Key of the words that begin so. */
export const beginningKey = (hash: number): number => finish(combine(BEGINNING, hash)) | 1

/** Key of the phrases that begin with these two; `gap`: between which others may stand. */
export const pairKey = (first: number, second: number, gap: boolean): number =>
  finish(combine(combine(gap ? GAPPED : NEXT, first), second)) | 1
/** Key of what stands of a word or beginning: `roles`. */
export const rolesKey = (word: number): number => finish(combine(ROLES, word)) | 1
/** What a word or beginning is in phrases; the sum of these stands where else a place does. */
export const roles = { alone: 1, leads: 2, leadsGap: 4, second: 8, later: 16 } as const

const keyOf = ({ word, begins }: PhraseWord): number => (begins ? beginningKey : wordKey)(hashText(word))

const EVERY_LANGUAGE = (1 << conceptLanguages.length) - 1

/** Puts entries into tables. A phrase that several languages have is one. */
export function tablesOf(entries: readonly ConceptEntry[]): LexiconTables {
  const row: number[] = []
  const firsts = new Map<number, number>()
  entries.forEach(({ phrases }, entry) => {
    const known = new Map<string, number>()
    const alike = phrases.every((listed) => listed === phrases[0])
    const lists = alike ? phrases.slice(0, 1) : phrases
    lists.forEach((listed, nth) => {
      const langs = alike ? EVERY_LANGUAGE : 1 << nth
      for (const phrase of listed) {
        const sentence = sentenceOf(phrase)
        const [first, ...rest] = sentence
        if (!first) continue
        const written = JSON.stringify(sentence)
        const place = known.get(written)
        if (place !== undefined) {
          row[place + 1]! |= langs
          continue
        }
        known.set(written, row.length)
        const key = keyFor(sentence, firsts)
        const next = firsts.get(key) ?? 0
        firsts.set(key, row.length + 1)
        row.push(entry, langs, next, rest.length)
        for (const word of rest) row.push(keyOf(word), (word.begins ? word.word.length : 0) | (word.gap ? GAP : 0))
      }
    })
  })
  let size = 16
  while (size < firsts.size * 1.4) size *= 2
  const slots = new Int32Array(size * 2)
  for (const [key, place] of firsts) {
    let at = key & (size - 1)
    while (slots[at * 2 + 1] !== 0) at = (at + 1) & (size - 1)
    slots[at * 2] = key
    slots[at * 2 + 1] = place
  }
  const concepts = entries.map(({ kind, id, topic, phrases }) => ({
    kind,
    id,
    topic,
    labels: kind === 'word' ? [] : phrases.map(([label = id]) => labelOfPhrase(label)),
  }))
  return { concepts, slots, row: Int32Array.from(row) }
}

/** The key of a phrase by its first two words; what each of its words is stands in `firsts`. */
function keyFor([first, second, ...later]: PhraseWord[], firsts: Map<number, number>): number {
  const is = (key: number, role: number): number => {
    const at = rolesKey(key)
    // One more, as places are.
    firsts.set(at, (((firsts.get(at) ?? 1) - 1) | role) + 1)
    return key
  }
  const key = keyOf(first!)
  if (!second) return is(key, roles.alone)
  is(key, second.gap ? roles.leadsGap : roles.leads)
  for (const word of later) is(keyOf(word), roles.later)
  return pairKey(key, is(keyOf(second), roles.second | roles.later), second.gap)
}

/** What says whether the file was made of these entries. */
export const digestOf = (entries: readonly ConceptEntry[]): string =>
  finish(hashText(JSON.stringify([FORMAT, entries]))).toString(16)

export function writeLexicon(entries: readonly ConceptEntry[], { counts, texts }: ConceptsHeard): Uint8Array {
  const { concepts, slots, row } = tablesOf(entries)
  const names = concepts.map(({ kind, id, topic, labels }) => [conceptKinds.indexOf(kind), id, topic, ...labels])
  return writeWeights({ digest: digestOf(entries), languages: conceptLanguages, texts, names }, { slots, row, counts })
}

/** Throws an Error that names the file when it is none of these. */
export function readLexicon(file: Uint8Array): LexiconTables & { digest: string; heard: ConceptsHeard } {
  const weights = readWeights(file, 'concepts.bin')
  const names = (weights.header['names'] as [number, string, string, ...string[]][]) ?? []
  const concepts = names.map(([kind, id, topic, ...labels]) => ({ kind: conceptKinds[kind]!, id, topic, labels }))
  const slots = weights.array('slots', 'Int32Array')
  const row = weights.array('row', 'Int32Array')
  const heard = { counts: weights.array('counts', 'Uint32Array'), texts: Number(weights.header['texts']) }
  return { concepts, slots, row, heard, digest: String(weights.header['digest']) }
}
