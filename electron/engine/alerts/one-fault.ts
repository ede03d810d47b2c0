import { saidOfProblem } from '#engine/store/queries/alert-counts.ts'
import { MINUTE, sumOf, totalOf } from '#engine/store/queries/rollup-reads.ts'
import { ALL } from '#engine/store/rollups.ts'
import type { Reads } from '#engine/store/reads.ts'
import type { AreOne } from './crises.ts'
import { merged } from './followed.ts'
import type { createProblemWatch } from './problem-watch.ts'

const WEEK = 7 * 24 * 60 * MINUTE
const LATELY = 120 * MINUTE
const READ = 60
/** Two faults drive the rise of a listen when it heard so much of both, though it hears at most so much of everything. */
const MOST_OF_IT = 0.5
const NARROW = 0.5

/** Faults are one crisis when they were joined, when most of what is said of them is kin, or when a listen that is above usual, and hears only a part of everything, heard most of both. */
export function createAreOne(reads: Reads, problems: Pick<ReturnType<typeof createProblemWatch>, 'areKin'>): AreOne {
  const numberOf = (subject: string): number => Number(subject.slice(subject.indexOf(':') + 1))

  function heardMostBy(no: number, at: number): ReadonlySet<string> {
    const mentions = saidOfProblem(reads, no, at - LATELY, READ)
    const counts = new Map<string, number>()
    for (const { listens } of mentions)
      for (const listen of listens?.split(',') ?? []) counts.set(listen, (counts.get(listen) ?? 0) + 1)
    const most = [...counts].filter(([, n]) => n >= mentions.length * MOST_OF_IT)
    return new Set(most.map(([listen]) => `listen:${listen}`))
  }

  const isNarrow = (listen: number, at: number): boolean =>
    totalOf(sumOf(reads, listen, ALL, at - WEEK, at)) <= NARROW * totalOf(sumOf(reads, ALL, ALL, at - WEEK, at))

  return (fault, other, rising, at) => {
    const [one, two] = [merged(reads, numberOf(fault)), merged(reads, numberOf(other))]
    if (one === two) return true
    if (rising.size > 0) {
      const both = heardMostBy(two, at)
      const shared = [...heardMostBy(one, at)].filter((listen) => both.has(listen) && rising.has(listen))
      if (shared.some((listen) => isNarrow(numberOf(listen), at))) return true
    }
    return problems.areKin(one, two, at)
  }
}
