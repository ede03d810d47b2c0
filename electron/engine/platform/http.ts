import type { Said } from '#shared/model/said.ts'
import type { Code } from '#shared/words/said.ts'
import { Failure } from './failure.ts'

/**
 * The engine's only door to HTTP. It enforces what every request needs: time and size limits, redirects that are
 * followed by hand and checked again, refusal of private addresses for URLs that a user gave, one queue per host,
 * Retry-After and rate-limit headers read into `HttpProblem`.
 */
export interface HttpRequest {
  url: string
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  headers?: Record<string, string>
  body?: string
  signal?: AbortSignal
  /** Whole exchange, default 30,000. */
  timeoutMs?: number
  /** Decompressed body, default 10 MiB. */
  maxBytes?: number
  /**
   * `follow` (default): wherever a redirect leads, as a browser would. `delivery`: for what must arrive as it is. Only
   * 307 and 308 to the same origin are followed, which keep method and body (RFC 9110 §15.4.8); every other redirect is the answer.
   */
  redirects?: 'follow' | 'delivery'
  /** Names of headers that a redirect may carry to another origin, besides those that every page gets; none by default. */
  carried?: readonly string[]
}

export interface HttpResponse {
  status: number
  /** Lower-case names. */
  headers: Record<string, string>
  /** After redirects. */
  url: string
  body: Uint8Array
}

export interface Http {
  /** Resolves for every status; rejects with HttpProblem when there is no usable answer. */
  fetch(request: HttpRequest): Promise<HttpResponse>
}

export type HttpProblemKind =
  | 'dns'
  | 'refused'
  | 'timeout'
  | 'aborted'
  | 'tooLarge'
  | 'tooManyRedirects'
  | 'privateAddress'
  | 'tls'
  | 'truncated'
  | 'badUrl'
  | 'network'

/** Says the host and what to do, never a header, a query string or a secret. */
export class HttpProblem extends Failure {
  override name = 'HttpProblem'
  readonly reason: HttpProblemKind
  readonly url: string
  constructor(reason: HttpProblemKind, url: string, what: Code | Said, cause?: unknown) {
    super(reason === 'badUrl' || reason === 'privateAddress' ? 'user' : 'operational', what, { cause })
    this.reason = reason
    this.url = url
  }
}
