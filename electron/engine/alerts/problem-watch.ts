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
  complainedSince,
  countedOfProblem,
  heardBetween,
  newestOfProblem,
  problemsSpokenOf,
  saidOfProblem,
  type CauseMention,
  type ProblemMention,
} from '#engine/store/queries/alert-counts.ts'
import { problemId, problemRow } from '#engine/store/queries/problems.ts'
import type { Store } from '#engine/store/store.ts'
import type { Cause } from './cause.ts'
import type { Judged } from './crises.ts'
import { LEAST_MEMBERS, type Kinship } from './kinship.ts'

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
/** Complaints of the last hours among which kin is looked for, and problems a minute for which it is. */
const MOST_COMPLAINTS = 160
const BEFORE_MS = 4 * HOUR
const MOST_WITH_KIN = 3
const KIN_MS = 2 * HOUR
/** Two of which nothing new was said are asked about again after so long: what lies further back is no longer counted then. */
const KIN_AGAIN_MS = HOUR / 4
const MOST_PAIRS = 500

/** Long: one memory of problems with everything that counts in it. Problems that announce themselves: in people, not posts; copies of one text are one person. */
export function createProblemWatch(store: Store, kinship: Kinship) {
  const memories = new Map<number, ProblemMemory>()
  /** Of each, its newest member when kin was looked for, and who was found filed elsewhere. */
  const kin = new Map<number, { newest: number; others: ProblemMention[] }>()

  /** Of two problems, whether they were kin, and what was newest of them then. */
  const pairs = new Map<string, { asked: string; at: number; areKin: boolean }>()
  const newestOf = (no: number): number | null => newestOfProblem(store, no)

  function lookOf(
    mentions: readonly ProblemMention[],
    others: readonly ProblemMention[],
    at: number,
    { heard, knownHours }: Pick<ProblemLook, 'heard' | 'knownHours'>,
    solvedAt: number | null,
  ): ProblemLook {
    const counted = [...mentions, ...others].sort((a, b) => b.at - a.at || b.seq - a.seq)
    const now = mentions.filter((one) => one.at > at - HOUR)
    const countries = mentions.flatMap(({ country }) => country ?? [])
    return {
      at,
      firstAt: counted.at(-1)?.at ?? at,
      people: peopleOf(counted.filter((one) => one.at > at - HOUR)),
      peopleBefore: peopleOf(counted.filter((one) => one.at <= at - HOUR)),
      heard,
      knownHours,
      negative: now.filter(({ sentiment }) => sentiment === NEGATIVE).length / Math.max(1, now.length),
      networks: [...new Set(mentions.map(({ network }) => network))],
      countries: [...new Set(countries)],
      influencers: peopleOf(mentions.filter(({ followers }) => (followers ?? 0) >= REACH)),
      solvedAt,
      peopleSinceSolved: solvedAt === null ? 0 : peopleOf(mentions.filter((one) => one.at > solvedAt)),
    }
  }

  /** Who most likely speaks of it, in this hour and those before, though it is filed elsewhere so far: looked for when it has a new member, and only for the loudest of a minute. */
  function othersOf(
    no: number,
    now: readonly ProblemMention[],
    complaints: readonly CauseMention[],
    at: number,
    mayLook: () => boolean,
  ): ProblemMention[] {
    const known = kin.get(no)
    const newest = now[0]?.seq
    if (newest === undefined || now.length < LEAST_MEMBERS) return []
    if (known?.newest !== newest && mayLook()) {
      const members = complaints.filter(({ problem, at: when }) => problem === no && when > at - HOUR)
      const others = kinship.likely(complaints, members).filter(({ problem }) => problem !== no)
      kin.set(no, { newest, others })
    }
    return kin.get(no)?.others ?? []
  }

  const said = (no: number, at: number): CauseMention[] => saidOfProblem(store, no, at - HOUR, READ_FOR_CAUSE)

  return {
    /** What is said of a problem in the hour before `at`, newest first: its cause is read from it. */
    said,
    *judged(
      at: number,
      { sensitivity, knownHours }: { sensitivity: Sensitivity; knownHours: number },
      causeFrom: (mentions: readonly CauseMention[]) => Cause,
      listensOf: (mentions: readonly CauseMention[]) => string[],
    ): Generator<Judged & { newestAt: number }> {
      const heard = heardBetween(store, at - HOUR, at)
      const { growPeople, backPeople, reachPeople } = problemSettings[sensitivity]
      const few = Math.min(LEAST_MEMBERS, growPeople, backPeople)
      const nos = problemsSpokenOf(store, { hour: at - HOUR, day: at - DAY, few, many: reachPeople })
      const complaints = nos.length === 0 ? [] : complainedSince(store, at - BEFORE_MS, MOST_COMPLAINTS)
      let left = MOST_WITH_KIN
      for (const no of nos) {
        const row = problemRow(store, no)
        if (row === undefined) continue
        const mentions = countedOfProblem(store, no, at - DAY, MOST)
        const now = mentions.filter((one) => one.at > at - HOUR)
        const others = othersOf(no, now, complaints, at, () => left-- > 0)
        const look = lookOf(mentions, others, at, { heard, knownHours }, row.closed_at)
        const memory = memories.get(no) ?? freshProblemMemory()
        memories.delete(no)
        memories.set(no, memory)
        yield {
          newestAt: mentions[0]?.at ?? 0,
          key: cardKey('problem', `problem:${no}`),
          // It may be older than the day that is looked at.
          verdict: judgeProblem(memory, { ...look, firstAt: Math.min(look.firstAt, row.created_at) }, sensitivity),
          about: { kind: 'problem', id: problemId(no), name: row.label },
          subjects: () => [`problem:${no}`, ...listensOf(said(no, at))],
          cause: () => causeFrom(said(no, at)),
        }
      }
      for (const no of memories.keys()) {
        if (memories.size <= MOST_REMEMBERED) break
        memories.delete(no)
        kin.delete(no)
      }
    },
    /** Whether two of them are most likely one fault: what is said of one of them lately is kin to the other. */
    areKin(some: number, other: number, at: number): boolean {
      const [few, many] = some < other ? [some, other] : [other, some]
      const asked = [newestOf(few), newestOf(many)].join(' ')
      const known = pairs.get(`${few} ${many}`)
      if (known?.asked === asked && known.at > at - KIN_AGAIN_MS) return known.areKin
      const of = (no: number) => saidOfProblem(store, no, at - KIN_MS, MOST_COMPLAINTS)
      const areKin = kinship.areKin(complainedSince(store, at - KIN_MS, MOST_COMPLAINTS), of(few), of(many))
      pairs.set(`${few} ${many}`, { asked, at, areKin })
      if (pairs.size > MOST_PAIRS) pairs.delete(pairs.keys().next().value!)
      return areKin
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
