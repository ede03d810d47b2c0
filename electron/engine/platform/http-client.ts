import { said } from '#shared/words/said.ts'
import { createBrotliDecompress, createUnzip } from 'node:zlib'
import type { Readable, Transform } from 'node:stream'
import { Agent, request as undiciRequest, type Dispatcher } from 'undici'
import { AddressRules, PrivateAddressError, type Lookup } from './addresses.ts'
import type { Clock } from './clock.ts'
import { HostGates } from './host-gate.ts'
import { explainFailure } from './http-failures.ts'
import { HttpProblem, type Http, type HttpRequest, type HttpResponse } from './http.ts'
import { wellBehavedUrl } from './urls.ts'

export interface HttpOptions {
  clock: Clock
  /** Hosts that may be at a private address: `intranet.example`, `127.0.0.1:8080`. Everybody else's private addresses are refused. */
  allowPrivate?: readonly string[]
  /** Requests at once to one host; default 2. */
  perHost?: number
  /** Least time between the starts of two requests to one host, default 200 ms. */
  spacingMs?: number
  userAgent?: string
  /** Who knows names; the system by default. */
  lookup?: Lookup
}

const MAX_REDIRECTS = 5
const DEFAULT_TIMEOUT_MS = 30_000
const DEFAULT_MAX_BYTES = 10 * 1024 * 1024
/** Of Content-Encoding. Honest servers pack once; each layer may be a thousand times what is inside it. */
const MOST_LAYERS = 3
/** Bytes that a packed answer may be longer than what is in it. */
const PACKING = 64 * 1024
const REDIRECTS = new Set([301, 302, 303, 307, 308])
/**
 * What a redirect carries to another origin: what says nothing of who asks. Keys stand in headers of any name (`x-api-key`, `private-token`,
 * signatures), so all others stay behind unless the request names them.
 */
const CARRIED = new Set(
  (
    'user-agent accept accept-encoding accept-language content-type content-length content-encoding range cache-control ' +
    'if-none-match if-modified-since if-range'
  ).split(' '),
)

/** The real Http: undici with limits. `close` drops all connections. */
// Long: one client; redirects, limits and closing share its agents.
export function createHttp(options: HttpOptions): Http & { close(): Promise<void> } {
  const { clock } = options
  const rules = new AddressRules(options.allowPrivate, options.lookup)
  const gates = new HostGates(clock, options.perHost ?? 2, options.spacingMs ?? 200)
  const userAgent = options.userAgent ?? 'Earshot/0.1 (listening station)'
  const agents = [false, true].map(
    (mayBePrivate) =>
      new Agent({
        connect: { lookup: rules.lookupFor(mayBePrivate) as never, timeout: 15_000 },
        connections: 8,
        keepAliveTimeout: 10_000,
        maxHeaderSize: 32_768,
      }),
  ) as [Agent, Agent]

  async function fetchOnce(
    url: URL,
    request: HttpRequest,
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<HttpResponse> {
    let started = false
    try {
      if (rules.literalIsRefused(url)) throw new PrivateAddressError(`${url.hostname} is a private address`)
      const response = await undiciRequest(url, {
        method: (request.method ?? 'GET') as Dispatcher.HttpMethod,
        headers,
        body: request.body,
        signal,
        dispatcher: agents[rules.mayBePrivate(url) ? 1 : 0],
        headersTimeout: 0,
        bodyTimeout: 0,
      })
      started = true
      const plain = plainHeaders(response.headers)
      // 204 and 304 have no body, whatever their Content-Encoding says.
      const encoding =
        response.statusCode === 204 || response.statusCode === 304 ? '' : (plain['content-encoding'] ?? '')
      const body = await readBody(response.body, encoding, request.maxBytes ?? DEFAULT_MAX_BYTES, url)
      return { status: response.statusCode, headers: plain, url: url.href, body }
    } catch (error) {
      if (signal.aborted) throw signal.reason
      throw explainFailure(error, url, started)
    }
  }

  async function follow(
    request: HttpRequest,
    first: URL,
    signal: AbortSignal,
    begin: () => void,
  ): Promise<HttpResponse> {
    let url = first
    let hop: HttpRequest = request
    let headers: Record<string, string> = { 'user-agent': userAgent, 'accept-encoding': 'gzip, br' }
    for (const [name, value] of Object.entries(request.headers ?? {})) headers[name.toLowerCase()] = value
    for (let redirects = 0; ; redirects++) {
      const leave = await gates.enter(url.host, signal)
      let response: HttpResponse
      try {
        begin()
        response = await fetchOnce(url, hop, headers, signal)
      } finally {
        leave()
      }
      const location = response.headers['location']
      if (!REDIRECTS.has(response.status) || location === undefined) return response
      if (request.redirects === 'delivery' && !keepsDelivery(response.status, location, url)) return response
      if (redirects === MAX_REDIRECTS) {
        throw new HttpProblem('tooManyRedirects', url.origin, said('http.redirectsForEver', { host: first.host }))
      }
      const next = wellBehavedUrl(location, url)
      if (next.origin !== url.origin) {
        const named = new Set(request.carried?.map((name) => name.toLowerCase()))
        headers = Object.fromEntries(Object.entries(headers).filter(([name]) => CARRIED.has(name) || named.has(name)))
      }
      const method = hop.method ?? 'GET'
      if (response.status === 303 || (response.status < 303 && method === 'POST')) {
        hop = { ...hop, method: 'GET', body: undefined }
        headers = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('content-')))
      }
      url = next
    }
  }

  return {
    async fetch(request) {
      const url = wellBehavedUrl(request.url)
      const abort = new AbortController()
      const timeoutMs = request.timeoutMs ?? DEFAULT_TIMEOUT_MS
      const outer = request.signal
      const stop = (): void =>
        abort.abort(new HttpProblem('aborted', url.origin, said('http.givenUp', { host: url.host }), outer?.reason))
      if (outer?.aborted) stop()
      outer?.addEventListener('abort', stop, { once: true })
      // The limit begins when the request leaves the host's queue: waiting for one's turn is not the server's fault.
      let cancel: (() => void) | null = null
      const begin = (): void => {
        cancel ??= clock.after(timeoutMs, () =>
          abort.abort(
            new HttpProblem(
              'timeout',
              url.origin,
              said('http.noAnswerWithin', { host: url.host, seconds: Math.round(timeoutMs / 1000) }),
            ),
          ),
        )
      }
      try {
        return await follow(request, url, abort.signal, begin)
      } finally {
        ;(cancel as (() => void) | null)?.()
        outer?.removeEventListener('abort', stop)
      }
    },
    async close() {
      await Promise.all(agents.map((agent) => agent.destroy()))
    },
  }
}

/** Whether what is delivered arrives as it is, where it was meant to. */
const keepsDelivery = (status: number, location: string, from: URL): boolean =>
  (status === 307 || status === 308) && URL.parse(location, from.href)?.origin === from.origin

function plainHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const plain: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value
  }
  return plain
}

function decoders(encodings: string, tooMany: () => Error): Transform[] {
  const layers = encodings
    .split(',')
    .map((encoding) => encoding.trim().toLowerCase())
    .filter((encoding) => encoding !== '' && encoding !== 'identity')
  if (layers.length > MOST_LAYERS) throw tooMany()
  return layers.reverse().flatMap((encoding) => {
    if (encoding === 'gzip' || encoding === 'x-gzip' || encoding === 'deflate') return [createUnzip()]
    if (encoding === 'br') return [createBrotliDecompress()]
    return []
  })
}

/**
 * The limit holds for what arrives and for what comes out of every decompressor: a small bomb is cut off while it unfolds, also
 * where it unfolds into another that holds nothing.
 */
async function readBody(body: Readable, encoding: string, maxBytes: number, url: URL): Promise<Uint8Array> {
  const tooLarge = (): HttpProblem =>
    new HttpProblem(
      'tooLarge',
      url.origin,
      said('http.answerTooLarge', { host: url.host, size: Math.round(maxBytes / 1024 / 1024) }),
    )
  // Destroying a body that nobody listens to any more may still report an error; it has been dealt with by then.
  body.on('error', () => {})
  let layers: Transform[]
  try {
    layers = decoders(encoding, tooLarge)
  } catch (error) {
    body.destroy()
    throw error
  }
  let stream: Readable = body
  for (const decoder of layers) {
    const source = stream
    let through = 0
    source.on('data', (chunk: Uint8Array) => {
      through += chunk.byteLength
      if (through > maxBytes + PACKING) source.destroy(tooLarge())
    })
    source.on('error', (error) => decoder.destroy(error))
    decoder.on('close', () => source.destroy())
    stream = source.pipe(decoder)
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > maxBytes) {
      body.destroy()
      throw tooLarge()
    }
    chunks.push(chunk)
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size)
}
