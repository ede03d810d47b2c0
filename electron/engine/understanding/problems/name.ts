import type { Lexicon } from '../concepts/lexicon.ts'
import { tokenize } from '../tokens.ts'
import type { LabelText } from './label.ts'

/** A concept that fewer of the texts have names something else. */
const SAID_BY = 0.22
/** Part and symptom stand together in so many of them: both said often, each of something else, they would make up a fault that nobody told of. */
const TOGETHER_BY = 0.12
const LEAST = 2
const MOST_TEXTS = 40
/** `is broken` names a problem only where nothing says how. */
const GENERAL = 0.4
/** What a symptom of the same matter adds to a part. */
const SAME_TOPIC = 3
/** A symptom is said of the part that is near: at so many characters between them half as likely. */
const HALF_AT = 12
/** Beyond it they are of two sentences. */
const FAR = 80
/** Of two matters (a bag, a burnt taste) they have to stand closer, with nothing between that begins something else. */
const FAR_OF_TWO = 24
const ENDS = /[.!?\n]\s/
const ENDS_OF_TWO =
  /[.!?,;:–—\n]|(?<!\p{L})(?:and|but|then|und|aber|dann|et|mais|puis|y|pero|luego|e|ma|poi|mas|en|maar|toen)(?!\p{L})/iu

/**
 * What a stranger understands, out of what most of the texts are about and what is wrong with it: `Card payment is declined`. In the language of `lang`. Null: the
 * texts do not share both, or do not say them of each other.
 */
export function nameFrom(texts: readonly LabelText[], lexicon: Lexicon, lang: string): string | null {
  const topicOf = (concept: number): string => lexicon.concepts[concept]!.topic
  const counts = new Map<number, number>()
  const pairs = new Map<string, { part: number; symptom: number; near: number; texts: number }>()
  const every = Math.ceil(texts.length / MOST_TEXTS)
  const some = texts.filter((_, at) => at % every === 0)
  for (const { text, lang: written } of some) {
    const found = lexicon.find(tokenize(text), written)
    for (const { concept } of found) counts.set(concept, (counts.get(concept) ?? 0) + 1)
    const ofKind = (kind: string) => found.filter(({ concept }) => lexicon.concepts[concept]!.kind === kind)
    for (const symptom of ofKind('symptom'))
      for (const part of ofKind('part')) {
        const between = text.slice(Math.min(part.end, symptom.end), Math.max(part.start, symptom.start))
        const isOne = topicOf(part.concept) === topicOf(symptom.concept)
        const apart = between.length
        if (apart > (isOne ? FAR : FAR_OF_TWO) || (isOne ? ENDS : ENDS_OF_TWO).test(between)) continue
        const key = `${part.concept} ${symptom.concept}`
        const pair = pairs.get(key) ?? { part: part.concept, symptom: symptom.concept, near: 0, texts: 0 }
        pair.near += 1 / (1 + apart / HALF_AT)
        pair.texts++
        pairs.set(key, pair)
      }
  }
  const label = (concept: number): string => lexicon.labelOf(concept, lang)
  const enough = Math.max(LEAST, some.length * SAID_BY)
  const worth = ({ part, symptom, near }: { part: number; symptom: number; near: number }): number =>
    near * (topicOf(symptom) === 'general' ? GENERAL : topicOf(part) === topicOf(symptom) ? SAME_TOPIC : 1)
  const [best] = [...pairs.values()]
    .filter(
      ({ part, symptom, texts: together }) =>
        counts.get(part)! >= enough &&
        counts.get(symptom)! >= enough &&
        together >= (topicOf(part) === topicOf(symptom) ? Math.max(LEAST, some.length * TOGETHER_BY) : enough) &&
        !repeats(label(part), label(symptom)),
    )
    .sort((a, b) => worth(b) - worth(a))
  return best === undefined
    ? null
    : `${label(best.part)} ${label(best.symptom)}`.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
}

/** `App update` says nothing beside `is broken since the update`. */
const repeats = (part: string, symptom: string): boolean =>
  part
    .toLowerCase()
    .split(' ')
    .some((word) => word.length > 2 && symptom.toLowerCase().includes(word.slice(0, 5)))
