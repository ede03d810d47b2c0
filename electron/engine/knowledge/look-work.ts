import type { Reads } from '#engine/store/reads.ts'
import { membersToLookAt } from '#engine/store/queries/problem-look.ts'
import type { Lexicon } from '#engine/understanding/concepts/lexicon.ts'
import { lookOver } from '#engine/understanding/problems/look.ts'
import { traitsOf, type Encode } from '#engine/understanding/problems/traits.ts'
import type { FoundMove } from './look-protocol.ts'

/** Of one problem: more tell nothing new. In all: time and memory grow with the square. */
const MOST_OF_ONE = 80
const MOST = 1200

/** Which complaints heard since then belong elsewhere. */
export function lookWork(reads: Reads, lexicon: Lexicon, encode: Encode | null, since: number): FoundMove[] {
  const members = membersToLookAt(reads, since, MOST_OF_ONE, MOST)
  const looked = members.map(({ seq, no, fixed, text, lang }) => {
    return { key: seq, no, fixed, traits: traitsOf(text, lang, lexicon, encode) }
  })
  return lookOver(looked, lexicon).map(({ keys, shared, codes, ...move }) => ({
    ...move,
    seqs: keys,
    because: [...shared.map((concept) => lexicon.labelOf(concept, 'en')), ...codes],
  }))
}
