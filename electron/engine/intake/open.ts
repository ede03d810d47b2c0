import { modelFiles } from '#engine/understanding/understand.ts'
import { systemClock, type Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import { conceptFolder, type Paths } from '#engine/platform/paths.ts'
import { currentListens } from '#engine/store/listen-numbers.ts'
import type { Store } from '#engine/store/store.ts'
import { createAnalysisThread } from './analysis-thread.ts'
import { createIntake, type Intake } from './intake.ts'

/** Intake with its analysis thread, matching the listens that the store has numbers for. */
export function openIntake(deps: { store: Store; paths: Paths; clock: Clock; log: Log }): Intake {
  const models = Object.fromEntries(Object.entries(modelFiles).map(([name, file]) => [name, deps.paths.resource(file)]))
  const analysis = createAnalysisThread({
    worker: deps.paths.worker('analysis'),
    start: { models, concepts: deps.paths.resource(conceptFolder), listens: currentListens(deps.store), learned: null },
    clock: systemClock,
    log: deps.log.child('analysis'),
  })
  return createIntake({ store: deps.store, analysis, clock: deps.clock, log: deps.log.child('intake') })
}
