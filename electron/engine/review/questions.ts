import type { ShiftSummary, Moment } from '#shared/contract/review.ts'
import type { Shift } from '#shared/model/shift.ts'
import type { ReadableDb } from '#engine/store/handles.ts'
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
const memories = new WeakMap<ReadableDb, Memory>()

/** A first look at a long journal that is called off ends by itself: ended with its thread, all that was read would be lost. */
function memoryOf(db: ReadableDb, { cancelled }: Pick<QuestionContext, 'cancelled'>): Memory {
  let memory = memories.get(db)
  if (!memory) memories.set(db, (memory = { history: new History(db), running: null }))
  memory.history.cancelled = cancelled
  return memory
}

/** Everything about the past that may take longer than a few milliseconds. Plain values in and out: they cross a thread. */
export const reviewQuestions = {
  /** Boards of the past are made and kept, so that the first moment that is asked for is found as quickly as the next. */
  warm(db: ReadableDb, { at }: { at: number }, context: QuestionContext): number {
    return memoryOf(db, context).history.at(at).seq
  },
  moment: (db: ReadableDb, { shift, at }: { shift: Shift; at: number }, context: QuestionContext): Moment =>
    momentOf({ db, stationId: context.stationId }, memoryOf(db, context).history, shift, at),
  frame: (db: ReadableDb, input: FrameInput, context: QuestionContext): Frame & { seq: number } =>
    frameOf({ db, stationId: context.stationId }, memoryOf(db, context).history, input),
  summary(db: ReadableDb, { shift, end }: { shift: Shift; end: number }, context: QuestionContext): ShiftSummary {
    const memory = memoryOf(db, context)
    const known = memory.running?.id === shift.id ? memory.running.sum : null
    // Called off half-way it has counted a part of what is new: then the next one begins anew.
    if (known) memory.running = null
    const sum = known ?? new ShiftSum({ db, stationId: context.stationId }, memory.history, shift)
    const summary = sum.upTo(shift, end)
    if (shift.endedAt === null) memory.running = { id: shift.id, sum }
    return summary
  },
  /** All cases as they were at `at`. */
  cases: (db: ReadableDb, { at }: { at: number }, context: QuestionContext): StoredCase[] => [
    ...memoryOf(db, context).history.at(at).cases.values(),
  ],
  timeline: (
    db: ReadableDb,
    input: { shift: Shift; now: number; buckets: number },
    context: QuestionContext,
  ): Timeline => timelineOf({ db, stationId: context.stationId }, input.shift, input.now, input.buckets, context),
}
export type ReviewQuestions = typeof reviewQuestions
export type ReviewQuestion = keyof ReviewQuestions
