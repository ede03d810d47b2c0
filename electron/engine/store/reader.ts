import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import { createThread, type AskOptions, type Calls, type Thread } from '#engine/platform/thread.ts'
import type { Question, questions } from './questions.ts'

/** What a reading thread needs to open the station's file by itself. */
export interface ReaderStart {
  file: string
  searchFile: string
  /** Folder of the lexicon's lines, for queries that ask for a concept; absent: they find own names alone. */
  concepts?: string
}

/** Questions by name as a thread is asked them. */
export type CallsOf<Asked extends Record<string, Question<never, unknown>>> = {
  [Name in keyof Asked]: { input: Parameters<Asked[Name]>[1]; output: ReturnType<Asked[Name]> }
}

/** Long reads, off the engine's thread: questions by name (questions.ts), in order, on a read-only connection. */
export type Reader = Asking<CallsOf<typeof questions>>
/** A thread that is asked and never told. */
export type Asking<Asked extends Calls<Asked>> = Omit<Thread<Asked>, 'tell'>
export type { AskOptions }

/** So many questions wait at most; more are refused at once with "try again". */
const QUEUE_LIMIT = 500

/** `timeoutMs`: of a question that does not say. */
export const createReader = <Asked extends Calls<Asked> = CallsOf<typeof questions>>(deps: {
  worker: URL
  start: ReaderStart
  clock: Pick<Clock, 'after'>
  log: Log
  timeoutMs?: number
}): Asking<Asked> =>
  createThread<Asked>({
    timeoutMs: 10_000,
    ...deps,
    start: () => deps.start,
    name: 'reading',
    mostWaiting: QUEUE_LIMIT,
  })
