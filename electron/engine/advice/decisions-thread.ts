import { said } from '#shared/words/said.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import { createThread, type Thread } from '#engine/platform/thread.ts'
import type { DecisionsCalls, DecisionsStart } from './decisions-protocol.ts'

/** Learning, counting and looking over rules, off the engine's thread: one question after the other. */
export type DecisionsThread = Thread<DecisionsCalls>

export const createDecisionsThread = (deps: {
  worker: URL
  start: DecisionsStart
  clock: Clock
  log: Log
}): DecisionsThread =>
  createThread({
    ...deps,
    start: () => deps.start,
    name: 'decisions',
    interrupted: said('store.decisionsInterrupted'),
  })
