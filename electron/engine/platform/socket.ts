import type { Said } from '#shared/model/said.ts'
import type { Code } from '#shared/words/said.ts'
import { Failure } from './failure.ts'
import type { Resolve } from './resolve.ts'

/**
 * The engine's only door to WebSockets. Same address rules as HTTP, a ping that must be answered, a bounded buffer: what
 * a reader does not take is an error with a name, never memory that grows.
 */
export type SocketEvent =
  | { kind: 'open' }
  /** Everything that arrived since the last event, in order: at least one. */
  | { kind: 'messages'; messages: string[] }
  /** Nothing arrived for one ping interval, and the other side answered the ping: quiet, not broken. */
  | { kind: 'quiet' }

export interface SocketOptions {
  headers?: Record<string, string>
  /** Sent once the stream is open, before `open` is reported: subscriptions. */
  greet?: string[]
  signal?: AbortSignal
}

export interface Sockets {
  /** The address for a connection of another kind, under the same rules; see resolve.ts. */
  resolve: Resolve
  /** Connects when iterated; closes when the iteration ends, however it ends. */
  open(url: string, options?: SocketOptions): AsyncIterable<SocketEvent>
}

export type SocketProblemKind =
  'refused' | 'rejected' | 'silent' | 'overflow' | 'tooLarge' | 'closed' | 'aborted' | 'privateAddress' | 'badUrl'

/** Says the host and what to do, never a header, a query string or a secret. */
export class SocketProblem extends Failure {
  override name = 'SocketProblem'
  readonly reason: SocketProblemKind
  /** HTTP status when the server refused to upgrade (`rejected`), else null. */
  readonly status: number | null
  constructor(
    reason: SocketProblemKind,
    what: Code | Said,
    options: { status?: number | null; retryAfterMs?: number | null; cause?: unknown } = {},
  ) {
    super(reason === 'badUrl' || reason === 'privateAddress' ? 'user' : 'operational', what, options)
    this.reason = reason
    this.status = options.status ?? null
  }
}
