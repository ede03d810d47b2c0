import type { Aspect } from '../aspects/aspects.ts'
import type { Token } from '../tokens.ts'
import { createConceptFinder, type ConceptFound } from './finder.ts'
import { readLexicon, tablesOf, type ConceptName } from './lexicon-file.ts'
import { conceptLanguages, type ConceptEntry } from '#shared/query/concept-lines.ts'

/** Where the lexicon lies under `resources/`. */
export const lexiconFile = 'models/concepts.bin'

/** Parts and symptoms by which texts in seven languages find each other, see resources/concepts. */
export interface Lexicon {
  readonly concepts: readonly ConceptName[]
  /** In order of appearance, each once. `lang`: BCP 47. */
  find(tokens: readonly Token[], lang: string): ConceptFound[]
  /** What people of that language read; English where the lexicon does not speak it. */
  labelOf(concept: number, lang: string): string
  /** How often a concept was met among so many texts to companies. */
  heard(concept: number): number
  readonly texts: number
  /** Changes with its words. */
  readonly digest: string
}

/**
 * `file`: what `train concepts` wrote; null: there is only what the station brings. `own`: its own names of products and matters, which are
 * parts before all others. Throws an Error when the file is none.
 */
export function openLexicon(file: Uint8Array | null, own: readonly Aspect[] = []): Lexicon {
  const shipped = file && readLexicon(file)
  const findShipped = shipped && createConceptFinder(shipped)
  const named = tablesOf(own.map(entryOf))
  const findNamed = own.length > 0 ? createConceptFinder(named) : null
  const first = shipped?.concepts.length ?? 0
  return {
    concepts: [...(shipped?.concepts ?? []), ...named.concepts],
    digest: shipped?.digest ?? '',
    heard: (concept) => shipped?.heard.counts[concept] ?? 0,
    texts: shipped?.heard.texts ?? 0,
    find(tokens, lang) {
      const found = findShipped?.(tokens, lang) ?? []
      if (!findNamed) return found
      const own = findNamed(tokens, lang).map((one) => ({ ...one, concept: first + one.concept }))
      const others = found.filter(({ start, end }) => !own.some((one) => one.start <= start && end <= one.end))
      return [...own, ...others].sort((a, b) => a.start - b.start)
    },
    labelOf(concept, lang) {
      const { labels, id } = this.concepts[concept]!
      return labels[(conceptLanguages as readonly string[]).indexOf(lang.slice(0, 2))] ?? labels[0] ?? id
    },
  }
}

/** A name is written alike in every language. */
const entryOf = ({ name, words }: Aspect): ConceptEntry => ({
  kind: 'part',
  id: name,
  topic: 'general',
  phrases: conceptLanguages.map(() => [name, ...words]),
})
