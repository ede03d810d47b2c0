import { join } from 'node:path'
import type { EncoderState } from '#shared/model/encoder.ts'
import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import type { Paths } from '#engine/platform/paths.ts'
import { createThread } from '#engine/platform/thread.ts'
import { encoderFile } from '#engine/understanding/encoder/encoder.ts'
import { sentenceModelIn } from './sentence-model.ts'
import type { TextVectors } from './text-vectors.ts'

/** A person's own models, in the station's folder. */
const MODELS = 'models'
/** For the 1,200 texts of a look at 100 ms each. */
const TIMEOUT_MS = 120_000
/** For opening a model and trying it on a handful of texts. */
const TRIAL_MS = 60_000

export interface EncoderStart {
  shipped: string
  folder: string
}

/** What the thread is asked. */
export interface EncoderCalls {
  state: { input: void; output: EncoderState }
  encode: { input: readonly string[]; output: TextVectors }
}

/** The sentence model that a person put into the station's folder, off the engine's thread: it takes milliseconds a text. */
export interface EncoderThread {
  state(): Promise<EncoderState>
  /** What the station's own model makes of each, of length one; null: there is none that serves. */
  own(texts: readonly string[]): Promise<Float32Array[] | null>
  /** Why a model that lies in the folder is not used; null until that is known. */
  readonly problem: Said | null
  close(): Promise<void>
}

/** Begun when first asked, and at once where somebody put a model there: whether it serves has to be said. */
export function createEncoderThread({ paths, clock, log }: { paths: Paths; clock: Clock; log: Log }): EncoderThread {
  const folder = join(paths.dataDir, MODELS)
  const start: EncoderStart = { shipped: paths.resource(encoderFile), folder }
  const thread = createThread<EncoderCalls>({
    worker: paths.worker('encoder'),
    start: () => start,
    clock,
    log,
    name: 'encoder',
  })
  let problem: Said | null = null
  let gaveUp: Said | null = null
  const ask = (): Promise<EncoderState> => thread.ask('state', undefined, { timeoutMs: TRIAL_MS })
  async function state(): Promise<EncoderState> {
    const found = await ask().catch((error: unknown) => {
      // It neither served nor was refused: a tokenizer or a model that takes minutes a text. The next thread begins without it.
      if (file === null || start.folder === '') throw error
      log.log('warn', 'The sentence model did not answer', { file }, error)
      start.folder = ''
      gaveUp = said('sentenceModel.slow', { file })
      return ask()
    })
    problem = gaveUp ?? found.refused
    return { ...found, folder, refused: problem }
  }
  const file = sentenceModelIn(folder)
  if (file !== null)
    state().then(
      ({ model, own, msPerText }) =>
        log.log(
          own ? 'info' : 'warn',
          own ? 'A sentence model of the station serves' : 'A sentence model is not used',
          {
            file,
            model,
            msPerText,
          },
        ),
      (error: unknown) => log.log('warn', 'The sentence model could not be opened', { file }, error),
    )
  return {
    state,
    async own(texts) {
      if (file === null || texts.length === 0 || !(await state()).own) return null
      const { vectors, dimensions } = await thread.ask('encode', texts, { timeoutMs: TIMEOUT_MS })
      return texts.map((_, at) => vectors.subarray(at * dimensions, (at + 1) * dimensions))
    },
    get problem() {
      return problem
    },
    close: () => thread.close(),
  }
}
