import type { Lexicon } from '../concepts/lexicon.ts'
import { evidenceNames, evidenceOf, raritiesOf, weigh } from './likeness.ts'
import { JOINS, likenessWeights } from './look.ts'
import type { Traits } from './traits.ts'

/**
 * Which complaints a person should read first to know what a problem is about: its members, the most typical first, then others that speak of the same though they are filed elsewhere so far. Places in `all`.
 * `members`: places of those in the problem. Compares each with each member: hand in the last hours, not a year.
 */
export function readFirst(
  all: readonly Traits[],
  members: readonly number[],
  lexicon: Pick<Lexicon, 'heard' | 'texts'>,
): number[] {
  const rarities = raritiesOf(all, lexicon)
  const weighed = all.map((traits) => weigh(traits, rarities))
  const weights = evidenceNames.map((name) => likenessWeights[name])
  const evidence = new Float64Array(weights.length)
  const odds = (one: number, other: number): number => {
    evidenceOf(weighed[one]!, weighed[other]!, evidence)
    let sum = 0
    for (let at = 0; at < weights.length; at++) sum += weights[at]! * evidence[at]!
    return sum
  }
  const within = new Set(members)
  const near = (one: number): number => {
    const others = members.filter((member) => member !== one)
    return others.length === 0 ? 0 : others.reduce((sum, other) => sum + odds(one, other), 0) / others.length
  }
  const ranked = all.map((_, at) => ({ at, near: near(at) })).sort((a, b) => b.near - a.near)
  return [
    ...ranked.filter(({ at }) => within.has(at)),
    ...ranked.filter(({ at, near }) => !within.has(at) && near >= JOINS),
  ].map(({ at }) => at)
}
