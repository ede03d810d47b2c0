import type { Lexicon } from '../concepts/lexicon.ts'
import { likeness, toUnit } from '../encoder/encoder.ts'
import type { PairModel } from './pair-model.ts'
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
  'centred',
  'rarest',
  'rarestSymptom',
  'faults',
  'length',
  'otherLength',
  'kinds',
  'inLanguage',
  'soon',
] as const
export type EvidenceName = (typeof evidenceNames)[number]

/** A complaint to compare. */
export interface Compared {
  traits: Traits
  /** How surely it reports a fault and is no threat, no cancellation and the like, 0 … 1. */
  reports: number
  /** When it was written, in minutes from anywhere; absent: nothing is said by when. */
  minute?: number
}

/** How rare each term is among the complaints at hand. */
export interface Rarities {
  word(term: number): number
  concept(concept: number): number
  code(code: string): number
}

/** Of fewer complaints nothing is said of what most of them have. */
const ENOUGH = 20
const EVERYWHERE = 0.5

/** `all`: the complaints that will be compared. What the lexicon knows of other texts counts too: of few, everything looks rare. */
export function raritiesOf(all: readonly Traits[], lexicon: Pick<Lexicon, 'heard' | 'texts' | 'ownFrom'>): Rarities {
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
    concept(concept) {
      const seen = concepts.get(concept) ?? 0
      // A name of the station's own that most complaints have is its brand, or a word that every text has: no reason to be one fault.
      if (concept >= lexicon.ownFrom && all.length >= ENOUGH && seen > all.length * EVERYWHERE) return 0
      return rarity(seen, lexicon.heard(concept), lexicon.texts)
    },
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
  /** How rare each concept is, and which of them are symptoms. */
  rarity: Map<number, number>
  isSymptom: ReadonlySet<number>
  /** How rare each code is, 0 … 1. */
  codes: Map<string, number>
  /** The encoder's vector without what all complaints have in common, of length one; null: there is none. */
  centred: Float32Array | null
  /** The same without what all in its language have in common. */
  inLanguage: Float32Array | null
  /** Kinds of faults that it may tell of, so that the product of two is how much likelier they are to share one than any two. */
  kinds: Float64Array | null
  reports: number
  minute: number | null
  /** Logarithm of how much it says. */
  length: number
}

/** Makes the complaints ready that will be compared. `model`: null: nothing is known of kinds of faults. */
export function weighAll(
  all: readonly Compared[],
  lexicon: Pick<Lexicon, 'heard' | 'texts' | 'ownFrom'>,
  model: PairModel | null,
): Weighed[] {
  const every = all.map(({ traits }) => traits)
  const rarities = raritiesOf(every, lexicon)
  const centred = centre(every.map(({ vector }) => vector))
  const inLanguage = centreByLanguage(every)
  const kinds = model && alike(every.map((traits) => model.kindsOf(meantBy(traits))))
  return all.map((one, at) =>
    weigh(one, rarities, { centred: centred[at]!, inLanguage: inLanguage[at]!, kinds: kinds?.[at] ?? null }),
  )
}

/** The same for who weighs by `plainWeights` alone, in which what needs them all beside each other has no say. */
export function weighPlainly(
  all: readonly Compared[],
  lexicon: Pick<Lexicon, 'heard' | 'texts' | 'ownFrom'>,
): Weighed[] {
  const rarities = raritiesOf(
    all.map(({ traits }) => traits),
    lexicon,
  )
  return all.map((one) => weigh(one, rarities, { centred: null, inLanguage: null, kinds: null }))
}

const meantBy = ({ parts, symptoms, meanings }: Traits): number[] => [...parts, ...symptoms, ...meanings]

function weigh(
  { traits, reports, minute }: Compared,
  rarities: Rarities,
  meant: Pick<Weighed, 'centred' | 'inLanguage' | 'kinds'>,
): Weighed {
  const rarity = new Map(meantBy(traits).map((concept) => [concept, rarities.concept(concept)]))
  const ofConcepts = (concepts: readonly number[]): Map<number, number> =>
    unit(new Map(concepts.map((concept) => [concept, rarity.get(concept)!] as const).filter(([, rare]) => rare > 0)))
  return {
    traits,
    words: unit(new Map([...traits.words].map(([term, weight]) => [term, weight * rarities.word(term)]))),
    parts: ofConcepts(traits.parts),
    symptoms: ofConcepts(traits.symptoms),
    meanings: ofConcepts(traits.meanings),
    concepts: ofConcepts(meantBy(traits)),
    rarity,
    isSymptom: new Set(traits.symptoms),
    codes: new Map(traits.codes.map((code) => [code, Math.min(1, rarities.code(code) / 4)])),
    ...meant,
    reports,
    minute: minute ?? null,
    length: Math.log(1 + traits.words.size + rarity.size) / 4,
  }
}

/** What all have in common, the trade above all, tells none of them from another. */
export function centre(vectors: readonly (Float32Array | null)[]): (Float32Array | null)[] {
  const known = vectors.filter((vector) => vector !== null)
  const mean = new Float32Array(known[0]?.length ?? 0)
  for (const vector of known) for (let k = 0; k < mean.length; k++) mean[k]! += vector[k]! / known.length
  return vectors.map((vector) => vector && toUnit(vector.map((value, k) => value - mean[k]!)))
}

/** So many complaints in one language weigh as much as all of them together: the mean of few is their own. */
const FEW_OF_LANGUAGE = 4

/** Vectors lie apart by language as well as by what is meant: without what its own language has in common, a text meets its like in another more easily. */
export function centreByLanguage(every: readonly Pick<Traits, 'vector' | 'lang'>[]): (Float32Array | null)[] {
  const known = every.flatMap(({ vector }) => vector ?? [])
  const size = known[0]?.length ?? 0
  const sums = new Map<string, { sum: Float32Array; count: number }>()
  const all = { sum: new Float32Array(size), count: known.length }
  for (const { vector, lang } of every) {
    if (!vector) continue
    const own = sums.get(lang) ?? { sum: new Float32Array(size), count: 0 }
    sums.set(lang, own)
    own.count++
    for (let k = 0; k < size; k++) {
      own.sum[k]! += vector[k]!
      all.sum[k]! += vector[k]!
    }
  }
  const means = new Map(
    [...sums].map(([lang, { sum, count }]) => [
      lang,
      sum.map((value, k) => (value + (FEW_OF_LANGUAGE * all.sum[k]!) / all.count) / (count + FEW_OF_LANGUAGE)),
    ]),
  )
  return every.map(({ vector, lang }) => {
    const mean = means.get(lang)
    return vector && mean ? toUnit(vector.map((value, k) => value - mean[k]!)) : null
  })
}

/** Of few complaints nobody knows which kinds are frequent among them. */
const KIND_SHARE = 0.3

/** Probabilities of kinds, made so that what is rare among these weighs more. */
function alike(all: readonly Float64Array[]): Float64Array[] {
  const size = all[0]?.length ?? 0
  const usual = new Float64Array(size).fill(KIND_SHARE / Math.max(1, size))
  for (const kinds of all) for (let kind = 0; kind < size; kind++) usual[kind]! += kinds[kind]! / all.length
  return all.map((kinds) => kinds.map((share, kind) => share / Math.sqrt(usual[kind]!)))
}

function unit(vector: Map<number, number>): Map<number, number> {
  let square = 0
  for (const weight of vector.values()) square += weight * weight
  if (square === 0) return vector
  const scale = 1 / Math.sqrt(square)
  for (const [term, weight] of vector) vector.set(term, weight * scale)
  return vector
}

export function dot<Key>(a: ReadonlyMap<Key, number>, b: ReadonlyMap<Key, number>): number {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a]
  let sum = 0
  for (const [term, weight] of few) {
    const other = many.get(term)
    if (other !== undefined) sum += weight * other
  }
  return sum
}

/** Rarity of a concept that hardly anybody names. */
const RARE = 5
/** Two texts of kinds that rule each other out: the logarithm stays finite. */
const NEVER = 0.05

/** The rarest concept that both name, and the rarest symptom. */
function rarestOfBoth(a: Weighed, b: Weighed): { concept: number; symptom: number } {
  const [few, many] = a.rarity.size <= b.rarity.size ? [a, b] : [b, a]
  let concept = 0
  let symptom = 0
  for (const [one, rare] of few.rarity) {
    if (!many.rarity.has(one)) continue
    if (rare > concept) concept = rare
    if (rare > symptom && few.isSymptom.has(one)) symptom = rare
  }
  return { concept: concept / RARE, symptom: symptom / RARE }
}

/** Fills `into`. */
export function evidenceOf(a: Weighed, b: Weighed, into: Evidence): Evidence {
  const parts = dot(a.parts, b.parts)
  const symptoms = dot(a.symptoms, b.symptoms)
  let codes = 0
  for (const [code, rare] of a.codes) if (b.codes.has(code)) codes = Math.max(codes, rare)
  const { vector: va } = a.traits
  const { vector: vb } = b.traits
  const rarest = rarestOfBoth(a, b)
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
  into[13] = a.centred && b.centred ? likeness(a.centred, b.centred) : 0
  into[14] = rarest.concept
  into[15] = rarest.symptom
  into[16] = Math.min(a.reports, b.reports)
  into[17] = a.length + b.length - 1
  into[18] = Math.abs(a.length - b.length)
  into[19] = a.kinds && b.kinds ? Math.log(product(a.kinds, b.kinds) + NEVER) : 0
  into[20] = a.inLanguage && b.inLanguage ? likeness(a.inLanguage, b.inLanguage) : 0
  into[21] = soonness(a.minute, b.minute)
  return into
}

/** A fault breaks out and its complaints come close together: e-folding time, in minutes. */
const SOON = 90

/** How soon after each other two were written, 0 … 1; of times that are not known, 0. */
export const soonness = (one: number | null, other: number | null): number =>
  one === null || other === null ? 0 : Math.exp(-Math.abs(one - other) / SOON)

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!
  return sum
}
