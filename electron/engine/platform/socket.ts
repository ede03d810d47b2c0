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

export type SocketProblemKind = 'refused' | 'rejected' | 'silent' | 'overflow' | 'tooLarge' | 'closed' | 'aborted' | 'privateAddress' | 'badUrl' // prettier-ignore

export class SocketProblem extends Error {
  override name = 'SocketProblem'
  readonly kind: SocketProblemKind
  /** HTTP status when the server refused to upgrade (`rejected`), else null. */
  readonly status: number | null
  readonly retryAfterMs: number | null
  /** `message` names the host and what to do, never a header, a query string or a secret. */
  constructor(
    kind: SocketProblemKind,
    message: string,
    options: { status?: number | null; retryAfterMs?: number | null; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.kind = kind
    this.status = options.status ?? null
    this.retryAfterMs = options.retryAfterMs ?? null
  }
}
