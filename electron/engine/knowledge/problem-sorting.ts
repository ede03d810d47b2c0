import { earshot, type Actor } from '#shared/model/journal.ts'
import { mentionId } from '#shared/util/ids.ts'
import {
  lastProblemNo,
  memberOf,
  membersOf,
  moveMember,
  problemId,
  problemRow,
  textOf,
  type ProblemRow,
  type ProblemState,
} from '#engine/store/queries/problems.ts'
import type { Store } from '#engine/store/store.ts'
import type { Clusterer } from '#engine/understanding/problems/clusterer.ts'
import type { FoundMove } from './look-protocol.ts'
import type { Moving } from './problem-room.ts'

interface Sorting {
  store: Store
  likeness(): Clusterer
  finalOf(no: number): number
  record(row: ProblemRow, change: string, by: Actor, is: Partial<ProblemState>, moving: Moving): number
  /** Mentions belong to another problem: whatever remembers the old one forgets it. */
  regrouped(mentionIds: readonly string[], no: number, by: Actor, because: readonly string[]): void
  /** Shows and names a problem by what it holds now. */
  settle(no: number): void
}

/** Takes over the moves that the slower look found, in a transaction. Each is an entry of the journal that says why and can be taken back. */
export function sortMoves(moves: readonly FoundMove[], sorting: Sorting): void {
  /** Problems that were made, by the groups that had none. */
  const made = new Map<number, number>()
  for (const move of moves) sortOne(move, made, sorting)
}

/** As far as it still holds: people may have decided otherwise meanwhile. */
function sortOne(move: FoundMove, made: Map<number, number>, sorting: Sorting): void {
  const { store } = sorting
  const own = move.seqs.filter((seq) => {
    const member = memberOf(store, seq)
    return member?.no === move.from && member.by_officer === 0
  })
  const to = sorting.finalOf(move.to ?? made.get(move.group) ?? lastProblemNo(store) + 1)
  const [source, target] = [problemRow(store, move.from), problemRow(store, to)]
  if (own.length === 0 || to === move.from || isSettled(source) || isSettled(target)) return
  if (move.to === null) made.set(move.group, to)
  const whole = move.whole && membersOf(store, move.from, own.length + 1).length === own.length
  learn(own, move.from, to, whole, sorting)
  const moved = own.map((seq) => mentionId(store.stationId, seq))
  // A group that nobody saw as a problem yet only joins one: nobody need be told.
  if (!source) for (const id of moved) moveMember(store, id, to, false)
  else {
    const moving = { moved, to: problemId(to), because: move.because }
    if (whole && target) sorting.record(source, 'merge', earshot, { mergedInto: problemId(to) }, moving)
    else sorting.record(source, move.to === null ? 'split' : 'move', earshot, {}, moving)
  }
  // Named by what it holds now before cases tell where they went.
  sorting.settle(to)
  sorting.regrouped(moved, to, earshot, move.because)
}

const isSettled = (row: ProblemRow | undefined): boolean =>
  row !== undefined && (row.closed_at !== null || row.merged_into !== null)

/** The memory of likeness follows. */
function learn(seqs: readonly number[], from: number, to: number, whole: boolean, { store, likeness }: Sorting): void {
  const memory = likeness()
  if (whole) return memory.merge(from, to)
  for (const seq of seqs) {
    const text = textOf(store, seq)
    if (text) memory.place(text.text, to, text.lang)
  }
}
