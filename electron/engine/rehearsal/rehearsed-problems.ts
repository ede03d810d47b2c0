import type { ProblemCount } from '#engine/routing/facts.ts'
import type { Reads } from '#engine/store/reads.ts'
import { membersInOrder, problemNo, type MemberSeen } from '#engine/store/queries/problems.ts'

/** What was known of a problem when one of its mentions was heard. */
export interface ProblemThen {
  problemMentions: number
  problemAuthors: number
  problemCounts: ProblemCount[]
}

const MINUTE = 60_000
/** One alone is no problem yet. */
const LEAST = 2

/** People behind mentions; unknown authors count as one each, nobody can say that they are the same. */
class Crowd {
  readonly #times = new Map<number, number>()
  #unknown = 0

  get size(): number {
    return this.#times.size + this.#unknown
  }

  change(author: number | null, by: 1 | -1): void {
    if (author === null) {
      this.#unknown += by
      return
    }
    const times = (this.#times.get(author) ?? 0) + by
    if (times === 0) this.#times.delete(author)
    else this.#times.set(author, times)
  }
}

interface Replayed {
  members: readonly MemberSeen[]
  /** Members before this place have been heard. */
  heard: number
  authors: Crowd
  windows: { minutes: number; head: number; authors: Crowd }[]
}

/**
 * Problems as they grew: a back-test asks mention by mention, in order of arrival, and hears nothing of what came later. Which
 * mentions belong together is as it is known today.
 */
export function rehearsedProblems(reads: Reads, windows: readonly number[]) {
  const replayed = new Map<string, Replayed>()

  function begin(id: string): Replayed {
    const no = problemNo(id)
    return {
      members: no === undefined ? [] : membersInOrder(reads, no),
      heard: 0,
      authors: new Crowd(),
      windows: windows.map((minutes) => ({ minutes, head: 0, authors: new Crowd() })),
    }
  }

  /** null: nobody knew of it as a problem yet. */
  return function then(id: string, { seq, seenAt }: { seq: number; seenAt: number }): ProblemThen | null {
    let one = replayed.get(id)
    if (one === undefined) replayed.set(id, (one = begin(id)))
    const { members } = one
    for (; one.heard < members.length && members[one.heard]!.seq <= seq; one.heard++) {
      for (const { authors } of [one, ...one.windows]) authors.change(members[one.heard]!.author, 1)
    }
    for (const window of one.windows) {
      const from = seenAt - window.minutes * MINUTE
      for (; window.head < one.heard && members[window.head]!.at < from; window.head++) {
        window.authors.change(members[window.head]!.author, -1)
      }
    }
    if (one.heard < LEAST) return null
    const { heard } = one
    return {
      problemMentions: heard,
      problemAuthors: one.authors.size,
      problemCounts: one.windows.map(({ minutes, head, authors }) => ({
        withinMinutes: minutes,
        mentions: heard - head,
        authors: authors.size,
      })),
    }
  }
}
