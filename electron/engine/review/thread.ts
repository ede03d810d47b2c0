import { systemClock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import { conceptFolder, type Paths } from '#engine/platform/paths.ts'
import type { Reads } from '#engine/store/reads.ts'
import { createReader, type AskOptions, type CallsOf } from '#engine/store/reader.ts'
import type { Store } from '#engine/store/store.ts'
import { reviewQuestions, type ReviewQuestion, type ReviewQuestions } from './questions.ts'

/** Answers questions about the past (questions.ts), in order. */
export interface Looking {
  ask<Name extends ReviewQuestion>(
    name: Name,
    input: Parameters<ReviewQuestions[Name]>[1],
    options?: AskOptions,
  ): Promise<ReturnType<ReviewQuestions[Name]>>
  close(): Promise<void>
}

/** The first look at a journal of years; whoever waits sees that it is being read. */
const LONG_MS = 60_000

/** On a thread of its own, which begins with the first question. A question has a minute if nothing else is said. */
export function lookingThread(deps: { store: Store; paths: Paths; log: Log }): Looking {
  const { file, searchFile } = deps.store
  return createReader<CallsOf<ReviewQuestions>>({
    worker: deps.paths.worker('review'),
    start: { file, searchFile, concepts: deps.paths.resource(conceptFolder) },
    clock: systemClock,
    log: deps.log.child('review'),
    timeoutMs: LONG_MS,
  })
}

/** On the caller's own thread, for tests and short journals. */
export const lookingHere = (reads: Reads): Looking => ({
  async ask(name, input) {
    const question = reviewQuestions[name] as (...all: unknown[]) => unknown
    return question(reads, input, { cancelled: () => false }) as never
  },
  close: () => Promise.resolve(),
})
