import type { Reads } from '#engine/store/reads.ts'
import { membersToLookAt, type MemberToLookAt } from '#engine/store/queries/problem-look.ts'
import type { Lexicon } from '#engine/understanding/concepts/lexicon.ts'
import { lookOver, mostLookedAt } from '#engine/understanding/problems/look.ts'
import { traitsOf, type Encode } from '#engine/understanding/problems/traits.ts'
import { scaleOf } from '#engine/understanding/problems/vector-scale.ts'
import type { FoundMove } from './look-protocol.ts'

/** The complaints heard since then that are looked over. */
export const lookedOver = (reads: Reads, since: number): MemberToLookAt[] =>
  membersToLookAt(reads, since, mostLookedAt.ofOne, mostLookedAt.inAll)

/** Which of them belong elsewhere. `vectors`: of a model of the station's own, one each; null: the built-in encoder tells. */
export function lookWork(
  members: readonly MemberToLookAt[],
  lexicon: Lexicon,
  encode: Encode | null,
  vectors: readonly Float32Array[] | null = null,
): FoundMove[] {
  const looked = members.map(({ seq, no, fixed, text, lang }) => {
    return { key: seq, no, fixed, traits: traitsOf(text, lang, lexicon, encode) }
  })
  const known = looked.flatMap(({ traits: { vector } }) => vector ?? [])
  const scale = vectors && scaleOf(vectors, known)
  if (vectors && scale) looked.forEach(({ traits }, at) => (traits.vector = vectors[at]!))
  return lookOver(looked, lexicon, scale).map(({ keys, shared, codes, ...move }) => ({
    ...move,
    seqs: keys,
    because: [...shared.map((concept) => lexicon.labelOf(concept, 'en')), ...codes],
  }))
}
