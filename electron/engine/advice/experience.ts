import { createSignal } from '#shared/util/signal.ts'
import { systemClock, type Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import type { Paths } from '#engine/platform/paths.ts'
import type { Prediction, Predictor } from './predictor.ts'
import { uncalibrated } from './suggesting.ts'
import type { Store } from '#engine/store/store.ts'
import { encoderFile } from '#engine/understanding/encoder/encoder.ts'
import { openClassifier, type Classifier } from '#engine/understanding/classify/classifier.ts'
import { createDecisionsThread, type DecisionsThread } from './decisions-thread.ts'
import { chancesOf, LEAST_DECISIONS, voicesOf, type LearnedDecisions } from './learn.ts'

/** What the station learned from the decisions of its people. */
export interface Experience extends Predictor {
  /** Learns soon, in the background, when enough was decided since. Cheap: called with each decision. */
  decided(count: number): void
  onLearned(listener: () => void): void
  /** Learns now; for tests and for whoever waits. */
  learn(): Promise<void>
  readonly learned: LearnedDecisions | null
  readonly ask: DecisionsThread['ask']
  close(): Promise<void>
}

/** More decisions than this, the oldest are not learned from: desks change. */
export const MOST_DECISIONS = 10_000
/** Learned anew when a tenth was added, and at least so many. */
const GROWTH = 0.1
const LEAST_GROWTH = 20
const SETTLE_MS = 10_000

// Long: one model in a thread, and the closures that have it learned anew, read it and wait for it.
export function createExperience(deps: { store: Store; paths: Paths; clock: Clock; log: Log }): Experience {
  const { store, clock, log } = deps
  const thread = createDecisionsThread({
    worker: deps.paths.worker('decisions'),
    start: { file: store.file, encoder: deps.paths.resource(encoderFile) },
    clock: systemClock,
    log,
  })
  let learned: LearnedDecisions | null = null
  let desks: Classifier | null = null
  let priorities: Classifier | null = null
  let since = 0
  let cancel: (() => void) | null = null
  let running: Promise<void> | null = null
  let closed = false
  const hasLearned = createSignal()

  async function learnNow(): Promise<void> {
    const counted = since
    const next = await thread.ask('learn', { most: MOST_DECISIONS })
    since -= counted
    learned = next
    desks = next.desks && openClassifier(next.desks)
    priorities = next.priorities && openClassifier(next.priorities)
    hasLearned.tell()
  }

  function learn(): Promise<void> {
    running ??= learnNow().finally(() => {
      running = null
    })
    return running
  }

  function soon(): void {
    if (closed || cancel !== null) return
    cancel = clock.after(SETTLE_MS, () => {
      cancel = null
      learn()
        .then(() => {
          if (enough()) soon()
        })
        .catch((error: unknown) => {
          if (!closed)
            log.log('warn', 'Nothing was learned from the decisions; tried again with the next ones', {}, error)
        })
    })
  }

  const enough = (): boolean =>
    since >= Math.max(learned === null ? LEAST_DECISIONS : LEAST_GROWTH, GROWTH * (learned?.decisions ?? 0))

  return {
    decided(count) {
      since += count
      if (enough()) soon()
    },
    onLearned: hasLearned.on,
    learn,
    get learned() {
      return learned
    },
    calibration: () => learned?.calibration ?? uncalibrated,
    predict(text): Prediction | null {
      if (desks === null) return null
      const voices = voicesOf(desks, text)
      return {
        desks: voices,
        priorities: priorities === null ? [] : chancesOf(priorities, text),
        words: (deskId) => desks!.explain(text, deskId).map(({ word }) => word),
      }
    },
    ask: thread.ask,
    async close() {
      closed = true
      cancel?.()
      await thread.close()
      await running?.catch(() => {})
    },
  }
}
