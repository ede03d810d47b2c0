import { systemClock, type Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import type { Paths } from '#engine/platform/paths.ts'
import { createThread, type Thread } from '#engine/platform/thread.ts'
import type { Aspect } from '#engine/understanding/aspects/read-aspects.ts'
import { lexiconFile } from '#engine/understanding/concepts/lexicon.ts'
import { encoderFile } from '#engine/understanding/encoder/encoder.ts'
import type { ModelFault } from '#engine/understanding/open-models.ts'
import { pairModelFile } from '#engine/understanding/problems/pair-model.ts'
import type { FoundMove, LookCalls, LookStart } from './look-protocol.ts'

/** The slower look over all problems, now and then, on a thread that is there only as long. */
export interface ProblemLook {
  /** A complaint was put somewhere. Cheap. */
  placed(): void
  /** Looks now; for tests and for whoever waits. */
  look(): Promise<void>
  /** Files of models that did not serve the last look. */
  readonly faults: readonly ModelFault[]
  close(): Promise<void>
}

export interface ProblemLookDeps {
  paths: Paths
  /** The station's. */
  file: string
  /** The station's own names of products and matters. */
  own(): Aspect[]
  /** What a model of the station's own makes of texts; null: it has none. */
  vectors?(texts: readonly string[]): Promise<Float32Array[] | null>
  clock: Clock
  log: Log
  /** Takes over what was found. */
  sort(moves: readonly FoundMove[]): void
}

/** So many new complaints may have changed the picture, and so long is waited for more of them. */
const ENOUGH = 10
const SETTLE_MS = 5 * 60_000
/** What was not heard of for longer is left as it is. */
const LOOKS_BACK_MS = 3 * 86_400_000
const TIMEOUT_MS = 120_000

/** Long: the one life of the look: what waits for it, its thread, what it could not read, and its end. */
export function createProblemLook(deps: ProblemLookDeps): ProblemLook {
  const { clock, log } = deps
  let placed = 0
  let cancel: (() => void) | null = null
  let running: Promise<void> | null = null
  let thread: Thread<LookCalls> | null = null
  let faults: readonly ModelFault[] = []
  /** What was told of the last look, so that each is not told anew. */
  let toldOf = ''
  let closed = false
  const closing = Promise.withResolvers<null>()

  async function lookNow(): Promise<void> {
    placed = 0
    const { paths, file } = deps
    const start = (): LookStart => ({
      file,
      lexicon: paths.resource(lexiconFile),
      encoder: paths.resource(encoderFile),
      pairs: paths.resource(pairModelFile),
      own: deps.own(),
    })
    const worker = paths.worker('problems')
    const found: ModelFault[] = []
    const onTold = (fault: ModelFault): void => void found.push({ ...fault, file: pairModelFile })
    thread = createThread<LookCalls>({ worker, start, clock: systemClock, log, name: 'problems', onTold })
    try {
      const since = clock.now() - LOOKS_BACK_MS
      const texts = await thread.ask('read', { since }, { timeoutMs: TIMEOUT_MS })
      noteFaults(found)
      const vectors = await Promise.race([ownVectors(texts), closing.promise])
      const moves = await thread.ask('look', { vectors }, { timeoutMs: TIMEOUT_MS })
      if (!closed) deps.sort(moves)
    } finally {
      await thread.close()
    }
  }

  function noteFaults(found: readonly ModelFault[]): void {
    faults = found
    const told = JSON.stringify(found)
    if (told === toldOf) return
    toldOf = told
    for (const { file, why, error } of found)
      log.log('warn', 'What was learned of problems cannot be read: they are looked over by set weights', {
        file,
        why,
        error,
      })
  }

  /** A model that fails is no reason not to look. */
  async function ownVectors(texts: readonly string[]): Promise<Float32Array[] | null> {
    try {
      return (await deps.vectors?.(texts)) ?? null
    } catch (error) {
      if (!closed) log.log('warn', 'The sentence model did not answer: problems are looked over without it', {}, error)
      return null
    }
  }

  function look(): Promise<void> {
    running ??= lookNow().finally(() => {
      running = null
    })
    return running
  }

  return {
    placed() {
      if (++placed < ENOUGH || closed || cancel !== null) return
      cancel = clock.after(SETTLE_MS, () => {
        cancel = null
        look().catch((error: unknown) => {
          if (!closed) log.log('warn', 'Problems were not looked over; tried again with the next complaints', {}, error)
        })
      })
    },
    look,
    get faults() {
      return faults
    },
    async close() {
      closed = true
      cancel?.()
      // A station that ends does not wait for minutes of looking.
      closing.resolve(null)
      await thread?.close()
      await running?.catch(() => {})
    },
  }
}
