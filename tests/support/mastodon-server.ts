import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import { json, loopback, misbehave } from './loopback.ts'
import type { Loopback, Misbehaviour } from './loopback.ts'
import { answerAtHome, mastodonHome } from './mastodon-home.ts'
import type { MastodonHome } from './mastodon-home.ts'
import type { InventedStatus } from './mastodon-status.ts'

export interface MastodonServer extends Loopback {
  /** What is on the timelines, in any order. */
  statuses: InventedStatus[]
  misbehaviour: Misbehaviour
  /** The account that answers from here. */
  home: MastodonHome
  /** Timelines only for those who send this token. */
  token: string | null
  /** Streaming: `open`, refused with 401, or dropped as soon as it is open. */
  streaming: 'open' | 'refused' | 'drops'
  /** Requests that X-RateLimit still grants. */
  remaining: number
  limit: number
  /** ISO date of X-RateLimit-Reset. */
  resetsAt: string
  /** Posts a status: on the timelines and to everybody who streams. */
  post(status: InventedStatus): void
  /** Sends any text to everybody who streams. */
  say(message: string): void
  streams: Set<WebSocket>
  /** Messages that clients sent, such as subscriptions. */
  heard: string[]
}

/** Behaves as a Mastodon 4 server does: Link paging, since_id, min_id, max_id, rate-limit headers, streaming with a token. */
export async function mastodonServer(): Promise<MastodonServer> {
  const streams = new Set<WebSocket>()
  const base = await loopback(async (request, response, url) => {
    if (misbehave(server.misbehaviour, request, response)) return
    if (await answerAtHome(server.home, server.statuses, request, response, url)) return
    if (url.pathname === '/api/v2/instance') {
      return json(response, { domain: server.host, configuration: { urls: { streaming: `ws://${server.host}` } } })
    }
    const timeline = /^\/api\/v1\/timelines\/(public|tag\/([^/]+))$/.exec(url.pathname)
    if (!timeline) return json(response, { error: 'Record not found' }, {}, 404)
    if (server.token !== null && request.headers.authorization !== `Bearer ${server.token}`) {
      return json(response, { error: 'This method requires an authenticated user' }, {}, 401)
    }
    const headers: Record<string, string> = {
      'x-ratelimit-limit': String(server.limit),
      'x-ratelimit-remaining': String(Math.max(0, --server.remaining)),
      'x-ratelimit-reset': server.resetsAt,
    }
    if (server.remaining < 0) return json(response, { error: 'Too many requests' }, headers, 429)
    const page = pageOf(server.statuses, url.searchParams)
    if (page.length > 0) {
      const link = (name: string, id: string): string => {
        const next = new URL(url)
        for (const other of ['max_id', 'min_id', 'since_id']) next.searchParams.delete(other)
        next.searchParams.set(name, id)
        return next.href
      }
      headers['link'] = `<${link('max_id', page.at(-1)!.id)}>; rel="next", <${link('min_id', page[0]!.id)}>; rel="prev"`
    }
    return json(response, page, headers)
  })
  const sockets = new WebSocketServer({ noServer: true })
  base.server.on('upgrade', (request, socket, head) => {
    base.requests.push({
      method: 'UPGRADE',
      url: request.url ?? '',
      headers: request.headers as Record<string, string | undefined>,
    })
    const refused =
      server.streaming === 'refused' ||
      (server.token !== null && request.headers.authorization !== `Bearer ${server.token}`)
    if (refused || server.misbehaviour !== null) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (stream) => {
      if (server.streaming === 'drops') return stream.close(1011)
      streams.add(stream)
      stream.on('message', (data) => server.heard.push(String(data)))
      stream.on('close', () => streams.delete(stream))
    })
  })
  const server: MastodonServer = {
    ...base,
    statuses: [],
    misbehaviour: null,
    home: mastodonHome(),
    token: null,
    streaming: 'open',
    remaining: 300,
    limit: 300,
    resetsAt: '2030-01-01T00:00:00.000000Z',
    streams,
    heard: [],
    post(status) {
      server.statuses.push(status)
      server.say(JSON.stringify({ stream: ['public'], event: 'update', payload: JSON.stringify(status) }))
    },
    say(message) {
      for (const stream of streams) stream.send(message)
    },
    async close() {
      for (const stream of streams) stream.terminate()
      sockets.close()
      await base.close()
    },
  }
  return server
}

function pageOf(statuses: InventedStatus[], query: URLSearchParams): InventedStatus[] {
  const limit = Math.min(Number(query.get('limit') ?? 20), 40)
  const [max, min, since] = ['max_id', 'min_id', 'since_id'].map((name) => query.get(name))
  const found = statuses
    .filter(
      ({ id }) =>
        (!max || BigInt(id) < BigInt(max)) &&
        (!min || BigInt(id) > BigInt(min)) &&
        (!since || BigInt(id) > BigInt(since)),
    )
    .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1))
  return min ? found.slice(-limit) : found.slice(0, limit)
}
