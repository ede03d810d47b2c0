import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

export interface Loopback {
  /** `http://127.0.0.1:port` */
  url: string
  /** `127.0.0.1:port`: what `allowPrivate` must name. */
  host: string
  server: Server
  /** Method and address of every request, in order. */
  requests: { method: string; url: string; headers: Record<string, string | undefined> }[]
  close(): Promise<void>
}

export type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => void | Promise<void>

/** A real HTTP server on a free port of this machine. Closing it cuts the connections that are still open. */
export async function loopback(answer: Answer): Promise<Loopback> {
  const sockets = new Set<Socket>()
  const requests: Loopback['requests'] = []
  const server = createServer((request, response) => {
    requests.push({
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers as Record<string, string | undefined>,
    })
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`)
    void Promise.resolve(answer(request, response, url)).catch(() => response.destroy())
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `http://${host}`,
    host,
    server,
    requests,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

export function json(
  response: ServerResponse,
  body: unknown,
  headers: Record<string, string> = {},
  status = 200,
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(JSON.stringify(body))
}

/** A way to misbehave that every server here can be put into, until it is changed again. */
export type Misbehaviour =
  | null
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: string }
  | { kind: 'hang' }
  | { kind: 'truncate' }
  | { kind: 'reset' }
  | { kind: 'garbage' }

/** true: the request was answered badly, and is done with. */
export function misbehave(how: Misbehaviour, request: IncomingMessage, response: ServerResponse): boolean {
  if (how === null) return false
  if (how.kind === 'status') {
    response.writeHead(how.status, how.headers)
    response.end(how.body ?? '')
  } else if (how.kind === 'truncate') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' })
    response.write('[{"id": "1"')
    response.socket?.end()
  } else if (how.kind === 'reset') request.socket.destroy()
  else if (how.kind === 'garbage') {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end('<html><body>Bad gateway</body></html>')
  }
  // `hang`: nothing is ever said.
  return true
}
