import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import { createThread } from '#engine/platform/thread.ts'
import type { ModelFault } from '#engine/understanding/open-models.ts'
import type { AnalysisCalls, AnalysisJob, AnalysisResult, AnalysisStart, ListenSpec } from './analysis-protocol.ts'
import type { ReadAnew, StoredTexts } from './read-anew.ts'

/** The analysis thread as intake sees it. Results come in the order of the jobs. */
export interface AnalysisThread {
  analyse(job: AnalysisJob): Promise<AnalysisResult>
  /** What reads mood and intent; null: weights are missing. */
  edition(): Promise<string | null>
  readAnew(texts: StoredTexts): Promise<ReadAnew>
  setListens(listens: ListenSpec[]): void
  learn(learned: unknown): void
  /** Files of models that do not serve; empty until the thread has begun. */
  readonly faults: readonly ModelFault[]
  close(): Promise<void>
}

/** One that begins anew knows what it was told before. */
export function createAnalysisThread(deps: {
  worker: URL
  start: AnalysisStart
  clock: Clock
  log: Log
}): AnalysisThread {
  const start = { ...deps.start }
  let faults: readonly ModelFault[] = []
  const thread = createThread<AnalysisCalls>({
    ...deps,
    start: () => start,
    name: 'analysis',
    atOnce: Infinity,
    early: true,
    onTold(told: ModelFault[]) {
      faults = told
      for (const { file, why, error } of told)
        deps.log.log('warn', 'A model cannot be read: what stands in for it is at work', { file, why, error })
    },
  })
  return {
    analyse: (job) => thread.ask('analyse', job),
    edition: () => thread.ask('edition', undefined),
    readAnew: (texts) => thread.ask('readAnew', texts),
    setListens(listens) {
      start.listens = listens
      thread.tell('listens', listens)
    },
    learn(learned) {
      start.learned = learned
      thread.tell('learned', learned)
    },
    get faults() {
      return faults
    },
    close: () => thread.close(),
  }
}
