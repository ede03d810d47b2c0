import { said } from '#shared/words/said.ts'
import WebSocket from 'ws'
import { AddressRules, type Lookup } from './addresses.ts'
import type { Clock } from './clock.ts'
import { explainFailure } from './http-failures.ts'
import { retryAfterMs } from './http-headers.ts'
import { createResolve } from './resolve.ts'
import { HttpProblem } from './http.ts'
import { SocketProblem, type SocketEvent, type SocketOptions, type Sockets } from './socket.ts'
import { wellBehavedUrl } from './urls.ts'

export interface SocketsOptions {
  clock: Clock
  /** As for http: hosts that may be at a private address. */
  allowPrivate?: readonly string[]
  /** A ping is sent when nothing arrived for this long; default 20 s. Not answered within the same time: `silent`. */
  pingMs?: number
  /** Messages that may wait for the reader; default 20,000. Reading from the network stops at a tenth of it. */
  maxWaiting?: number
  /** Largest single message in bytes, default 1 MiB. */
  maxMessageBytes?: number
  connectTimeoutMs?: number
  userAgent?: string
  /** Who knows names; the system by default. */
  lookup?: Lookup
}

/** The real Sockets, on ws. */
export function createSockets(options: SocketsOptions): Sockets {
  const rules = new AddressRules(options.allowPrivate, options.lookup)
  return {
    resolve: createResolve(options.allowPrivate, options.lookup),
    open: (url, socketOptions = {}) => ({ [Symbol.asyncIterator]: () => events(url, socketOptions, options, rules) }),
  }
}

// Long: the life of one socket; each of its events has to see the same queue.
async function* events(
  address: string,
  { headers, greet, signal }: SocketOptions,
  options: SocketsOptions,
  rules: AddressRules,
): AsyncGenerator<SocketEvent, void, void> {
  const url = parse(address)
  const host = url.host
  if (signal?.aborted) throw new SocketProblem('aborted', said('stream.givenUp', { host }))
  const check = new URL(url.href.replace(/^ws/, 'http'))
  if (rules.literalIsRefused(check)) throw refusedPrivate(host)
  const { clock } = options
  const maxWaiting = options.maxWaiting ?? 20_000
  const pingMs = options.pingMs ?? 20_000

  let waiting: string[] = []
  let notes: SocketEvent[] = []
  let failure: SocketProblem | null = null
  let over = false
  let wake: (() => void) | null = null
  const nudge = (): void => {
    wake?.()
    wake = null
  }
  const fail = (problem: SocketProblem): void => {
    failure ??= problem
    over = true
    nudge()
    socket.terminate()
  }

  const socket = new WebSocket(url, {
    headers: { 'user-agent': options.userAgent ?? 'Earshot/0.1 (listening station)', ...headers },
    maxPayload: options.maxMessageBytes ?? 1024 * 1024,
    perMessageDeflate: false,
    followRedirects: false,
    lookup: rules.lookupFor(rules.mayBePrivate(check)) as never,
  })

  let heard = true
  let asked = false
  let cancelTimer = clock.after(options.connectTimeoutMs ?? 15_000, () =>
    fail(new SocketProblem('silent', said('stream.notOpenedInTime', { host }))),
  )
  const watch = (): void => {
    cancelTimer = clock.after(pingMs, () => {
      if (asked && !heard) return fail(new SocketProblem('silent', said('stream.stopped', { host })))
      if (!heard) {
        asked = true
        socket.ping()
      } else asked = false
      heard = false
      watch()
    })
  }

  socket.on('open', () => {
    cancelTimer()
    for (const message of greet ?? []) socket.send(message)
    notes.push({ kind: 'open' })
    heard = true
    watch()
    nudge()
  })
  socket.on('pong', () => {
    heard = true
    notes.push({ kind: 'quiet' })
    nudge()
  })
  socket.on('ping', () => {
    heard = true
  })
  socket.on('message', (data: Buffer) => {
    heard = true
    waiting.push(data.toString('utf8'))
    // The reader is behind: TCP holds the server back; what is in ws's own buffers still arrives.
    if (waiting.length >= maxWaiting / 10 && !socket.isPaused) socket.pause()
    if (waiting.length > maxWaiting) {
      fail(new SocketProblem('overflow', said('stream.tooFast', { host })))
    }
    nudge()
  })
  socket.on('unexpected-response', (_request, response) => {
    const status = response.statusCode ?? 0
    const plain = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]))
    response.resume()
    const retry = retryAfterMs(plain, clock.now())
    fail(
      new SocketProblem('rejected', said('stream.notOpened', { host, status }), {
        status,
        retryAfterMs: retry,
      }),
    )
  })
  socket.on('error', (error) => fail(toProblem(error, check)))
  socket.on('close', (code) => {
    over = true
    if (code === 1009) failure ??= new SocketProblem('tooLarge', said('stream.messageTooLarge', { host }))
    nudge()
  })
  const stop = (): void => fail(new SocketProblem('aborted', said('stream.givenUp', { host })))
  signal?.addEventListener('abort', stop, { once: true })

  try {
    for (;;) {
      // Aborted: the reader wants nothing more. Otherwise everything that arrived before the end is handed over.
      if (signal?.aborted) throw failure ?? new SocketProblem('aborted', said('stream.givenUp', { host }))
      if (notes.length > 0) {
        const ready = notes
        notes = []
        for (const note of ready) yield note
      }
      if (waiting.length > 0) {
        const messages = waiting
        waiting = []
        if (socket.isPaused) socket.resume()
        yield { kind: 'messages', messages }
        continue
      }
      if (over) {
        if (failure) throw failure
        return
      }
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  } finally {
    cancelTimer()
    signal?.removeEventListener('abort', stop)
    // A socket that is still connecting reports an error when it is ended; nobody is left to hear it.
    socket.removeAllListeners('error')
    socket.on('error', () => {})
    socket.terminate()
  }
}

const refusedPrivate = (host: string): SocketProblem =>
  new SocketProblem('privateAddress', said('stream.privateAddress', { host }))

function parse(address: string): URL {
  try {
    const url = wellBehavedUrl(address.replace(/^ws/i, 'http'))
    return new URL(url.href.replace(/^http/, 'ws'))
  } catch (error) {
    throw new SocketProblem('badUrl', error instanceof HttpProblem ? error.said : 'stream.noAddress')
  }
}

function toProblem(error: Error, url: URL): SocketProblem {
  const { reason, said: what } = explainFailure(error, url, false)
  if (reason === 'privateAddress') return refusedPrivate(url.host)
  if (reason === 'dns' || reason === 'refused' || reason === 'tls' || reason === 'timeout')
    return new SocketProblem('refused', what, { cause: error })
  if ((error as { code?: string }).code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') {
    return new SocketProblem('tooLarge', said('stream.messageTooLarge', { host: url.host }), { cause: error })
  }
  return new SocketProblem('closed', said('stream.brokeOff', { host: url.host }), { cause: error })
}
