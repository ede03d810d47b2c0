import type { ShiftSummary, Moment } from '#shared/model/shift.ts'
import type { Shift } from '#shared/model/shift.ts'
import type { Reads } from '#engine/store/reads.ts'
import type { StoredCase } from '#engine/store/queries/cases.ts'
import type { QuestionContext } from '#engine/store/questions.ts'
import { frameOf, type FrameInput, type Frame } from './frames.ts'
import { History } from './history.ts'
import { momentOf, ShiftSum } from './moments.ts'
import { timelineOf, type Timeline } from './timeline.ts'

/** What a thread remembers between two questions. */
interface Memory {
  history: History
  /** Of the shift that runs: a second look costs what is new. */
  running: { id: string; sum: ShiftSum } | null
}
const memories = new WeakMap<Reads, Memory>()

/** A first look at a long journal that is called off ends by itself: ended with its thread, all that was read would be lost. */
function memoryOf(reads: Reads, { cancelled }: Pick<QuestionContext, 'cancelled'>): Memory {
  let memory = memories.get(reads)
  if (!memory) memories.set(reads, (memory = { history: new History(reads), running: null }))
  memory.history.cancelled = cancelled
  return memory
}

/** Everything about the past that may take longer than a few milliseconds. Plain values in and out: they cross a thread. */
export const reviewQuestions = {
  /** Boards of the past are made and kept, so that the first moment that is asked for is found as quickly as the next. */
  warm(reads: Reads, { at }: { at: number }, context: QuestionContext): number {
    return memoryOf(reads, context).history.at(at).seq
  },
  moment: (reads: Reads, { shift, at }: { shift: Shift; at: number }, context: QuestionContext): Moment =>
    momentOf(reads, memoryOf(reads, context).history, shift, at),
  frame: (reads: Reads, input: FrameInput, context: QuestionContext): Frame & { seq: number } =>
    frameOf(reads, memoryOf(reads, context).history, input),
  summary(reads: Reads, { shift, end }: { shift: Shift; end: number }, context: QuestionContext): ShiftSummary {
    const memory = memoryOf(reads, context)
    const known = memory.running?.id === shift.id ? memory.running.sum : null
    // Called off half-way it has counted a part of what is new: then the next one begins anew.
    if (known) memory.running = null
    const sum = known ?? new ShiftSum(reads, memory.history, shift)
    const summary = sum.upTo(shift, end)
    if (shift.endedAt === null) memory.running = { id: shift.id, sum }
    return summary
  },
  /** All cases as they were at `at`. */
  cases: (reads: Reads, { at }: { at: number }, context: QuestionContext): StoredCase[] => [
    ...memoryOf(reads, context).history.at(at).cases.values(),
  ],
  timeline: (reads: Reads, input: { shift: Shift; now: number; buckets: number }, context: QuestionContext): Timeline =>
    timelineOf(reads, input.shift, input.now, input.buckets, context),
}
export type ReviewQuestions = typeof reviewQuestions
export type ReviewQuestion = keyof ReviewQuestions
