/** Languages of the lexicon, in the order of its lines. */
export const conceptLanguages = ['en', 'de', 'es', 'fr', 'it', 'nl', 'pt'] as const
export type ConceptLanguage = (typeof conceptLanguages)[number]

/** A thing that can go wrong; what is wrong with it; a general meaning that complaints are made of. */
export const conceptKinds = ['part', 'symptom', 'word'] as const
export type ConceptKind = (typeof conceptKinds)[number]

export interface ConceptEntry {
  kind: ConceptKind
  /** Lower-case English with hyphens; unique in its kind. */
  id: string
  topic: string
  /** By language, in the order of `conceptLanguages`; the first of each is what people read. */
  phrases: string[][]
}

/**
 * Reads lines `kind id topic | en: phrase, … | de: …`; `#` begins a comment. In a phrase `*` at a word's end stands for any ending, ` .. ` for
 * up to four words. Throws an Error that names `file` and line.
 */
export function readConceptLines(content: string, file: string): ConceptEntry[] {
  return content.split('\n').flatMap((line, at) => {
    if (line.trim() === '' || line.startsWith('#')) return []
    const [head, ...rest] = line.split('|').map((part) => part.trim())
    const wrong = (why: string): Error => new Error(`${file}, line ${at + 1}: ${why}`)
    const [kind, id, topic, more] = head!.split(/\s+/)
    if (!isKind(kind) || !/^[a-z0-9-]+$/.test(id ?? '') || topic === undefined || more !== undefined)
      throw wrong('a line begins with kind, id and topic.')
    if (rest.length !== conceptLanguages.length)
      throw wrong(`${conceptLanguages.join(', ')} are needed, in this order.`)
    const phrases = rest.map((part, nth) => {
      const lang = conceptLanguages[nth]!
      if (!part.startsWith(`${lang}:`)) throw wrong(`${lang}: is missing.`)
      const listed = part
        .slice(lang.length + 1)
        .split(',')
        .map((phrase) => phrase.trim())
      if (listed.includes('')) throw wrong(`a phrase of ${lang} is empty.`)
      return listed
    })
    return [{ kind, id: id!, topic, phrases }]
  })
}

/** What people read of an entry's first phrase: without the signs that it is matched by. */
export const labelOfPhrase = (phrase: string): string => phrase.replace(/ ?\.\. ?/g, ' ').replaceAll('*', '')

const isKind = (kind: string | undefined): kind is ConceptKind =>
  (conceptKinds as readonly (string | undefined)[]).includes(kind)
