import type { Reads } from '#engine/store/reads.ts'
import { membersToLookAt, type MemberToLookAt } from '#engine/store/queries/problem-look.ts'
import { reportsFault } from '#engine/understanding/complaint.ts'
import type { Lexicon } from '#engine/understanding/concepts/lexicon.ts'
import { centre, centreByLanguage } from '#engine/understanding/problems/likeness.ts'
import { clauseOf } from '#engine/understanding/problems/quote.ts'
import { lookOver, mostLookedAt, type LookKnowledge } from '#engine/understanding/problems/look.ts'
import type { PairModel } from '#engine/understanding/problems/pair-model.ts'
import { traitsOf, type Encode, type Traits } from '#engine/understanding/problems/traits.ts'
import { scaleOf } from '#engine/understanding/problems/vector-scale.ts'
import type { FoundMove } from './look-protocol.ts'

const MINUTE = 60_000

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
  const looked = members.map(({ seq, no, fixed, text, lang, publishedAt, intent }) => {
    const traits = traitsOf(text, lang, lexicon, encode)
    return { key: seq, no, fixed, traits, reports: reportsFault(intent), minute: publishedAt / MINUTE }
  })
  const scales =
    vectors &&
    scalesOf(
      vectors,
      looked.map(({ traits }) => traits),
    )
  if (vectors && scales) looked.forEach(({ traits }, at) => (traits.vector = vectors[at]!))
  return lookOver(looked, lexicon, { model, scales }).map(({ keys, shared, codes, like, ...move }) => {
    const named = [...shared.map((concept) => lexicon.labelOf(concept, language)), ...codes]
    const mate = members.find(({ seq }) => seq === like)
    // What was written to the company alone is no reason on somebody else's case.
    const quotes = named.length === 0 && mate !== undefined && !mate.private
    return { ...move, seqs: keys, because: quotes ? [clauseOf(mate.text)] : named }
  })
}

/** `known`: with the vectors of the built-in encoder. null: the other model tells nothing apart. */
function scalesOf(others: readonly Float32Array[], known: readonly Traits[]): LookKnowledge['scales'] {
  const langs = known.map(({ lang }) => lang)
  const built = known.flatMap(({ vector }) => vector ?? [])
  const byLanguage = (vectors: readonly Float32Array[]): Float32Array[] =>
    centreByLanguage(vectors.map((vector, at) => ({ vector, lang: langs[at]! }))) as Float32Array[]
  const vector = scaleOf(others, built)
  const centred = scaleOf(centre(others) as Float32Array[], centre(built) as Float32Array[])
  const inLanguage = scaleOf(byLanguage(others), byLanguage(built))
  return vector && centred && inLanguage && { vector, centred, inLanguage }
}
