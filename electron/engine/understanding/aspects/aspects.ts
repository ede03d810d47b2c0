import { said } from '#shared/words/said.ts'
import type { Said } from '#shared/model/said.ts'
import { TokenKind, type Token } from '../tokens.ts'
import { starterAspects } from './starter-aspects.ts'

/** What a mention can be about: a name and the words that mean it. */
export interface Aspect {
  name: string
  /** Lower case; several words are a phrase; `*` at the end stands for any ending. */
  words: string[]
  /** Words that mean it in texts of these languages alone (`und` is one): `brand` is a fire in German. */
  only?: ReadonlyMap<string, readonly string[]>
  /** Words that mean many things, and with which others in the same text they mean this. */
  vague?: readonly { words: readonly string[]; beside: readonly string[] }[]
}

export interface AspectFinder {
  /** Names in order of appearance, each once, at most 8, and where each was first named. `lang`: BCP 47, default `und`. */
  find(tokens: readonly Token[], lang?: string): AspectFound[]
}

export interface AspectFound {
  name: string
  start: number
  end: number
}

const MOST = 8

/** What one word or phrase means, and when. */
interface Sense {
  name: string
  /** Null: in every language. */
  only: readonly string[] | null
  /** Null: whatever else is said. */
  beside: WordList | null
}

interface Node {
  next: Map<string, Node>
  senses: Sense[]
}

interface WordList {
  has(word: string): boolean
}

/** Of lower-case words and beginnings (`flight*`). */
function wordList(words: readonly string[]): WordList {
  const whole = new Set(words.filter((word) => !word.endsWith('*')))
  const beginnings = words.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1))
  return { has: (word) => whole.has(word) || beginnings.some((beginning) => word.startsWith(beginning)) }
}

/** Every phrase with what it means, those of the station's own before the shipped ones. */
function* sensesOf(aspects: readonly Aspect[]): Generator<[phrase: string, sense: Sense]> {
  for (const { name, words, only, vague = [] } of aspects) {
    for (const phrase of words) yield [phrase, { name, only: only?.get(phrase) ?? null, beside: null }]
    for (const { words: some, beside } of vague) {
      const list = wordList(beside)
      for (const phrase of some) yield [phrase, { name, only: null, beside: list }]
    }
  }
}

/** `own`: the customer's dictionary; its names come before the starter aspects where both match at one word. */
export function createAspectFinder(own: readonly Aspect[] = []): AspectFinder {
  const root: Node = { next: new Map(), senses: [] }
  /** By the first three letters, so that a word is compared with few. */
  const beginnings = new Map<string, { prefix: string; sense: Sense }[]>()
  for (const [phrase, sense] of sensesOf([...own, ...starterAspects])) {
    const parts = phrase.toLowerCase().split(/\s+/).filter(Boolean)
    if (parts.length === 1 && parts[0]!.endsWith('*')) {
      const prefix = parts[0]!.slice(0, -1)
      const key = prefix.slice(0, 3)
      beginnings.set(key, [...(beginnings.get(key) ?? []), { prefix, sense }])
      continue
    }
    let node = root
    for (const part of parts) {
      let next = node.next.get(part)
      if (!next) node.next.set(part, (next = { next: new Map(), senses: [] }))
      node = next
    }
    node.senses.push(sense)
  }

  const isWord = ({ kind }: Token): boolean =>
    kind === TokenKind.word || kind === TokenKind.hashtag || kind === TokenKind.number

  function matchAt(tokens: readonly Token[], at: number, lang: string): { name: string; last: number } | null {
    const counts = ({ only, beside }: Sense): boolean =>
      (only === null || only.includes(lang)) &&
      (beside === null || tokens.some(({ text }, place) => place !== at && beside.has(text)))
    let node: Node | undefined = root
    let found: { name: string; last: number } | null = null
    for (let place = at; place < tokens.length; place++) {
      node = node.next.get(tokens[place]!.text)
      if (!node) break
      const sense = node.senses.find(counts)
      if (sense) found = { name: sense.name, last: place }
    }
    if (found) return found
    const word = tokens[at]!.text
    for (const { prefix, sense } of beginnings.get(word.slice(0, 3)) ?? [])
      if (word.startsWith(prefix) && counts(sense)) return { name: sense.name, last: at }
    return null
  }

  return {
    find(tokens, lang = 'und') {
      const found: AspectFound[] = []
      for (let at = 0; at < tokens.length && found.length < MOST; at++) {
        if (!isWord(tokens[at]!)) continue
        const match = matchAt(tokens, at, lang)
        if (!match) continue
        if (!found.some(({ name }) => name === match.name))
          found.push({ name: match.name, start: tokens[at]!.start, end: tokens[match.last]!.end })
        at = match.last
      }
      return found
    },
  }
}

/**
 * Reads a customer's dictionary: a line an aspect, `name: word, word, two words, begin*`; `#` begins a comment. Returns the aspects and
 * what could not be read, with its line.
 */
export function readAspects(content: string): { aspects: Aspect[]; problems: { line: number; message: Said }[] } {
  const aspects = new Map<string, Set<string>>()
  const problems: { line: number; message: Said }[] = []
  content.split(/\r?\n/).forEach((line, at) => {
    if (line.trim() === '' || line.trim().startsWith('#')) return
    const [name, ...rest] = line.split(':')
    const listed = rest.join(':').split(',')
    const words = listed.map((word) => word.trim().toLowerCase()).filter(Boolean)
    if (!name?.trim() || name.trim().length > 60) {
      problems.push({ line: at + 1, message: said('aspects.nameNeeded') })
      return
    }
    const bad = words.find(
      (word) => word.length > 80 || /\*(?!$)/.test(word) || (word.endsWith('*') && word.length < 4),
    )
    if (bad !== undefined) {
      problems.push({
        line: at + 1,
        message: said('aspects.badWord', { word: bad.slice(0, 80) }),
      })
      return
    }
    const set = aspects.get(name.trim()) ?? new Set<string>()
    // The name itself is a word too: `Falcon X` needs no list.
    for (const word of words.length > 0 ? words : [name.trim().toLowerCase()]) set.add(word)
    aspects.set(name.trim(), set)
  })
  return { aspects: [...aspects].map(([name, words]) => ({ name, words: [...words] })), problems }
}
