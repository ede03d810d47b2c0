import type { Reads } from '#engine/store/reads.ts'
import { publicTextsOf, textsOf } from '#engine/store/queries/problems.ts'
import { readSettings } from '#engine/store/queries/settings.ts'
import type { Lexicon } from '#engine/understanding/concepts/lexicon.ts'
import type { Clusterer } from '#engine/understanding/problems/clusterer.ts'
import { labelFrom } from '#engine/understanding/problems/label.ts'
import { quoteFrom } from '#engine/understanding/problems/quote.ts'
import { nameFrom } from '#engine/understanding/problems/name.ts'

const LABEL_WORDS = 4
const LABELLED_FROM = 30
const ENOUGH_ANGRY = 3

/**
 * What angers people names the problem, as soon as some are angry; in words that everybody can read, when there are any. By what it is about and what is wrong with
 * that, in the station's language; else in a whole clause of the one that says most of what they share, else in words that several of them have.
 */
export function problemName(reads: Reads, no: number, memory: Clusterer, lexicon: Lexicon): string {
  const open = publicTextsOf(reads, no, LABELLED_FROM)
  const texts = open.length > 0 ? open : textsOf(reads, no, LABELLED_FROM)
  const angry = texts.filter(({ sentiment }) => sentiment === 0)
  const named = angry.length >= ENOUGH_ANGRY ? angry : texts
  const { language } = readSettings(reads)
  const label =
    nameFrom(named, lexicon, language) ??
    quoteFrom(named, memory.commonness, language, lexicon) ??
    labelFrom(named, memory.commonness)
  if (label !== null) return label
  const said = texts.map(({ text }) => text.toLowerCase()).join('\n')
  const words = memory.keywords(no, LABEL_WORDS)
  return words.filter((word) => open.length === 0 || said.includes(word)).join(' ') || 'problem'
}
