import type { KnownConcept } from '#shared/model/learning.ts'
import { matterOf } from '#engine/understanding/aspects/matters.ts'
import type { Lexicon } from '#engine/understanding/concepts/lexicon.ts'

/** Parts, symptoms and the station's own names, in the language of `locale` (BCP 47). General words are nothing that is asked for. */
export const knownConcepts = (lexicon: Lexicon, locale: string): KnownConcept[] =>
  lexicon.concepts.flatMap((concept, at): KnownConcept[] => {
    const { id, kind } = concept
    if (kind === 'word') return []
    if (at >= lexicon.ownFrom) return [{ id, kind: 'own', matter: null, label: id }]
    return [{ id, kind, matter: matterOf(concept), label: lexicon.labelOf(at, locale) }]
  })
