import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Tokenizer } from '@huggingface/tokenizers'
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { toUnit } from '#engine/understanding/encoder/encoder.ts'
import { hasLoops } from './onnx-loops.ts'

/** A sentence model that a person put into the station's folder of models. */
export interface SentenceModel {
  readonly model: string
  readonly dimensions: number
  readonly bytes: number
  /** Measured when it was opened. */
  readonly msPerText: number
  /** Vectors of length 1, in the order of the texts. One call at a time. */
  encode(texts: readonly string[]): Promise<Float32Array[]>
  close(): Promise<void>
}

/**
 * - `notOnnx`: the file is no ONNX model, or a damaged one
 * - `otherShape`: it takes or gives something else than tokens and vectors
 * - `noTokenizer`, `tokenizer`: `tokenizer.json` is not beside it, or cannot be read
 * - `noRuntime`: what runs such models is not installed
 * - `large`: over 2 GiB
 * - `loops`: it may compute without an end
 * - `slow`: it did not answer in time
 */
type Refusal = 'notOnnx' | 'otherShape' | 'noTokenizer' | 'tokenizer' | 'noRuntime' | 'large' | 'loops' | 'slow'

/** Why a file is not used. */
export class SentenceModelRefused extends Error {
  readonly said: Said
  constructor(why: Refusal, file: string, options?: ErrorOptions) {
    super(`${file} is not used: ${why}`, options)
    this.said = said(`sentenceModel.${why}`, { file })
  }
}

const MOST_TOKENS = 256
const AT_ONCE = 16
const TOKENIZER_MOST_BYTES = 64 * 2 ** 20
const MODEL_MOST_BYTES = 2 ** 31
const MOST_DIMENSIONS = 4096
const TRIAL_ROUNDS = 3
/** Texts that a model is tried and measured on. */
export const trial = ['Card payment is declined.', 'Kartenzahlung wird abgelehnt, schon seit heute früh.']
const known = ['input_ids', 'attention_mask', 'token_type_ids']

/** The first `.onnx` of the folder by name; null: there is none. */
export function sentenceModelIn(folder: string): string | null {
  try {
    return (
      readdirSync(folder)
        .filter((name) => /\.onnx$/i.test(name))
        .sort()[0] ?? null
    )
  } catch {
    return null
  }
}

/**
 * Opens `file` of `folder` with the `tokenizer.json` beside it (WordPiece, BPE or Unigram, as Hugging Face writes it) and tries it on two texts.
 * Takes token ids, and mask and types where it wants them; gives one vector a text, or one a token, whose mean is taken. Throws
 * SentenceModelRefused.
 */
export async function openSentenceModel(folder: string, file: string, clock: Clock): Promise<SentenceModel> {
  const path = join(folder, file)
  const stat = statSync(path)
  const { size: bytes } = stat
  // Of a pipe nobody knows whether it ever ends.
  if (!stat.isFile()) throw new SentenceModelRefused('notOnnx', file)
  if (bytes > MODEL_MOST_BYTES) throw new SentenceModelRefused('large', file)
  if (hasLoops(path)) throw new SentenceModelRefused('loops', file)
  const tokenizer = await openTokenizer(folder, file)
  const runtime = await import('onnxruntime-node').catch((cause: unknown) => {
    throw new SentenceModelRefused('noRuntime', file, { cause })
  })
  const session = await runtime.InferenceSession.create(path, {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 4,
  }).catch((cause: unknown) => {
    throw new SentenceModelRefused('notOnnx', file, { cause })
  })
  const encode = encoderOf(session, tokenizer, runtime.Tensor)
  const tried = await tryOut(session, encode, clock).catch(async (cause: unknown) => {
    await session.release()
    throw new SentenceModelRefused('otherShape', file, { cause })
  })
  return {
    model: `${file} (${bytes})`,
    ...tried,
    bytes,
    async encode(texts) {
      const vectors: Float32Array[] = []
      for (let from = 0; from < texts.length; from += AT_ONCE)
        vectors.push(...(await encode(texts.slice(from, from + AT_ONCE))))
      return vectors
    },
    close: () => session.release(),
  }
}

async function openTokenizer(folder: string, file: string): Promise<Tokenizer> {
  let content: string
  try {
    const path = join(folder, 'tokenizer.json')
    const stat = statSync(path)
    if (!stat.isFile() || stat.size > TOKENIZER_MOST_BYTES) throw new SentenceModelRefused('tokenizer', file)
    content = readFileSync(path, 'utf8')
  } catch (cause) {
    throw new SentenceModelRefused(
      (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'noTokenizer' : 'tokenizer',
      file,
      { cause },
    )
  }
  try {
    const { Tokenizer } = await import('@huggingface/tokenizers')
    return new Tokenizer(JSON.parse(content) as object, {})
  } catch (cause) {
    throw new SentenceModelRefused('tokenizer', file, { cause })
  }
}

type Encode = (texts: readonly string[]) => Promise<Float32Array[]>

function encoderOf(session: InferenceSession, tokenizer: Tokenizer, Numbers: typeof Tensor): Encode {
  const inputs = session.inputNames
  if (!inputs.includes('input_ids') || inputs.some((name) => !known.includes(name)))
    return () => Promise.reject(new Error(`It takes ${inputs.join(', ')}.`))
  const output = session.outputNames.find((name) => name === 'sentence_embedding') ?? session.outputNames[0]!
  return async (texts) => {
    const ids = texts.map((text) =>
      tokenizer.encode(text.slice(0, MOST_TOKENS * LETTERS_A_TOKEN)).ids.slice(0, MOST_TOKENS),
    )
    const width = Math.max(1, ...ids.map((row) => row.length))
    const shape = [texts.length, width]
    const cells = (of: (row: number[], at: number) => number): Tensor =>
      new Numbers(
        'int64',
        BigInt64Array.from(ids.flatMap((row) => Array.from({ length: width }, (_, at) => BigInt(of(row, at))))),
        shape,
      )
    const feeds: Record<string, Tensor> = { input_ids: cells((row, at) => row[at] ?? 0) }
    if (inputs.includes('attention_mask')) feeds['attention_mask'] = cells((row, at) => (at < row.length ? 1 : 0))
    if (inputs.includes('token_type_ids')) feeds['token_type_ids'] = cells(() => 0)
    const found = (await session.run(feeds, [output]))[output]!
    return vectorsOf(
      found,
      ids.map((row) => row.length),
      width,
    )
  }
}

/** What is cut off before tokens are made: no text of an ordinary language has longer ones on average. */
const LETTERS_A_TOKEN = 12

function vectorsOf({ data, dims, type }: Tensor, lengths: number[], width: number): Float32Array[] {
  const size = dims.at(-1) ?? 0
  const perToken = dims.length === 3
  const right = dims[0] === lengths.length && (perToken ? dims[1] === width : dims.length === 2)
  if (type !== 'float32' || !right || size < 2 || size > MOST_DIMENSIONS)
    throw new Error(`It gives ${type} ${dims.join(' × ')}.`)
  const numbers = data as Float32Array
  return lengths.map((length, at) => {
    if (!perToken) return checked(numbers.slice(at * size, (at + 1) * size))
    const sum = new Float32Array(size)
    for (let token = 0; token < length; token++)
      for (let k = 0; k < size; k++) sum[k]! += numbers[(at * width + token) * size + k]!
    return checked(sum)
  })
}

function checked(vector: Float32Array): Float32Array {
  if (!vector.every(Number.isFinite)) throw new Error('It gives numbers that are none.')
  return toUnit(vector)
}

async function tryOut(
  session: InferenceSession,
  encode: Encode,
  clock: Clock,
): Promise<{ dimensions: number; msPerText: number }> {
  if (session.outputNames.length === 0) throw new Error('It gives nothing.')
  const [first, other] = await encode(trial)
  if (!first || first.every((value) => value === 0)) throw new Error('It gives nothing.')
  if (first.every((value, at) => value === other![at])) throw new Error('It gives the same for every text.')
  const began = clock.monotonic()
  for (let round = 0; round < TRIAL_ROUNDS; round++) await encode(trial)
  return { dimensions: first.length, msPerText: (clock.monotonic() - began) / (TRIAL_ROUNDS * trial.length) }
}
