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

function memoryOf(db: ReadableDb): Memory {
  let memory = memories.get(db)
  if (!memory) memories.set(db, (memory = { history: new History(db), running: null }))
  return memory
}

/** Everything about the past that may take longer than a few milliseconds. Plain values in and out: they cross a thread. */
export const reviewQuestions = {
  /** Boards of the past are made and kept, so that the first moment that is asked for is found as quickly as the next. */
  warm(db: ReadableDb, { at }: { at: number }): number {
    return memoryOf(db).history.at(at).seq
  },
  moment: (db: ReadableDb, { shift, at }: { shift: Shift; at: number }, { stationId }: QuestionContext): Moment =>
    momentOf({ db, stationId }, memoryOf(db).history, shift, at),
  frame: (db: ReadableDb, input: FrameInput, { stationId }: QuestionContext): Frame & { seq: number } =>
    frameOf({ db, stationId }, memoryOf(db).history, input),
  summary(db: ReadableDb, { shift, end }: { shift: Shift; end: number }, { stationId }: QuestionContext): ShiftSummary {
    const memory = memoryOf(db)
    const sum =
      memory.running?.id === shift.id ? memory.running.sum : new ShiftSum({ db, stationId }, memory.history, shift)
    if (shift.endedAt === null) memory.running = { id: shift.id, sum }
    return sum.upTo(shift, end)
  },
  /** All cases as they were at `at`. */
  cases: (db: ReadableDb, { at }: { at: number }): StoredCase[] => [...memoryOf(db).history.at(at).cases.values()],
  timeline: (
    db: ReadableDb,
    input: { shift: Shift; now: number; buckets: number },
    context: QuestionContext,
  ): Timeline => timelineOf({ db, stationId: context.stationId }, input.shift, input.now, input.buckets, context),
}
export type ReviewQuestions = typeof reviewQuestions
export type ReviewQuestion = keyof ReviewQuestions
