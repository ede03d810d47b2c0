import type { Mention } from '#shared/model/mention.ts'
import type { Lexicon } from '#engine/understanding/concepts/lexicon.ts'
import { tokenize } from '#engine/understanding/tokens.ts'

/** Parts and symptoms of a mention, as `part/card-payment`: what it has in common with cases in other words and languages. */
export type ConceptsOf = (mention: Pick<Mention, 'text' | 'title' | 'lang'>) => string[]

export const conceptsBy =
  (lexicon: () => Lexicon): ConceptsOf =>
  ({ text, title, lang }) => {
    const { concepts, find } = lexicon()
    const said = title === null || text.startsWith(title) ? text : `${title}\n${text}`
    return find(tokenize(said), lang).flatMap(({ concept }) => {
      const { kind, id } = concepts[concept]!
      return kind === 'word' ? [] : [`${kind}/${id}`]
    })
  }
