import { said } from '#shared/words/said.ts'
import type { Said } from '#shared/model/said.ts'
import { tellsSomething } from '../concepts/phrases.ts'

/** A name of the customer's own and the words that mean it. */
export interface Aspect {
  name: string
  /** Lower case; several words are a phrase; `*` at the end stands for any ending. */
  words: string[]
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
    // The name itself is a word too: `Falcon X` needs no list.
    const meant = words.length > 0 ? words : [name.trim().toLowerCase()]
    const bad = meant.find(
      (word) => word.length > 80 || /\*(?!$)/.test(word) || (word.endsWith('*') && word.length < 4),
    )
    const empty = meant.find((word) => !tellsSomething(word))
    if (bad !== undefined || empty !== undefined) {
      const word = (bad ?? empty)!.slice(0, 80)
      problems.push({
        line: at + 1,
        message: said(bad === undefined ? 'aspects.tooLittle' : 'aspects.badWord', { word }),
      })
      return
    }
    const set = aspects.get(name.trim()) ?? new Set<string>()
    for (const word of meant) set.add(word)
    aspects.set(name.trim(), set)
  })
  return { aspects: [...aspects].map(([name, words]) => ({ name, words: [...words] })), problems }
}
