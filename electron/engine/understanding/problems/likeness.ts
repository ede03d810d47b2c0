import type { Lexicon } from '../concepts/lexicon.ts'
import { likeness } from '../encoder/encoder.ts'
import type { Traits } from './traits.ts'

/** What speaks for and against two complaints being about the same fault, in the order of `evidenceNames`. */
export type Evidence = Float64Array

export const evidenceNames = [
  'one',
  'words',
  'parts',
  'symptoms',
  'meanings',
  'otherParts',
  'otherSymptoms',
  'codes',
  'sameLanguage',
  'vector',
  'vectorKnown',
  'both',
  'concepts',
] as const

/** How rare each term is among the complaints at hand. */
export interface Rarities {
  word(term: number): number
  concept(concept: number): number
  code(code: string): number
}

/** `all`: the complaints that will be compared. What the lexicon knows of other texts counts too: of few, everything looks rare. */
export function raritiesOf(all: readonly Traits[], lexicon: Pick<Lexicon, 'heard' | 'texts'>): Rarities {
  const words = new Map<number, number>()
  const concepts = new Map<number, number>()
  const codes = new Map<string, number>()
  const count = <Key>(counts: Map<Key, number>, key: Key): void => void counts.set(key, (counts.get(key) ?? 0) + 1)
  for (const traits of all) {
    for (const term of traits.words.keys()) count(words, term)
    for (const concept of [...traits.parts, ...traits.symptoms, ...traits.meanings]) count(concepts, concept)
    for (const code of traits.codes) count(codes, code)
  }
  const rarity = (seen: number | undefined, heard = 0, texts = 0): number =>
    Math.log(1 + (all.length + texts + 20) / ((seen ?? 0) + heard + 0.5))
  return {
    word: (term) => rarity(words.get(term)),
    concept: (concept) => rarity(concepts.get(concept), lexicon.heard(concept), lexicon.texts),
    code: (code) => rarity(codes.get(code)),
  }
}

/** A complaint made ready: its terms by weight, each list of length one. */
export interface Weighed {
  traits: Traits
  words: Map<number, number>
  parts: Map<number, number>
  symptoms: Map<number, number>
  meanings: Map<number, number>
  /** All three together. */
  concepts: Map<number, number>
  /** How rare each code is, 0 … 1. */
  codes: Map<string, number>
}

export function weigh(traits: Traits, rarities: Rarities): Weighed {
  const ofConcepts = (concepts: readonly number[]): Map<number, number> =>
    unit(new Map(concepts.map((concept) => [concept, rarities.concept(concept)])))
  return {
    traits,
    words: unit(new Map([...traits.words].map(([term, weight]) => [term, weight * rarities.word(term)]))),
    parts: ofConcepts(traits.parts),
    symptoms: ofConcepts(traits.symptoms),
    meanings: ofConcepts(traits.meanings),
    concepts: ofConcepts([...traits.parts, ...traits.symptoms, ...traits.meanings]),
    codes: new Map(traits.codes.map((code) => [code, Math.min(1, rarities.code(code) / 4)])),
  }
}

function unit(vector: Map<number, number>): Map<number, number> {
  let square = 0
  for (const weight of vector.values()) square += weight * weight
  if (square === 0) return vector
  const scale = 1 / Math.sqrt(square)
  for (const [term, weight] of vector) vector.set(term, weight * scale)
  return vector
}

function dot<Key>(a: ReadonlyMap<Key, number>, b: ReadonlyMap<Key, number>): number {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a]
  let sum = 0
  for (const [term, weight] of few) {
    const other = many.get(term)
    if (other !== undefined) sum += weight * other
  }
  return sum
}

/** Fills `into`. */
export function evidenceOf(a: Weighed, b: Weighed, into: Evidence): Evidence {
  const parts = dot(a.parts, b.parts)
  const symptoms = dot(a.symptoms, b.symptoms)
  let codes = 0
  for (const [code, rare] of a.codes) if (b.codes.has(code)) codes = Math.max(codes, rare)
  const { vector: va } = a.traits
  const { vector: vb } = b.traits
  into[0] = 1
  into[1] = dot(a.words, b.words)
  into[2] = parts
  into[3] = symptoms
  into[4] = dot(a.meanings, b.meanings)
  into[5] = parts === 0 && a.parts.size > 0 && b.parts.size > 0 ? 1 : 0
  into[6] = symptoms === 0 && a.symptoms.size > 0 && b.symptoms.size > 0 ? 1 : 0
  into[7] = codes
  into[8] = a.traits.lang === b.traits.lang ? 1 : 0
  into[9] = va && vb ? likeness(va, vb) : 0
  into[10] = va && vb ? 1 : 0
  into[11] = parts * symptoms
  into[12] = dot(a.concepts, b.concepts)
  return into
}
