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
  | 'dns' | 'refused' | 'timeout' | 'aborted' | 'tooLarge' | 'tooManyRedirects' | 'privateAddress' | 'tls' | 'truncated' | 'badUrl' | 'network' // prettier-ignore

export class HttpProblem extends Error {
  override name = 'HttpProblem'
  readonly kind: HttpProblemKind
  readonly url: string
  /** `message` names the host and what to do, never a header, a query string or a secret. */
  constructor(kind: HttpProblemKind, url: string, message: string, cause?: unknown) {
    super(message, { cause })
    this.kind = kind
    this.url = url
  }
}
