import type { EncoderState } from '#shared/model/encoder.ts'
import { said } from '#shared/words/said.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { fileBytes } from '#engine/platform/file-bytes.ts'
import { createEncoder, encoderFile, type Encoder } from '#engine/understanding/encoder/encoder.ts'
import { openOr } from '#engine/understanding/open-models.ts'
import {
  openSentenceModel,
  SentenceModelRefused,
  sentenceModelIn,
  trial,
  type SentenceModel,
} from './sentence-model.ts'

/** Vectors of texts, one after the other in one row of numbers. */
export interface TextVectors {
  /** Vectors of different models cannot be compared. */
  model: string
  dimensions: number
  vectors: Float32Array
}

/** Turns texts into vectors: by the sentence model that a person put into the folder, else by the one that is shipped. */
export interface TextEncoder {
  /** Opened when first asked. */
  state(): Promise<EncoderState>
  encode(texts: readonly string[]): Promise<TextVectors>
}

const TRIAL_ROUNDS = 500

/** `shipped`: path of the built-in encoder's file. `folder`: where a person's own model may lie. */
export function createTextEncoder(shipped: string, folder: string, clock: Clock): TextEncoder {
  let opened: Promise<{ state: EncoderState; own: SentenceModel | null; builtIn: Encoder | null }> | undefined
  // One run at a time: each has a thread's whole share of the machine.
  let turn: Promise<unknown> = Promise.resolve()

  async function open() {
    const file = sentenceModelIn(folder)
    if (file === null) return builtIn(null)
    try {
      const own = await openSentenceModel(folder, file, clock)
      const { model, dimensions, bytes, msPerText } = own
      return { state: { model, own: true, dimensions, bytes, msPerText, folder, refused: null }, own, builtIn: null }
    } catch (error) {
      if (error instanceof SentenceModelRefused) return builtIn(error.said)
      return builtIn(said('sentenceModel.notOnnx', { file }))
    }
  }

  function builtIn(refused: EncoderState['refused']) {
    const file = fileBytes(shipped)
    const damaged = said('models.unreadable', { files: encoderFile })
    const encoder = openOr(file, encoderFile, createEncoder, () => (refused ??= damaged))
    const began = clock.monotonic()
    if (encoder) for (let round = 0; round < TRIAL_ROUNDS; round++) for (const text of trial) encoder.encode(text)
    const state: EncoderState = {
      model: encoder?.model ?? 'none',
      own: false,
      dimensions: encoder?.dimensions ?? 0,
      bytes: encoder ? file!.length : 0,
      msPerText: (clock.monotonic() - began) / (TRIAL_ROUNDS * trial.length),
      folder,
      refused,
    }
    return { state, own: null, builtIn: encoder }
  }

  async function vectorsOf(texts: readonly string[]): Promise<TextVectors> {
    const { state, own, builtIn: encoder } = await (opened ??= open())
    const { model, dimensions } = state
    const vectors = new Float32Array(texts.length * dimensions)
    if (own) (await own.encode(texts)).forEach((vector, at) => vectors.set(vector, at * dimensions))
    else if (encoder)
      texts.forEach((text, at) =>
        encoder.encode(text, undefined, vectors.subarray(at * dimensions, (at + 1) * dimensions)),
      )
    return { model, dimensions, vectors }
  }

  return {
    state: async () => (await (opened ??= open())).state,
    encode(texts) {
      const mine = turn.then(() => vectorsOf(texts))
      turn = mine.catch(() => {})
      return mine
    },
  }
}
