import type { Lexicon } from '../concepts/lexicon.ts'
import { likeness } from '../encoder/encoder.ts'
import { dot, weighPlainly, type EvidenceName, type Weighed } from './likeness.ts'
import { JOINS, plainWeights } from './look.ts'
import type { Traits } from './traits.ts'

/** Mean log odds to the members from which a complaint filed elsewhere is counted with them: more likely of this fault than not. */
const LIKELY = 0

/**
 * Which complaints a person should read first to know what a problem is about: its members, the most typical first, then others that speak of the same though they are filed elsewhere so far. Places in `all`.
 * `members`: places of those in the problem. Compares each with each member: hand in the last hours, not a year.
 */
export function readFirst(all: readonly Traits[], members: readonly number[], lexicon: Known): number[] {
  const within = new Set(members)
  const near = nearness(all, members, lexicon)
  const ranked = all.map((_, at) => at).sort((a, b) => near[b]! - near[a]!)
  return [
    ...ranked.filter((at) => within.has(at)),
    ...ranked.filter((at) => !within.has(at) && near[at]! >= JOINS.plain),
  ]
}

/** The members, and what is most likely of the same fault though it is filed elsewhere so far: what an alarm counts before the slower look has sorted it. Places in `all`. */
export function likelyOf(all: readonly Traits[], members: readonly number[], lexicon: Known): number[] {
  const within = new Set(members)
  const near = nearness(all, members, lexicon)
  return [...members, ...all.flatMap((_, at) => (!within.has(at) && near[at]! >= LIKELY ? at : []))]
}

type Known = Pick<Lexicon, 'heard' | 'texts' | 'ownFrom'>

const weightOf = (name: EvidenceName): number => plainWeights[name] ?? 0
/** Evidence that is a sum over terms: of all members together it is reckoned in one go. */
const summed = [
  ['words', weightOf('words')],
  ['meanings', weightOf('meanings')],
  ['concepts', weightOf('concepts')],
] as const

/** Mean log odds of each to the members by `plainWeights`, itself left out. */
export function nearness(all: readonly Traits[], members: readonly number[], lexicon: Known): number[] {
  const weighed = weighPlainly(
    all.map((traits) => ({ traits, reports: 1 })),
    lexicon,
  )
  const within = new Set(members)
  const own = [...within].map((member) => weighed[member]!)
  const sums = summed.map(([name, weight]) => ({ name, weight, sum: sumOf(own.map((one) => one[name])) }))
  const vectors = own.flatMap(({ traits: { vector } }) => vector ?? [])
  const mean = new Float64Array(vectors[0]?.length ?? 0)
  for (const vector of vectors) for (let k = 0; k < mean.length; k++) mean[k]! += vector[k]!
  return weighed.map((one, at) => {
    const isMember = within.has(at)
    const others = own.length - (isMember ? 1 : 0)
    if (others === 0) return 0
    let sum = 0
    for (const { name, weight, sum: ofAll } of sums)
      sum += weight * (dot(one[name], ofAll) - (isMember ? dot(one[name], one[name]) : 0))
    const { vector } = one.traits
    if (vector !== null && vectors.length > 0) {
      let alike = 0
      for (let k = 0; k < mean.length; k++) alike += vector[k]! * mean[k]!
      // Of length one, so that it is itself once.
      sum += weightOf('vector') * (alike - (isMember ? likeness(vector, vector) : 0))
      sum += weightOf('vectorKnown') * (vectors.length - (isMember ? 1 : 0))
    }
    for (const other of own) if (other !== one) sum += ofPair(one, other)
    return sum / others
  })
}

/** What is no sum over terms. */
function ofPair(one: Weighed, other: Weighed): number {
  const parts = dot(one.parts, other.parts)
  const symptoms = dot(one.symptoms, other.symptoms)
  let sum = weightOf('one') + weightOf('parts') * parts + weightOf('symptoms') * symptoms
  sum += weightOf('both') * parts * symptoms
  if (parts === 0 && one.parts.size > 0 && other.parts.size > 0) sum += weightOf('otherParts')
  if (symptoms === 0 && one.symptoms.size > 0 && other.symptoms.size > 0) sum += weightOf('otherSymptoms')
  if (one.traits.lang === other.traits.lang) sum += weightOf('sameLanguage')
  let codes = 0
  for (const [code, rare] of one.codes) if (other.codes.has(code)) codes = Math.max(codes, rare)
  return sum + weightOf('codes') * codes
}

function sumOf(all: readonly ReadonlyMap<number, number>[]): Map<number, number> {
  const sums = new Map<number, number>()
  for (const one of all) for (const [term, weight] of one) sums.set(term, (sums.get(term) ?? 0) + weight)
  return sums
}
