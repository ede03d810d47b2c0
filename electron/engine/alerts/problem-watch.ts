import { cardKey } from '#engine/alerts/detect/crisis.ts'
import {
  freshProblemMemory,
  judgeProblem,
  problemSettings,
  type ProblemLook,
  type ProblemMemory,
} from '#engine/alerts/detect/problem.ts'
import type { Sensitivity } from '#engine/alerts/detect/verdict.ts'
import {
  countedOfProblem,
  heardBetween,
  problemsSpokenOf,
  saidOfProblem,
  type CauseMention,
  type ProblemMention,
} from '#engine/store/queries/alert-counts.ts'
import { problemId, problemRow } from '#engine/store/queries/problems.ts'
import type { Store } from '#engine/store/store.ts'
import type { Cause } from './cause.ts'
import type { Judged } from './crises.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Members of a problem that are looked at: of a louder one the newest. */
const MOST = 2_000
const REACH = 20_000
const READ_FOR_CAUSE = 300
/** Problems whose networks and countries are remembered; those spoken of longest ago go first. */
const MOST_REMEMBERED = 5_000
/** As the store keeps it. */
const NEGATIVE = 0

/** Problems that announce themselves: in people, not posts; copies of one text are one person. */
export function createProblemWatch(store: Store) {
  const memories = new Map<number, ProblemMemory>()

  function lookOf(
    mentions: readonly ProblemMention[],
    at: number,
    heard: number,
    solvedAt: number | null,
  ): ProblemLook {
    const now = mentions.filter((one) => one.at > at - HOUR)
    const before = mentions.filter((one) => one.at <= at - HOUR)
    const countries = mentions.flatMap(({ country }) => country ?? [])
    return {
      at,
      firstAt: mentions.at(-1)?.at ?? at,
      people: peopleOf(now),
      peopleBefore: peopleOf(before),
      heard,
      negative: now.filter(({ sentiment }) => sentiment === NEGATIVE).length / Math.max(1, now.length),
      networks: [...new Set(mentions.map(({ network }) => network))],
      countries: [...new Set(countries)],
      influencers: peopleOf(mentions.filter(({ followers }) => (followers ?? 0) >= REACH)),
      solvedAt,
      peopleSinceSolved: solvedAt === null ? 0 : peopleOf(mentions.filter((one) => one.at > solvedAt)),
    }
  }

  function seenOf(no: number, at: number, heard: number): { look: ProblemLook; newestAt: number } | null {
    const row = problemRow(store, no)
    if (row === undefined) return null
    const mentions = countedOfProblem(store, no, at - DAY, MOST)
    const look = lookOf(mentions, at, heard, row.closed_at)
    // It is older than the day that is looked at.
    return { look: { ...look, firstAt: Math.min(look.firstAt, row.created_at) }, newestAt: mentions[0]?.at ?? 0 }
  }

  return {
    *judged(
      at: number,
      sensitivity: Sensitivity,
      causeFrom: (mentions: readonly CauseMention[]) => Cause,
      listensOf: (mentions: readonly CauseMention[]) => string[],
    ): Generator<Judged & { newestAt: number }> {
      const heard = heardBetween(store, at - HOUR, at)
      const { newPeople, growPeople, backPeople, reachPeople } = problemSettings[sensitivity]
      const few = Math.min(newPeople, growPeople, backPeople)
      for (const no of problemsSpokenOf(store, { hour: at - HOUR, day: at - DAY, few, many: reachPeople })) {
        const found = seenOf(no, at, heard)
        if (found === null) continue
        const { look, newestAt } = found
        const memory = memories.get(no) ?? freshProblemMemory()
        memories.delete(no)
        memories.set(no, memory)
        const said = (): CauseMention[] => saidOfProblem(store, no, at - HOUR, READ_FOR_CAUSE)
        yield {
          newestAt,
          key: cardKey('problem', `problem:${no}`),
          verdict: judgeProblem(memory, look, sensitivity),
          about: { kind: 'problem', id: problemId(no), name: problemRow(store, no)?.label ?? '' },
          subjects: () => [`problem:${no}`, ...listensOf(said())],
          cause: () => causeFrom(said()),
        }
      }
      for (const no of memories.keys()) {
        if (memories.size <= MOST_REMEMBERED) break
        memories.delete(no)
      }
    },
  }
}

function peopleOf(mentions: readonly ProblemMention[]): number {
  const roots = new Set<number>()
  const people = new Set<string>()
  for (const { root, author, seq } of [...mentions].reverse()) {
    if (root !== seq && roots.has(root)) continue
    roots.add(root)
    people.add(author === null ? `r${seq}` : `a${author}`)
  }
  return people.size
}
