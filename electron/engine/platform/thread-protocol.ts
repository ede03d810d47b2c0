import type { Said } from '#shared/model/said.ts'
import type { FailureKind } from './failure.ts'

/** `id` 0: told, and nobody waits for an answer. */
export interface ThreadRequest {
  id: number
  call: string
  input: unknown
}
/** `ready`: the thread has begun and looks at what it is asked. `told`: what it says unasked. */
export type ThreadReply =
  'ready' | { id: number; value: unknown } | { id: number; error: ThreadFailure } | { told: unknown }

export interface ThreadFailure {
  name: string
  message: string
  stack: string | undefined
  code?: unknown
  /** Of a Failure: what it is made of again, where it was asked. */
  failure?: { kind: FailureKind; said: Said; retryAfterMs: number | null }
}
