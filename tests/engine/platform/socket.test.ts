import { afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import { systemClock } from '#engine/platform/clock.ts'
import { createSockets } from '#engine/platform/socket-client.ts'
import type { SocketsOptions } from '#engine/platform/socket-client.ts'
import { SocketProblem } from '#engine/platform/socket.ts'
import type { SocketEvent, Sockets } from '#engine/platform/socket.ts'
import { loopback } from '#tests/support/loopback.ts'

const open: { close(): Promise<void> | void }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

/** A server whose streams `behave` is given to, and a door to it. */
async function serve(
  behave: (stream: WebSocket) => void,
  options: Partial<SocketsOptions> = {},
): Promise<{ url: string; sockets: Sockets; seen: string[] }> {
  const base = await loopback((_, response) => void response.writeHead(404).end())
  const server = new WebSocketServer({ server: base.server, autoPong: false })
  const seen: string[] = []
  server.on('connection', (stream, request) => {
    seen.push(`${request.headers.authorization ?? ''}`)
    stream.on('message', (data) => seen.push(String(data)))
    behave(stream)
  })
  open.push(base, { close: () => server.close() })
  return {
    url: base.url.replace('http', 'ws'),
    sockets: createSockets({ clock: systemClock, allowPrivate: [base.host], ...options }),
    seen,
  }
}

async function problem(events: AsyncIterable<SocketEvent>): Promise<SocketProblem> {
  try {
    for await (const _ of events) continue
  } catch (error) {
    expect(error).toBeInstanceOf(SocketProblem)
    return error as SocketProblem
  }
  throw new Error('It ended without a problem')
}

describe('a stream', () => {
  it('opens, greets, hands over what arrives in order, and ends when the server closes', async () => {
    const { url, sockets, seen } = await serve((stream) => {
      stream.once('message', () => {
        for (const text of ['a', 'ä', 'b']) stream.send(text)
        stream.close(1000)
      })
    })
    const events: SocketEvent[] = []
    for await (const event of sockets.open(url, { headers: { authorization: 'Bearer x' }, greet: ['hello'] }))
      events.push(event)
    expect(events[0]).toEqual({ kind: 'open' })
    expect(events.slice(1).flatMap((event) => (event.kind === 'messages' ? event.messages : []))).toEqual([
      'a',
      'ä',
      'b',
    ])
    expect(seen).toEqual(['Bearer x', 'hello'])
  })

  it('is quiet while pings are answered and silent when they are not', async () => {
    const alive = await serve((stream) => stream.on('ping', (data) => stream.pong(data)), { pingMs: 200 })
    const kinds: string[] = []
    for await (const { kind } of alive.sockets.open(alive.url)) {
      kinds.push(kind)
      if (kinds.length === 3) break
    }
    expect(kinds).toEqual(['open', 'quiet', 'quiet'])
    const dead = await serve(() => {}, { pingMs: 20 })
    expect(await problem(dead.sockets.open(dead.url))).toMatchObject({ reason: 'silent' })
  })

  it('does not let messages pile up that nobody takes', async () => {
    const { url, sockets } = await serve((stream) => {
      for (let n = 0; n < 5_000; n++) stream.send('x'.repeat(20))
    }, { maxWaiting: 50 }) // prettier-ignore
    let taken = 0
    const failure = await problem(
      (async function* () {
        for await (const event of sockets.open(url)) {
          yield event
          if (event.kind === 'messages') taken += event.messages.length
          await new Promise((resolve) => setTimeout(resolve, 30))
        }
      })(),
    ).catch(() => null)
    // Either TCP held the server back and all came through bit by bit, or the buffer ran over and said so.
    expect(failure === null ? taken : failure.reason).toBe(failure === null ? 5_000 : 'overflow')
  })

  it('refuses a message that is too large', async () => {
    const { url, sockets } = await serve((stream) => stream.send('x'.repeat(2_000)), { maxMessageBytes: 1_000 })
    expect(await problem(sockets.open(url))).toMatchObject({ reason: 'tooLarge' })
  })

  it('says who refused to open it, and when to come back', async () => {
    const base = await loopback(() => {})
    base.server.on('upgrade', (_, socket) =>
      socket.end('HTTP/1.1 429 Too Many\r\nretry-after: 12\r\ncontent-length: 0\r\n\r\n'),
    )
    open.push(base)
    const sockets = createSockets({ clock: systemClock, allowPrivate: [base.host] })
    expect(await problem(sockets.open(`${base.url.replace('http', 'ws')}/?access_token=SECRET`))).toMatchObject({
      reason: 'rejected',
      status: 429,
      retryAfterMs: 12_000,
    })
  })

  it('ends at once when it is aborted, before or after it opened', async () => {
    const { url, sockets } = await serve(() => {})
    const abort = new AbortController()
    const waiting = problem(sockets.open(url, { signal: abort.signal }))
    setImmediate(() => abort.abort())
    expect(await waiting).toMatchObject({ reason: 'aborted' })
    expect(await problem(sockets.open(url, { signal: AbortSignal.abort() }))).toMatchObject({ reason: 'aborted' })
  })

  it('reports a connection that breaks', async () => {
    const { url, sockets } = await serve((stream) => stream.terminate())
    const events: string[] = []
    try {
      for await (const { kind } of sockets.open(url)) events.push(kind)
    } catch (error) {
      events.push((error as SocketProblem).reason)
    }
    expect(events[0]).toBe('open')
    expect(['open', 'closed']).toContain(events.at(-1))
  })

  it.each([
    'ws://127.0.0.1:9/',
    'ws://localhost:9/',
    'ws://[::1]:9/',
    'ws://169.254.169.254/',
    'ws://[::ffff:10.0.0.1]/',
  ])('never goes to a private address: %s', async (url) => {
    expect(await problem(createSockets({ clock: systemClock }).open(url))).toMatchObject({ reason: 'privateAddress' })
  })

  it('never goes anywhere but ws', async () => {
    for (const url of ['ftp://example.org', 'nonsense', 'wss://user:word@example.org/']) {
      expect(await problem(createSockets({ clock: systemClock }).open(url))).toMatchObject({ reason: 'badUrl' })
    }
  })
})
