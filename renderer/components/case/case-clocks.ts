import { elapsed } from '#shared/util/elapsed.ts'
import type { Case } from '#shared/model/case.ts'

export const hops = ['published', 'seen', 'routed', 'accepted', 'replied', 'confirmed'] as const
export type Hop = (typeof hops)[number]

export interface Clock {
  hop: Hop
  /** When it happened; null: not yet, or never. */
  at: number | null
  /** Milliseconds since the hop before it that happened; null for the first and for what has not happened. */
  took: number | null
  /** `done`: happened. `waiting`: the case stands here. `late`: it stands here and the time is over. `ahead`: later. */
  state: 'done' | 'waiting' | 'late' | 'ahead'
  /** For the reply: when the customer must have heard back. */
  dueAt: number | null
  /** The hop that took the longest of all that happened inside the house (from seen on). */
  slowest: boolean
}

/**
 * The way of a case, hop by hop. A hop that was skipped (answered without being accepted) has no time and counts as
 * done; the time of the next hop then runs from the last one that happened.
 */
export function caseClocks(one: Case, now: number): Clock[] {
  const at: Record<Hop, number | null> = {
    published: one.publishedAt,
    seen: one.seenAt,
    routed: one.routedAt,
    accepted: one.acceptedAt,
    replied: one.repliedAt,
    confirmed: one.confirmedAt,
  }
  const over = one.state === 'closed'
  let last = -1
  for (const [index, hop] of hops.entries()) if (at[hop] !== null) last = index

  let previous: number | null = null
  const clocks = hops.map((hop, index): Clock => {
    const happened = at[hop]
    const took = happened !== null && previous !== null ? elapsed(previous, happened) : null
    if (happened !== null) previous = happened
    let state: Clock['state'] = 'ahead'
    if (index <= last) state = 'done'
    else if (index === last + 1 && !over) state = isLate(one, hop, now) ? 'late' : 'waiting'
    return { hop, at: happened, took, state, dueAt: hop === 'replied' ? one.dueAt : null, slowest: false }
  })

  const inside = clocks.slice(2).filter((clock) => clock.took !== null)
  if (inside.length > 1) {
    const longest = inside.reduce((most, clock) => (clock.took! > most.took! ? clock : most))
    if (longest.took! > 0) longest.slowest = true
  }
  return clocks
}

/** A case is late until it is answered, wherever it stands; waiting for a confirmation is never late. */
function isLate(one: Case, hop: Hop, now: number): boolean {
  return hop !== 'confirmed' && one.dueAt !== null && one.dueAt < now
}

/** Milliseconds that the case has stood where it stands, counted from the last thing that happened. */
export function standingFor(one: Case, now: number): number {
  const since = Math.max(one.seenAt, one.openedAt, one.routedAt ?? 0, one.acceptedAt ?? 0, one.repliedAt ?? 0)
  return elapsed(since, now)
}
