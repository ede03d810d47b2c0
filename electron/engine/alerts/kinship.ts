import type { CauseMention } from '#engine/store/queries/alert-counts.ts'
import type { Lexicon } from '#engine/understanding/concepts/lexicon.ts'
import type { MeaningOf } from '#engine/understanding/encoder/open.ts'
import { likelyOf, readFirst } from '#engine/understanding/problems/kin.ts'
import { traitsOf, type Traits } from '#engine/understanding/problems/traits.ts'

/** A mention as far as its likeness to others is known. */
export type KinMention = Pick<CauseMention, 'seq' | 'text' | 'lang'>

/** Each is compared with each member: so many are taken, the newest first. */
const MOST = 160
const MOST_MEMBERS = 16
/** One complaint alone is likely of anything. */
export const LEAST_MEMBERS = 2
/** Of each of two problems so much has to be likely of the other. */
const MOST_OF_IT = 0.5
const MOST_REMEMBERED = 2_000

/** Which complaints are of one fault, whatever problem they are filed under so far. Mentions are handed newest first. */
export interface Kinship {
  /** What a person should read first of `members`, then what speaks of the same among `all`. */
  readFirst<One extends KinMention>(all: readonly One[], members: readonly One[]): One[]
  /** The members, and who among `all` most likely speaks of the same. */
  likely<One extends KinMention>(all: readonly One[], members: readonly One[]): One[]
  /** Whether most of each of them is most likely of the other's fault. `all`: what else is complained of lately. */
  areKin(all: readonly KinMention[], some: readonly KinMention[], others: readonly KinMention[]): boolean
}

export function createKinship(lexicon: () => Lexicon, meaningOf: MeaningOf | null): Kinship {
  const traits = new Map<number, Traits>()
  let by: Lexicon | null = null

  function traitsFor({ seq, text, lang }: KinMention, known: Lexicon): Traits {
    const found = traits.get(seq) ?? traitsOf(text, lang, known, meaningOf && ((words) => meaningOf(words)!))
    traits.delete(seq)
    traits.set(seq, found)
    return found
  }

  function pick<One extends KinMention>(
    which: typeof readFirst,
    all: readonly One[],
    members: readonly One[],
  ): { found: One[]; members: One[] } {
    const known = lexicon()
    if (known !== by) traits.clear()
    by = known
    const own = members.slice(0, MOST_MEMBERS)
    const places = [...new Map([...own, ...all.slice(0, MOST)].map((one) => [one.seq, one])).values()]
    const found = which(
      places.map((one) => traitsFor(one, known)),
      own.map((_, at) => at),
      known,
    )
    for (const seq of traits.keys()) {
      if (traits.size <= MOST_REMEMBERED) break
      traits.delete(seq)
    }
    return { found: found.map((at) => places[at]!), members: own }
  }

  const areLikely = (all: readonly KinMention[], some: readonly KinMention[], others: readonly KinMention[]) => {
    const asked = others.slice(0, MOST_MEMBERS)
    const found = new Set(pick(likelyOf, [...asked, ...all], some).found.map(({ seq }) => seq))
    return asked.filter(({ seq }) => found.has(seq)).length >= asked.length * MOST_OF_IT
  }

  return {
    readFirst: (all, members) => (members.length < LEAST_MEMBERS ? [...members] : pick(readFirst, all, members).found),
    likely: (all, members) => (members.length < LEAST_MEMBERS ? [...members] : pick(likelyOf, all, members).found),
    areKin(all, some, others) {
      if (some.length < LEAST_MEMBERS || others.length < LEAST_MEMBERS) return false
      return areLikely(all, some, others) && areLikely(all, others, some)
    },
  }
}
