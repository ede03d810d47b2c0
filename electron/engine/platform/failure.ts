import type { Said, SaidValue } from '#shared/model/said.ts'
import { asWritten, said, sentence, type Code } from '#shared/words/said.ts'
import { inEnglish } from '#shared/words/words.ts'

export type FailureKind = 'user' | 'operational' | 'bug'

/**
 * What cannot be done, and who must act: the person (`user`: the input or the order is wrong), time (`operational`: it
 * passes, try again after `retryAfterMs`) or us (`bug`). `code` and `values` say what happened, to what, and what to do;
 * `message` is that in English, for logs and the terminal. `values.field` and `values.position` name what of an input is
 * meant.
 */
export class Failure extends Error {
  override name = 'Failure'
  readonly kind: FailureKind
  readonly code: string
  readonly values: Record<string, SaidValue> | undefined
  readonly retryAfterMs: number | null
  constructor(
    kind: FailureKind,
    what: Code | Said,
    options: { retryAfterMs?: number | null | undefined; cause?: unknown } = {},
  ) {
    const { code, values } = sentence(what)
    super(inEnglish({ code, values }), { cause: options.cause })
    this.kind = kind
    this.code = code
    this.values = values
    this.retryAfterMs = options.retryAfterMs ?? null
  }
  /** The sentence alone. */
  get said(): Said {
    return this.values ? { code: this.code, values: this.values } : { code: this.code }
  }
}

/** The person must act. `values` fill the holes of the sentence. */
export const userFailure = (code: Code, values?: Record<string, SaidValue>, cause?: unknown): Failure =>
  new Failure('user', said(code, values), { cause })

/** It passes, perhaps after `retryAfterMs`. */
export const passingFailure = (
  code: Code,
  values?: Record<string, SaidValue>,
  options?: { retryAfterMs?: number | null | undefined; cause?: unknown },
): Failure => new Failure('operational', said(code, values), options)

/** What went wrong, to be said: a failure's own sentence, or whatever a program of others wrote. */
export const saidOf = (error: unknown): Said =>
  error instanceof Failure ? error.said : asWritten(error instanceof Error ? error.message : String(error))
