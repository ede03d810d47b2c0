import type { ModelFault } from '#engine/understanding/open-models.ts'
import { encoderFile } from '#engine/understanding/encoder/encoder.ts'
import { modelFiles } from '#engine/understanding/understand.ts'
import { systemClock, type Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import { conceptFolder, type Paths } from '#engine/platform/paths.ts'
import { currentListens } from '#engine/store/listen-numbers.ts'
import type { Store } from '#engine/store/store.ts'
import { createAnalysisThread } from './analysis-thread.ts'
import { createIntake, type Intake } from './intake.ts'

export interface OpenIntake extends Intake {
  /** Files of models that do not serve: what stands in for them is at work. */
  modelFaults(): readonly ModelFault[]
}

/** Intake with its analysis thread, matching the listens that the store has numbers for. */
export function openIntake(deps: { store: Store; paths: Paths; clock: Clock; log: Log }): OpenIntake {
  const models = Object.fromEntries(Object.entries(modelFiles).map(([name, file]) => [name, deps.paths.resource(file)]))
  const analysis = createAnalysisThread({
    worker: deps.paths.worker('analysis'),
    start: {
      models,
      encoder: deps.paths.resource(encoderFile),
      concepts: deps.paths.resource(conceptFolder),
      listens: currentListens(deps.store),
      learned: null,
    },
    clock: systemClock,
    log: deps.log.child('analysis'),
  })
  const intake = createIntake({ store: deps.store, analysis, clock: deps.clock, log: deps.log.child('intake') })
  return Object.assign(intake, { modelFaults: () => analysis.faults })
}
