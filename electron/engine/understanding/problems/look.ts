import {
  evidenceNames,
  evidenceOf,
  soonness,
  weighAll,
  weighPlainly,
  type EvidenceName,
  type Weighed,
} from './likeness.ts'
import { averageLinkage } from './linkage.ts'
import { neighbourEvidence, witnessesOf } from './neighbours.ts'
import type { Lexicon } from '../concepts/lexicon.ts'
import type { PairModel } from './pair-model.ts'
import { oddsOf } from './pair-net.ts'
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
  /** When it was written, in minutes from anywhere; absent: nothing is said by when. */
  minute?: number
}

/** What the look knows beside the lexicon. */
export interface LookKnowledge {
  /** null: weights that were set without it, for stations whose encoder or model is missing. */
  model: PairModel | null
  /** Where the vectors are of another model than the weights were learned with. */
  scales?: { vector: VectorScale; centred: VectorScale; inLanguage: VectorScale } | null
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
export const JOINS = { learned: -1.3, plain: -1.7 }
/** Of one problem: more tell nothing new. In all: time and memory grow with the square. */
export const mostLookedAt = { ofOne: 80, inAll: 1200 } as const
/** Those that are together already stay so unless something speaks against it: names on a page must not flicker. */
const TOGETHER = { learned: 0.3, plain: 1.2 }
/**
 * What others say of a pair lifts it by so much at most above its own evidence. Where many are loud at once everything is in like company: complaints of
 * rude staff and late parcels had become one problem with payments that fail.
 */
const LIFT = 1
/** So surely, on average, complaints report a fault that likeness alone may move them; else a symptom or a code has to be named. */
const SURELY = 0.5
/** Where fewer report faults than this, on average, people talk of something else: what was learned on faults would tear apart what their words hold together. */
const LEAST_REPORTS = 0.35
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
  if (all.reduce((sum, { reports }) => sum + reports, 0) < all.length * LEAST_REPORTS) return []
  const learned = model !== null && all.some(({ traits }) => traits.vector !== null) ? model : null
  const weighed = learned ? weighAll(all, lexicon, learned) : weighPlainly(all, lexicon)
  const likeness = learned ? learnedLikeness(all, weighed, learned, scales) : plainLikeness(all, weighed, scales)
  // Joining uses it up, and what is most alike is asked for afterwards.
  const groups = averageLinkage(likeness.slice(), all.length, learned ? JOINS.learned : JOINS.plain)
  return movesOf(all, groups, likeness)
}

/** Log odds of each pair by its own evidence; the others have no say. */
export function pairOdds(
  weighed: readonly Weighed[],
  oddsOfRow: (evidence: Float64Array) => number,
  scales: LookKnowledge['scales'] = null,
): Float32Array {
  const n = weighed.length
  const evidence = new Float64Array(evidenceNames.length)
  const odds = new Float32Array(n * n)
  for (let one = 0; one < n; one++) {
    for (let other = 0; other < one; other++) {
      evidenceOf(weighed[one]!, weighed[other]!, evidence)
      if (scales)
        for (const [at, scale] of SCALED) evidence[at] = scales[scale].gain * evidence[at]! + scales[scale].shift
      odds[one * n + other] = odds[other * n + one] = oddsOfRow(evidence)
    }
  }
  return odds
}

const SCALED = (['vector', 'centred', 'inLanguage'] as const).map(
  (name) => [evidenceNames.indexOf(name), name] as const,
)

function plainLikeness(
  all: readonly LookedAt[],
  weighed: readonly Weighed[],
  scales: LookKnowledge['scales'],
): Float32Array {
  const weights = evidenceNames.map((name) => plainWeights[name] ?? 0)
  const odds = pairOdds(
    weighed,
    (evidence) => weights.reduce((sum, weight, at) => sum + weight * evidence[at]!, 0),
    scales,
  )
  return withTogether(all, odds, TOGETHER.plain)
}

function learnedLikeness(
  all: readonly LookedAt[],
  weighed: readonly Weighed[],
  { first, second }: PairModel,
  scales: LookKnowledge['scales'],
): Float32Array {
  const n = all.length
  const alone = pairOdds(weighed, (evidence) => oddsOf(first, evidence), scales)
  const odds = new Float32Array(n * n)
  const soon = (one: number, other: number): number => soonness(weighed[one]!.minute, weighed[other]!.minute)
  const witnesses = witnessesOf(all.map(({ no }) => no))
  neighbourEvidence(alone, n, witnesses, soon, (one, other, row) => {
    odds[one * n + other] = odds[other * n + one] = Math.min(oddsOf(second, row), alone[one * n + other]! + LIFT)
  })
  return withTogether(all, odds, TOGETHER.learned)
}

function withTogether(all: readonly LookedAt[], odds: Float32Array, more: number): Float32Array {
  const n = all.length
  for (let one = 0; one < n; one++)
    for (let other = 0; other < n; other++) if (all[one]!.no === all[other]!.no) odds[one * n + other]! += more
  return odds
}

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
