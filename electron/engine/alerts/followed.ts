import type { ProblemChange } from '#engine/store/projections/knowledge.ts'
import { problemChangesSince } from '#engine/store/queries/problem-changes.ts'
import { countSince, problemNo, problemRow } from '#engine/store/queries/problems.ts'
import type { Reads } from '#engine/store/reads.ts'

/** Problems that went into one another, one after the other, at most. */
const MOST_STEPS = 20
/** A fault is where so much of it is: what was sorted elsewhere in smaller parts never was of it. */
const LEAST_SHARE = 1 / 3

/** Where a problem went to, when it went into another. */
export function merged(reads: Reads, first: number): number {
  let no = first
  for (let step = 0; step < MOST_STEPS; step++) {
    const into = problemRow(reads, no)?.merged_into ?? null
    if (into === null) return no
    no = into
  }
  return no
}

/**
 * Where a fault is by now: Earshot sorts complaints anew while they come, and what was one problem when its alert was raised may stand in
 * another an hour later. What a person took apart is apart. `leastShare`: of a problem, what a place has to hold.
 */
export function followedProblems(
  reads: Reads,
  ids: readonly string[],
  since: number,
  leastShare = LEAST_SHARE,
): number[] {
  const moved = new Map<number, Map<number, number>>()
  for (const { actor, data } of problemChangesSince(reads, since)) {
    const { problemId: from, to, moved: mentions = [], change } = data as unknown as ProblemChange
    const [one, other] = [problemNo(from), problemNo(to ?? '')]
    // All of what is merged is followed by the row itself.
    if (one === undefined || other === undefined || actor.kind !== 'engine' || change === 'merge') continue
    const places = moved.get(one) ?? new Map<number, number>()
    moved.set(one, places.set(other, (places.get(other) ?? 0) + mentions.length))
  }
  const found = new Set<number>()
  const looked = new Set<number>()
  const next = ids.flatMap((id) => problemNo(id) ?? [])
  for (let step = 0; next.length > 0 && step < MOST_STEPS; step++) {
    const no = merged(reads, next.shift()!)
    if (looked.has(no)) continue
    looked.add(no)
    const places = [...(moved.get(no) ?? [])]
    const left = countSince(reads, no, since).mentions
    const all = places.reduce((sum, [, n]) => sum + n, left)
    const [most] = places.filter(([, n]) => n >= all * leastShare).sort((a, b) => b[1] - a[1])
    if (left >= all * leastShare || most === undefined) found.add(no)
    for (const [to, n] of places) if (n >= all * leastShare) next.push(to)
  }
  return [...found]
}
