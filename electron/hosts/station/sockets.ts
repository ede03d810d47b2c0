import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type RawData, type WebSocket } from 'ws'
import type { Role } from '#shared/contract/station.ts'
import { refusal } from './access.ts'
import { hasSession, type Gate } from './pages.ts'

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
  /** Says good-bye to every page (1001, "going away") and cuts those that do not answer within `graceMs`. */
  close(graceMs: number): Promise<void>
}

/** `/rpc` speaks as an officer, `/wall/rpc` as a wall; a role comes from the path and its cookie, never from a message. */
export function attachSockets(server: Server, options: SocketOptions): Sockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: options.maxPayload, perMessageDeflate: false })
  const alive = new WeakSet<WebSocket>()

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy())
    const path = request.url?.split('?')[0]
    const role: Role | undefined = path === '/rpc' ? 'officer' : path === '/wall/rpc' ? 'wall' : undefined
    if (!role) return refuse(stream, 404, 'Not Found')
    const { host, origin, cookie } = request.headers
    // Browsers always name the origin of a WebSocket; who does not is no page of ours.
    if (origin === undefined || refusal(options.gate.allowed(), { host, origin }))
      return refuse(stream, 403, 'Forbidden')
    if (!hasSession(options.gate, role, cookie)) return refuse(stream, 401, 'Unauthorized')
    if (sockets.clients.size >= options.maxConnections) return refuse(stream, 503, 'Service Unavailable')
    sockets.handleUpgrade(request, stream, head, (socket) => carry(socket, role))
  })

  function carry(socket: WebSocket, role: Role): void {
    const page = options.connect(
      role,
      (message) => deliver(socket, message),
      () => socket.close(engineChanged, 'engine changed'),
    )
    alive.add(socket)
    socket.on('pong', () => alive.add(socket))
    socket.on('message', (data: RawData, isBinary: boolean) => {
      alive.add(socket)
      page.receive(isBinary ? bytes(data) : text(data)).catch(() => socket.close(1002, 'not a message of the contract'))
    })
    // `close` follows every error; ws has then already ended the connection with the right code.
    socket.on('error', () => {})
    socket.on('close', () => page.close())
  }

  // A page that vanished without a word (sleep, pulled cable) holds streams open until this finds it.
  const heartbeat = setInterval(() => {
    for (const socket of sockets.clients) {
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
      return sockets.clients.size
    },
    async close(graceMs) {
      clearInterval(heartbeat)
      const gone = [...sockets.clients].map((socket) => new Promise((resolve) => socket.once('close', resolve)))
      for (const socket of sockets.clients) socket.close(1001, 'the station is stopping')
      const cut = setTimeout(() => sockets.clients.forEach((socket) => socket.terminate()), graceMs)
      await Promise.all(gone)
      clearTimeout(cut)
      sockets.close()
    },
  }
}

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
