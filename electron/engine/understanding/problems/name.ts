import type { Lexicon } from '../concepts/lexicon.ts'
import { tokenize } from '../tokens.ts'
import type { LabelText } from './label.ts'

/** A concept that fewer of the texts have names something else. */
const SAID_BY = 0.22
const LEAST = 2
const MOST_TEXTS = 40
/** `is broken` names a problem only where nothing says how. */
const GENERAL = 0.4
/** What a symptom of the same matter adds to a part. */
const SAME_TOPIC = 4

/**
 * What a stranger understands, out of what most of the texts are about and what is wrong with it: `Card payment is declined`. In the language of `lang`. Null: the
 * texts do not share both.
 */
export function nameFrom(texts: readonly LabelText[], lexicon: Lexicon, lang: string): string | null {
  const counts = new Map<number, number>()
  const every = Math.ceil(texts.length / MOST_TEXTS)
  const some = texts.filter((_, at) => at % every === 0)
  for (const { text, lang: written } of some)
    for (const { concept } of lexicon.find(tokenize(text), written)) counts.set(concept, (counts.get(concept) ?? 0) + 1)
  const enough = Math.max(LEAST, some.length * SAID_BY)
  const ofKind = (kind: string, worth: (topic: string) => number, besides = ''): number | null => {
    const found = [...counts].filter(
      ([at, count]) =>
        count >= enough && lexicon.concepts[at]!.kind === kind && !repeats(lexicon.labelOf(at, lang), besides),
    )
    const [best] = found.sort((a, b) => b[1] * worth(topicOf(b[0])) - a[1] * worth(topicOf(a[0])))
    return best?.[0] ?? null
  }
  const topicOf = (concept: number): string => lexicon.concepts[concept]!.topic
  const symptom = ofKind('symptom', (topic) => (topic === 'general' ? GENERAL : 1))
  if (symptom === null) return null
  const wrong = lexicon.labelOf(symptom, lang)
  const part = ofKind('part', (topic) => (topic === topicOf(symptom) ? SAME_TOPIC : 1), wrong)
  if (part === null) return null
  const name = `${lexicon.labelOf(part, lang)} ${wrong}`
  return name.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
}

/** `App update` says nothing beside `is broken since the update`. */
const repeats = (part: string, symptom: string): boolean =>
  part
    .toLowerCase()
    .split(' ')
    .some((word) => word.length > 3 && symptom.toLowerCase().includes(word))
