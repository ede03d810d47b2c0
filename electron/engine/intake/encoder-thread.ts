import { join } from 'node:path'
import type { EncoderState } from '#shared/model/encoder.ts'
import type { Said } from '#shared/model/said.ts'
import { said, type Code } from '#shared/words/said.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { Failure } from '#engine/platform/failure.ts'
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

/** What a trial ends with where a tokenizer or a model takes minutes a text, or takes its thread with it. */
const calledOff: Partial<Record<string, Code>> = {
  'store.readTooLong': 'sentenceModel.slow',
  'store.readInterrupted': 'sentenceModel.notOnnx',
}

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
  async function tryOut(): Promise<EncoderState> {
    const found = await ask().catch((error: unknown) => {
      const why = file !== null && start.folder !== '' && error instanceof Failure ? calledOff[error.code] : undefined
      if (why === undefined) throw error
      // It neither served nor was refused. The next thread begins without it.
      log.log('warn', 'The sentence model did not answer', { file }, error)
      start.folder = ''
      gaveUp = said(why, { file: file! })
      return ask()
    })
    // One that answered just before its thread was ended serves as long as that lives.
    problem = found.own ? null : (gaveUp ?? found.refused)
    return { ...found, folder, refused: problem }
  }
  let tried: Promise<EncoderState> | null = null
  /** Tried once: asked again, it would wait behind the texts of others, and a model that is only busy would count as slow. */
  function state(): Promise<EncoderState> {
    tried ??= tryOut().catch((error: unknown) => {
      tried = null
      throw error
    })
    return tried
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
      if (file === null || texts.length === 0) return null
      const known = await state()
      if (!known.own) return null
      const { model, vectors, dimensions } = await thread.ask('encode', texts, { timeoutMs: TIMEOUT_MS })
      // Another thread since then, which found another file or none that serves.
      if (model !== known.model) return null
      return texts.map((_, at) => vectors.subarray(at * dimensions, (at + 1) * dimensions))
    },
    get problem() {
      return problem
    },
    close: () => thread.close(),
  }
}
