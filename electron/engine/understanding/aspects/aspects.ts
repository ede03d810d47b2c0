import { said } from '#shared/words/said.ts'
import type { Said } from '#shared/model/said.ts'
import { TokenKind, type Token } from '../tokens.ts'
import { starterAspects } from './starter-aspects.ts'

/** What a mention can be about: a name and the words that mean it. */
export interface Aspect {
  name: string
  /** Lower case; several words are a phrase; `*` at the end stands for any ending. */
  words: string[]
}

export interface AspectFinder {
  /** Names in order of appearance, each once, at most 8, and where each was first named. */
  find(tokens: readonly Token[]): AspectFound[]
}

export interface AspectFound {
  name: string
  start: number
  end: number
}

const MOST = 8

interface Node {
  next: Map<string, Node>
  name: string | null
}

/** `own`: the customer's dictionary; its names come before the starter aspects where both match at one word. */
export function createAspectFinder(own: readonly Aspect[] = []): AspectFinder {
  const root: Node = { next: new Map(), name: null }
  const prefixes: { prefix: string; name: string }[] = []
  for (const { name, words } of [...own, ...starterAspects]) {
    for (const phrase of words) {
      const parts = phrase.toLowerCase().split(/\s+/).filter(Boolean)
      if (parts.length === 1 && parts[0]!.endsWith('*')) {
        prefixes.push({ prefix: parts[0]!.slice(0, -1), name })
        continue
      }
      let node = root
      for (const part of parts) {
        let next = node.next.get(part)
        if (!next) node.next.set(part, (next = { next: new Map(), name: null }))
        node = next
      }
      node.name ??= name
    }
  }
  /** By the first three letters, so that a word is compared with few. */
  const byStart = new Map<string, { prefix: string; name: string }[]>()
  for (const entry of prefixes) {
    const key = entry.prefix.slice(0, 3)
    byStart.set(key, [...(byStart.get(key) ?? []), entry])
  }

  const isWord = ({ kind }: Token): boolean =>
    kind === TokenKind.word || kind === TokenKind.hashtag || kind === TokenKind.number
  const matchAt = (tokens: readonly Token[], at: number): { name: string; last: number } | null => {
    let node: Node | undefined = root
    let found: { name: string; last: number } | null = null
    for (let place = at; place < tokens.length; place++) {
      node = node.next.get(tokens[place]!.text)
      if (!node) break
      if (node.name !== null) found = { name: node.name, last: place }
    }
    if (found) return found
    const word = tokens[at]!.text
    for (const { prefix, name } of byStart.get(word.slice(0, 3)) ?? [])
      if (word.startsWith(prefix)) return { name, last: at }
    return null
  }

  return {
    find(tokens) {
      const found: AspectFound[] = []
      for (let at = 0; at < tokens.length && found.length < MOST; at++) {
        if (!isWord(tokens[at]!)) continue
        const match = matchAt(tokens, at)
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
