import { evidenceNames, evidenceOf, weighAll, type EvidenceName, type Weighed } from './likeness.ts'
import { averageLinkage } from './linkage.ts'
import type { Lexicon } from '../concepts/lexicon.ts'
import type { PairModel } from './pair-model.ts'
import type { Traits } from './traits.ts'
import type { VectorScale } from './vector-scale.ts'

/** A complaint and the problem that holds it now. */
export interface LookedAt {
  key: number
  no: number
  /** A person put it there: it stays. */
  fixed: boolean
  traits: Traits
  /** How surely it reports a fault and is no threat, no cancellation and the like, 0 … 1. */
  reports: number
}

/** What the look knows beside the lexicon. */
export interface LookKnowledge {
  /** null: weights that were set without it, for stations whose encoder or model is missing. */
  model: PairModel | null
  /** Where the vectors are of another model than the weights were learned with. */
  scales?: { vector: VectorScale; centred: VectorScale } | null
}

/** Complaints that belong elsewhere. */
export interface LookMove {
  keys: number[]
  from: number
  /** null: a problem of their own, together with the others of this group that have none. */
  to: number | null
  group: number
  /** All of `from` that was looked at goes. */
  whole: boolean
  /** Places in the lexicon that they share with where they go; of a problem of their own, with each other. */
  shared: number[]
  /** Codes that they share. */
  codes: string[]
  /** Key of the complaint there that is most like them; of a problem of their own, of one of them. */
  like: number
}

/** Of a station without the learned model: regression over the pairs of some shifts of the desk corpus, before there was one. */
export const plainWeights: Readonly<Partial<Record<EvidenceName, number>>> = {
  one: -2.7,
  words: 8,
  parts: 1.04,
  symptoms: 2.17,
  meanings: 4.25,
  otherParts: -0.31,
  otherSymptoms: -0.11,
  codes: 1.9,
  sameLanguage: -0.86,
  vector: 2.14,
  vectorKnown: -0.14,
  both: 0.33,
  concepts: 5.53,
}

/** Log odds, on average over the pairs of a group, from which it is one fault. Below 0: a group speaks louder than a pair. */
export const JOINS = { learned: -2.2, plain: -1.7 }
/** Of one problem: more tell nothing new. In all: time and memory grow with the square. */
export const mostLookedAt = { ofOne: 80, inAll: 1200 } as const
/** Those that are together already stay so unless something speaks against it: names on a page must not flicker. */
const TOGETHER = 1.2
/** So surely, on average, complaints report a fault that likeness alone may move them; else a symptom or a code has to be named. */
const SURELY = 0.5
/** A concept that so many of those who move have is named as a reason. */
const SHARED = 0.4

/**
 * Which complaints belong elsewhere: groups them anew by average linkage over everything that speaks for and against each pair. A problem that a
 * person had a hand in is neither joined with another nor taken apart; only what stands alone so far may still join it. Of at most `mostLookedAt`.
 */
export function lookOver(
  all: readonly LookedAt[],
  lexicon: Lexicon,
  { model, scales = null }: LookKnowledge = { model: null },
): LookMove[] {
  const learned = model !== null && all.some(({ traits }) => traits.vector !== null) ? model : null
  const weighed = weighAll(all, lexicon, learned)
  const likeness = likenessOfAll(all, weighed, learned?.weights ?? plainWeights, scales)
  // Joining uses it up, and what is most alike is asked for afterwards.
  const groups = averageLinkage(likeness.slice(), all.length, learned ? JOINS.learned : JOINS.plain)
  return movesOf(all, groups, likeness)
}

function likenessOfAll(
  all: readonly LookedAt[],
  weighed: readonly Weighed[],
  weightOf: Readonly<Record<string, number>>,
  scales: LookKnowledge['scales'],
): Float32Array {
  const n = all.length
  const weights = evidenceNames.map((name) => weightOf[name] ?? 0)
  const evidence = new Float64Array(weights.length)
  const likeness = new Float32Array(n * n)
  for (let one = 0; one < n; one++) {
    for (let other = 0; other < one; other++) {
      evidenceOf(weighed[one]!, weighed[other]!, evidence)
      if (scales) {
        evidence[VECTOR] = scaled(evidence[VECTOR]!, scales.vector)
        evidence[CENTRED] = scaled(evidence[CENTRED]!, scales.centred)
      }
      let odds = all[one]!.no === all[other]!.no ? TOGETHER : 0
      for (let at = 0; at < weights.length; at++) odds += weights[at]! * evidence[at]!
      likeness[one * n + other] = odds
      likeness[other * n + one] = odds
    }
  }
  return likeness
}

const VECTOR = evidenceNames.indexOf('vector')
const CENTRED = evidenceNames.indexOf('centred')
const scaled = (value: number, { gain, shift }: VectorScale): number => gain * value + shift

/** The groups that were found, told as moves between the problems that are there. */
function movesOf(all: readonly LookedAt[], groups: Int32Array, likeness: Float32Array): LookMove[] {
  const byProblem = gather(all.map(({ no }, at) => [no, at]))
  // A problem lives on in the group that holds most of it; what a person put there weighs more than anything.
  const weight = (at: number): number => (all[at]!.fixed ? 1000 : 1)
  const homes = new Map<number, number>()
  for (const [no, members] of byProblem) {
    const home = heaviest(members, (at) => groups[at]!, weight)
    homes.set(no, home)
  }
  const held = new Set(all.flatMap(({ no, fixed }) => (fixed ? [no] : [])))
  const isHeld = (no: number): boolean => held.has(no)
  const mostAlike = (own: readonly number[], mates: readonly number[]): number => {
    let best = mates[0]!
    let most = -Infinity
    for (const one of own)
      for (const mate of mates) {
        if (mate === one || likeness[one * all.length + mate]! <= most) continue
        most = likeness[one * all.length + mate]!
        best = mate
      }
    return best
  }
  // What tells pairs apart was learned on reports of faults: anything else stays where its words have put it.
  const surely = (some: readonly number[]): boolean =>
    some.reduce((sum, at) => sum + all[at]!.reports, 0) >= some.length * SURELY
  const symptoms = new Set(all.flatMap(({ traits }) => traits.symptoms))
  const moves: LookMove[] = []
  for (const [group, members] of gather(all.map((_, at) => [groups[at]!, at]))) {
    const at = gather(members.map((member) => [all[member]!.no, member]))
    const living = [...at.keys()].filter((no) => homes.get(no) === group)
    const candidates = members.filter((member) => living.includes(all[member]!.no))
    const target = candidates.length === 0 ? null : heaviest(candidates, (member) => all[member]!.no, weight)
    for (const [no, own] of at) {
      if (no === target || isHeld(no) || (target !== null && isHeld(target) && byProblem.get(no)!.length > 1)) continue
      const free = own.filter((member) => !all[member]!.fixed)
      if (free.length === 0) continue
      const mates = target === null ? members : members.filter((member) => all[member]!.no === target)
      const traits = (some: readonly number[]): Traits[] => some.map((member) => all[member]!.traits)
      const common = sharedBy(traits(free), traits(mates))
      const whole = free.length === byProblem.get(no)!.length
      const isSaid = common.codes.length > 0 || common.shared.some((one) => symptoms.has(one))
      if (!isSaid && !(surely(free) && surely(mates))) continue
      moves.push({
        keys: free.map((member) => all[member]!.key),
        from: no,
        to: target,
        group,
        whole,
        ...common,
        like: all[mostAlike(free, mates)]!.key,
      })
    }
  }
  return moves
}

function gather(pairs: readonly (readonly [number, number])[]): Map<number, number[]> {
  const found = new Map<number, number[]>()
  for (const [key, value] of pairs) {
    const list = found.get(key)
    if (list) list.push(value)
    else found.set(key, [value])
  }
  return found
}

/** The key under which most lies; the lowest of several. */
function heaviest(members: readonly number[], keyOf: (at: number) => number, weight: (at: number) => number): number {
  const sums = new Map<number, number>()
  for (const at of members) sums.set(keyOf(at), (sums.get(keyOf(at)) ?? 0) + weight(at))
  return [...sums].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]![0]
}

function sharedBy(own: readonly Traits[], mates: readonly Traits[]): Pick<LookMove, 'shared' | 'codes'> {
  const common = <Key>(listOf: (traits: Traits) => readonly Key[]): Key[] => {
    const often = (texts: readonly Traits[]): Set<Key> => {
      const counts = new Map<Key, number>()
      for (const traits of texts) for (const key of new Set(listOf(traits))) counts.set(key, (counts.get(key) ?? 0) + 1)
      return new Set([...counts].filter(([, count]) => count >= texts.length * SHARED).map(([key]) => key))
    }
    const theirs = often(mates)
    return [...often(own)].filter((key) => theirs.has(key))
  }
  return { shared: common(({ parts, symptoms }) => [...parts, ...symptoms]), codes: common(({ codes }) => codes) }
}
