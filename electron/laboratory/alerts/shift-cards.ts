import { stepCard, type CardLife } from '#engine/alerts/detect/card.ts'
import {
  freshProblemMemory,
  judgeProblem,
  type ProblemLook,
  type ProblemMemory,
} from '#engine/alerts/detect/problem.ts'
import type { Sensitivity, Verdict } from '#engine/alerts/detect/verdict.ts'

/** A mention of a shift as far as its alarm needs it. */
export interface ShiftMember {
  minute: number
  author: string
  network: string
  followers: number
}

/** A card of a problem when it was raised. */
export interface ShiftCard {
  problem: number
  minute: number
  verdict: Verdict
  /** Places of the mentions that it cites, in the order in which they are shown. */
  cites: number[]
}

const MINUTE = 60_000
const HOUR = 60
const DAY = 1440
/** From so many followers on somebody has reach. */
const REACH = 10_000

/** What is known of the likeness of a shift's mentions: places of the members of a problem → places. */
export interface Kin {
  /** What a card cites, in the order in which it is read. */
  readFirst(members: readonly number[], minute: number): number[]
  /** With what is most likely of the same fault. */
  likely(members: readonly number[], minute: number): number[]
}

const noKin: Kin = { readFirst: (places) => [...places], likely: (places) => [...places] }
/** One complaint alone is likely of anything. */
const LEAST_MEMBERS = 2

/** What the problems of a shift would have raised, told as it is streamed. */
export function createShiftCards(
  members: readonly ShiftMember[],
  kin: Kin = noKin,
  sensitivity: Sensitivity = 'normal',
) {
  const cards: ShiftCard[] = []
  const lives = new Map<number, CardLife>()
  const memories = new Map<number, ProblemMemory>()
  return {
    cards,
    step(minute: number, problems: readonly (number | null)[]): void {
      for (const [problem, places] of membersOf(problems)) {
        const memory = memories.get(problem) ?? freshProblemMemory()
        memories.set(problem, memory)
        const counted = places.length < LEAST_MEMBERS ? places : kin.likely(places, minute)
        const verdict = judgeProblem(memory, lookOf(members, counted, minute), sensitivity)
        const step = stepCard(`problem:${problem}`, lives.get(problem) ?? null, verdict, minute * MINUTE)
        if (step.card === null) lives.delete(problem)
        else lives.set(problem, step.card)
        if (step.event === 'raised')
          cards.push({ problem, minute, verdict: verdict!, cites: kin.readFirst(places, minute) })
      }
    },
  }
}

function membersOf(problems: readonly (number | null)[]): Map<number, number[]> {
  const places = new Map<number, number[]>()
  problems.forEach((problem, at) => {
    if (problem !== null) places.set(problem, [...(places.get(problem) ?? []), at])
  })
  return places
}

function lookOf(members: readonly ShiftMember[], places: readonly number[], minute: number): ProblemLook {
  const all = places.map((at) => members[at]!).sort((a, b) => a.minute - b.minute)
  const people = (from: number, to: number): number =>
    new Set(all.filter((one) => one.minute > from && one.minute <= to).map(({ author }) => author)).size
  return {
    at: minute * MINUTE,
    firstAt: all[0]!.minute * MINUTE,
    people: people(minute - HOUR, minute),
    peopleBefore: people(minute - DAY, minute - HOUR),
    heard: members.filter((one) => one.minute > minute - HOUR && one.minute <= minute).length,
    knownHours: minute / 60,
    // What is streamed here are complaints.
    negative: 1,
    networks: [...new Set(all.map(({ network }) => network))],
    countries: [],
    influencers: all.filter(({ followers }) => followers >= REACH).length,
    solvedAt: null,
    peopleSinceSolved: 0,
  }
}
