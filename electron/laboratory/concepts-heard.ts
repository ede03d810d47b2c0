import { createConceptFinder } from '#engine/understanding/concepts/finder.ts'
import { tablesOf, type ConceptsHeard } from '#engine/understanding/concepts/lexicon-file.ts'
import { tokenize } from '#engine/understanding/tokens.ts'
import type { ConceptEntry } from '#shared/query/concept-lines.ts'
import { readCorpus } from './corpus.ts'

/** How often each entry is met in the part of the corpus in `dir` that models learn from. */
export async function heardIn(dir: string, entries: readonly ConceptEntry[]): Promise<ConceptsHeard> {
  const find = createConceptFinder(tablesOf(entries))
  const counts = new Uint32Array(entries.length)
  const texts = (await readCorpus(dir)).filter(({ split }) => split === 'train')
  for (const { text, lang } of texts) for (const { concept } of find(tokenize(text), lang)) counts[concept]!++
  return { counts, texts: texts.length }
}
