import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type RawData, type WebSocket } from 'ws'
import type { Role } from '#shared/contract/station.ts'
import { refusal } from './access.ts'
import { sessionOf, type Gate, type Session } from './pages.ts'
import { createBuckets, type Buckets } from './buckets.ts'

/** A page's messages as the engine takes them; `Engine.serve` makes one for each connection. */
export interface PageConnection {
  receive(message: string | Uint8Array): Promise<void>
  close(): void
}

/** `letGo` ends the connection with "engine changed": the page connects again. */
export type ConnectPage = (
  role: Role,
  send: (message: string | ArrayBufferLike | Uint8Array) => Promise<void> | void,
  letGo: () => void,
) => PageConnection

/** What one kind of page may take of the station. A wall cannot slow an officer, whatever it sends. */
interface Budget {
  /** Bytes of one message. */
  message: number
  /** Pages at once, in all and of one session. */
  pages: number
  ofOne: number
  /** Messages of one session: so many a second, and so many at once when a page opens. */
  perSecond: number
  burst: number
}

/** A page of 24 panes opens with some 100 messages and sends about 5 a second. */
const WALL: Budget = { message: 64 * 1024, pages: 200, ofOne: 50, perSecond: 50, burst: 400 }

/** Close code that tells a page that it was shut out. */
export const shutOut = 4003

/** Close code that tells a page to come back at once: what it knew is not true any more. */
export const engineChanged = 4001

export interface SocketOptions {
  gate: Gate
  connect: ConnectPage
  /** Largest message of a page: an imported file travels in one. */
  maxPayload: number
  maxConnections: number
  heartbeatMs: number
}

/** Above this many unsent bytes a stream waits for the page to catch up. */
const highWater = 1 << 20

export interface Sockets {
  readonly count: number
  /** Open pages of a wall, by its id. */
  openOf(wall: string): number
  /** Lets every page of a wall go. */
  shut(wall: string): void
  /** Says good-bye to every page (1001, "going away") and cuts those that do not answer within `graceMs`. */
  close(graceMs: number): Promise<void>
}

/**
 * `/rpc` speaks as an officer, `/wall/rpc` as a wall; a role comes from the path and its cookie, never from a message.
 * Long: one life of a connection, from the upgrade to the end, over the same lists.
 */
export function attachSockets(server: Server, options: SocketOptions): Sockets {
  const officers: Budget = {
    message: options.maxPayload,
    pages: options.maxConnections,
    ofOne: options.maxConnections,
    perSecond: Number.POSITIVE_INFINITY,
    burst: Number.POSITIVE_INFINITY,
  }
  const open = { officer: openPages(officers), wall: openPages(WALL) }
  const alive = new WeakSet<WebSocket>()
  const every = (): WebSocket[] => [...open.officer.server.clients, ...open.wall.server.clients]

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy())
    const path = request.url?.split('?')[0]
    const role: Role | undefined = path === '/rpc' ? 'officer' : path === '/wall/rpc' ? 'wall' : undefined
    if (!role) return refuse(stream, 404, 'Not Found')
    const { host, origin, cookie } = request.headers
    // Browsers always name the origin of a WebSocket; who does not is no page of ours.
    if (origin === undefined || refusal(options.gate.allowed(), { host, origin }))
      return refuse(stream, 403, 'Forbidden')
    const session = sessionOf(options.gate, role, cookie)
    if (!session) return refuse(stream, 401, 'Unauthorized')
    const { budget, server: sockets, bySession } = open[role]
    const mine = bySession.get(keyOf(session))?.size ?? 0
    if (sockets.clients.size >= budget.pages || mine >= budget.ofOne) return refuse(stream, 503, 'Service Unavailable')
    sockets.handleUpgrade(request, stream, head, (socket) => carry(socket, role, session))
  })

  function carry(socket: WebSocket, role: Role, session: Session): void {
    const page = options.connect(
      role,
      (message) => deliver(socket, message),
      () => socket.close(engineChanged, 'engine changed'),
    )
    const key = keyOf(session)
    const { bySession, buckets } = open[role]
    const mine = bySession.get(key) ?? new Set()
    bySession.set(key, mine.add(socket))
    alive.add(socket)
    socket.on('pong', () => alive.add(socket))
    const waiting: (string | Uint8Array)[] = []
    let later: NodeJS.Timeout | undefined
    function hand(): void {
      later = undefined
      for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
        const waitMs = buckets.take(key)
        if (waitMs > 0) {
          // What it sends meanwhile waits in its own connection, and its program with it.
          socket.pause()
          later = setTimeout(hand, waitMs)
          return
        }
        waiting.shift()
        page.receive(next).catch(() => socket.close(1002, 'not a message of the contract'))
      }
      if (socket.isPaused) socket.resume()
    }
    socket.on('message', (data: RawData, isBinary: boolean) => {
      alive.add(socket)
      waiting.push(isBinary ? bytes(data) : text(data))
      if (later === undefined) hand()
    })
    // `close` follows every error; ws has then already ended the connection with the right code.
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(later)
      waiting.length = 0
      mine.delete(socket)
      if (mine.size === 0) bySession.delete(key)
      page.close()
    })
  }

  // A page that vanished without a word (sleep, pulled cable) holds streams open until this finds it.
  const heartbeat = setInterval(() => {
    for (const [key, { size }] of open.wall.bySession) if (size > 0) options.gate.entrances.walls.see(key)
    for (const socket of every()) {
      if (socket.isPaused) continue
      if (!alive.has(socket)) socket.terminate()
      else {
        alive.delete(socket)
        socket.ping()
      }
    }
  }, options.heartbeatMs)
  heartbeat.unref()

  return {
    get count() {
      return every().length
    },
    openOf: (wall) => open.wall.bySession.get(wall)?.size ?? 0,
    shut(wall) {
      for (const socket of open.wall.bySession.get(wall) ?? []) socket.close(shutOut, 'shut out')
    },
    async close(graceMs) {
      clearInterval(heartbeat)
      const gone = every().map((socket) => new Promise((resolve) => socket.once('close', resolve)))
      for (const socket of every()) {
        socket.resume()
        socket.close(1001, 'the station is stopping')
      }
      const cut = setTimeout(() => every().forEach((socket) => socket.terminate()), graceMs)
      await Promise.all(gone)
      clearTimeout(cut)
      for (const { server: sockets } of Object.values(open)) sockets.close()
    },
  }
}

/** An officer who looks at the wall is no wall. */
const keyOf = ({ role, id }: Session): string => (role === 'wall' ? id : `officer ${id}`)

interface OpenPages {
  budget: Budget
  server: WebSocketServer
  bySession: Map<string, Set<WebSocket>>
  buckets: Buckets
}
const openPages = (budget: Budget): OpenPages => ({
  budget,
  server: new WebSocketServer({ noServer: true, maxPayload: budget.message, perMessageDeflate: false }),
  bySession: new Map(),
  buckets: createBuckets({ ...budget, now: () => performance.now() }),
})

function refuse(stream: Duplex, status: number, reason: string): void {
  stream.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function deliver(socket: WebSocket, message: string | ArrayBufferLike | Uint8Array): Promise<void> | void {
  if (socket.readyState !== socket.OPEN) return
  if (socket.bufferedAmount < highWater) return socket.send(message, () => {})
  return new Promise((resolve) => socket.send(message, () => resolve()))
}

const bytes = (data: RawData): Uint8Array =>
  Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? new Uint8Array(data) : data

const text = (data: RawData): string => Buffer.from(bytes(data)).toString('utf8')
