import type { Aspect } from '../aspects/read-aspects.ts'
import type { Token } from '../tokens.ts'
import { createConceptFinder, type ConceptFound, type Looking } from './finder.ts'
import { readLexicon, tablesOf, type ConceptName } from './lexicon-file.ts'
import { tellsSomething } from './phrases.ts'
import { conceptLanguages, type ConceptEntry } from '#shared/query/concept-lines.ts'

/** Where the lexicon lies under `resources/`. */
export const lexiconFile = 'models/concepts.bin'

/** Parts and symptoms by which texts in seven languages find each other, see resources/concepts. */
export interface Lexicon {
  readonly concepts: readonly ConceptName[]
  /** From this place on the concepts are the station's own names. */
  readonly ownFrom: number
  /** In order of appearance, each once. `lang`: BCP 47. */
  find(tokens: readonly Token[], lang: string): ConceptFound[]
  /** What people of that language read; English where the lexicon does not speak it. */
  labelOf(concept: number, lang: string): string
  /** How often a concept was met among so many texts to companies. */
  heard(concept: number): number
  readonly texts: number
  /** The same with other names of the station's own. */
  withNames(own: readonly Aspect[]): Lexicon
  /** Changes with its words. */
  readonly digest: string
}

/**
 * `file`: what `train concepts` wrote; null: there is only what the station brings. `own`: its own names of products and matters, which are
 * parts before all others. `looking`: what of the file is looked for, default all. Throws an Error when the file is none.
 */
export function openLexicon(file: Uint8Array | null, own: readonly Aspect[] = [], looking?: Looking): Lexicon {
  const shipped = file && readLexicon(file)
  return named(shipped, shipped && createConceptFinder(shipped, looking), own)
}

/** The shipped part is read once, whatever names come and go. */
function named(
  shipped: ReturnType<typeof readLexicon> | null,
  findShipped: ReturnType<typeof createConceptFinder> | null,
  own: readonly Aspect[],
): Lexicon {
  const names = tablesOf(own.map(entryOf))
  const findNamed = own.length > 0 ? createConceptFinder(names) : null
  const first = shipped?.concepts.length ?? 0
  return {
    concepts: [...(shipped?.concepts ?? []), ...names.concepts.map((one) => ({ ...one, labels: [] }))],
    ownFrom: first,
    digest: shipped?.digest ?? '',
    heard: (concept) => shipped?.heard.counts[concept] ?? 0,
    texts: shipped?.heard.texts ?? 0,
    withNames: (others) => named(shipped, findShipped, others),
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

/** A name is written alike in every language. With words of its own, the name is only what it is called. */
function entryOf({ name, words }: Aspect): ConceptEntry {
  const phrases = (words.length > 0 ? words : [name]).filter(tellsSomething)
  return { kind: 'part', id: name, topic: 'general', phrases: conceptLanguages.map(() => phrases) }
}
