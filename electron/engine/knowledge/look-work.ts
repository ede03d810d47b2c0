import type { Reads } from '#engine/store/reads.ts'
import { membersToLookAt, type MemberToLookAt } from '#engine/store/queries/problem-look.ts'
import { reportsFault } from '#engine/understanding/complaint.ts'
import type { Lexicon } from '#engine/understanding/concepts/lexicon.ts'
import { centre } from '#engine/understanding/problems/likeness.ts'
import { clauseOf } from '#engine/understanding/problems/quote.ts'
import { lookOver, mostLookedAt, type LookKnowledge } from '#engine/understanding/problems/look.ts'
import type { PairModel } from '#engine/understanding/problems/pair-model.ts'
import { traitsOf, type Encode } from '#engine/understanding/problems/traits.ts'
import { scaleOf } from '#engine/understanding/problems/vector-scale.ts'
import type { FoundMove } from './look-protocol.ts'

/** The complaints heard since then that are looked over. */
export const lookedOver = (reads: Reads, since: number): MemberToLookAt[] =>
  membersToLookAt(reads, since, mostLookedAt.ofOne, mostLookedAt.inAll)

export interface LookTools {
  lexicon: Lexicon
  /** What people of the station read. */
  language: string
  /** null: nothing is said by nearness of meaning. */
  encode: Encode | null
  model: PairModel | null
}

/** Which of them belong elsewhere. `vectors`: of a model of the station's own, one each; null: the built-in encoder tells. */
export function lookWork(
  members: readonly MemberToLookAt[],
  { lexicon, language, encode, model }: LookTools,
  vectors: readonly Float32Array[] | null = null,
): FoundMove[] {
  const looked = members.map(({ seq, no, fixed, text, lang, intent }) => {
    return { key: seq, no, fixed, traits: traitsOf(text, lang, lexicon, encode), reports: reportsFault(intent) }
  })
  const known = looked.flatMap(({ traits: { vector } }) => vector ?? [])
  const scales = vectors && scalesOf(vectors, known)
  if (vectors && scales) looked.forEach(({ traits }, at) => (traits.vector = vectors[at]!))
  return lookOver(looked, lexicon, { model, scales }).map(({ keys, shared, codes, like, ...move }) => {
    const named = [...shared.map((concept) => lexicon.labelOf(concept, language)), ...codes]
    const mate = members.find(({ seq }) => seq === like)
    // What was written to the company alone is no reason on somebody else's case.
    const quotes = named.length === 0 && mate !== undefined && !mate.private
    return { ...move, seqs: keys, because: quotes ? [clauseOf(mate.text)] : named }
  })
}

/** null: the other model tells nothing apart. */
function scalesOf(vectors: readonly Float32Array[], known: readonly Float32Array[]): LookKnowledge['scales'] {
  const vector = scaleOf(vectors, known)
  const centred = scaleOf(centre(vectors) as Float32Array[], centre(known) as Float32Array[])
  return vector && centred && { vector, centred }
}
