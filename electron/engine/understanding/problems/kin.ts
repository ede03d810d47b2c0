import type { Lexicon } from '../concepts/lexicon.ts'
import { evidenceNames, evidenceOf, weighPlainly } from './likeness.ts'
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

/** Mean log odds of each to the members, itself left out. */
function nearness(all: readonly Traits[], members: readonly number[], lexicon: Known): number[] {
  const compared = all.map((traits) => ({ traits, reports: 1 }))
  const weighed = weighPlainly(compared, lexicon)
  const weights = evidenceNames.map((name) => plainWeights[name] ?? 0)
  const evidence = new Float64Array(weights.length)
  const odds = (one: number, other: number): number => {
    evidenceOf(weighed[one]!, weighed[other]!, evidence)
    let sum = 0
    for (let at = 0; at < weights.length; at++) sum += weights[at]! * evidence[at]!
    return sum
  }
  return all.map((_, one) => {
    const others = members.filter((member) => member !== one)
    return others.length === 0 ? 0 : others.reduce((sum, other) => sum + odds(one, other), 0) / others.length
  })
}
