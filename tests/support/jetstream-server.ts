import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import { json, loopback, misbehave } from './loopback.ts'
import type { Loopback, Misbehaviour } from './loopback.ts'

export interface InventedEvent {
  did: string
  time_us: number
  kind: string
  commit?: Record<string, unknown>
}

let made = 0

/** An invented post as Jetstream reports it; `at` in ms. */
export function inventedPost(
  at: number,
  text: string,
  record: Record<string, unknown> = {},
  did = 'did:plc:earshotexample0000000001',
): InventedEvent {
  const rkey = `3k${(made++).toString(36).padStart(11, '0')}`
  return {
    did,
    time_us: at * 1000,
    kind: 'commit',
    commit: {
      rev: rkey, operation: 'create', collection: 'app.bsky.feed.post', rkey, cid: 'bafyreiexample',
      record: { $type: 'app.bsky.feed.post', text, createdAt: new Date(at).toISOString(), langs: ['en'], ...record },
    },
  } // prettier-ignore
}

export interface JetstreamServer extends Loopback {
  /** `ws://…/subscribe`, for the connector's `hosts`. */
  subscribe: string
  /** Everything it remembers; a cursor replays what is not older. */
  events: InventedEvent[]
  /** `tooOld`: refuses every cursor with 400, as an instance does whose memory begins later. */
  behaviour: 'open' | 'refused' | 'tooOld' | 'drops' | 'silent'
  misbehaviour: Misbehaviour
  profiles: { did: string; handle: string; displayName?: string; followersCount?: number }[]
  emit(event: InventedEvent): void
  say(message: string): void
  streams: Set<WebSocket>
}

/** Behaves as a Jetstream (v1 `/subscribe`) does, and answers app.bsky.actor.getProfiles beside it. */
export async function jetstreamServer(): Promise<JetstreamServer> {
  const streams = new Set<WebSocket>()
  const base = await loopback((request, response, url) => {
    if (misbehave(server.misbehaviour, request, response)) return
    if (url.pathname !== '/xrpc/app.bsky.actor.getProfiles') return json(response, { error: 'NotFound' }, {}, 404)
    const wanted = url.searchParams.getAll('actors')
    if (wanted.length > 25) return json(response, { error: 'InvalidRequest' }, {}, 400)
    return json(response, { profiles: server.profiles.filter(({ did }) => wanted.includes(did)) })
  })
  const sockets = new WebSocketServer({ noServer: true, autoPong: false })
  base.server.on('upgrade', (request, socket, head) => {
    base.requests.push({
      method: 'UPGRADE',
      url: request.url ?? '',
      headers: request.headers as Record<string, string | undefined>,
    })
    const cursor = new URL(request.url ?? '', 'http://localhost').searchParams.get('cursor')
    const status =
      server.behaviour === 'refused'
        ? '503 Service Unavailable'
        : server.behaviour === 'tooOld' && cursor !== null
          ? '400 Bad Request'
          : null
    if (status !== null) {
      socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\nretry-after: 7\r\ncontent-length: 0\r\n\r\n`)
      return
    }
    sockets.handleUpgrade(request, socket, head, (stream) => {
      streams.add(stream)
      stream.on('close', () => streams.delete(stream))
      stream.on('ping', (data) => {
        if (server.behaviour !== 'silent') stream.pong(data)
      })
      for (const event of server.events)
        if (cursor !== null && !(event.time_us < Number(cursor))) stream.send(JSON.stringify(event))
      if (server.behaviour === 'drops') stream.terminate()
    })
  })
  const server: JetstreamServer = {
    ...base,
    subscribe: `ws://${base.host}/subscribe`,
    events: [],
    behaviour: 'open',
    misbehaviour: null,
    profiles: [],
    streams,
    emit(event) {
      server.events.push(event)
      server.say(JSON.stringify(event))
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
