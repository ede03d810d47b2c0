import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import type { Engine } from '#engine/engine.ts'
import { openStation } from '#hosts/station.ts'
import type { Station } from '#hosts/station.ts'
import { newAccessKeys } from '#hosts/station/access.ts'
import type { Role } from '#shared/contract/station.ts'
import type { Client } from '#renderer/client/client.ts'

type Peer = ReturnType<Engine['serve']>

export interface Connection {
  client: Client
  /** A call past all types, as an attacker's page would make it. */
  call(path: string, input: unknown): Promise<unknown>
  /** The engine's end of this connection. */
  peer: Peer
  /** Sends something that is no message of the contract. */
  sendRaw(message: string): void
  /** The wire breaks. */
  disconnect(): void
  /** Resolves when this side knows that the connection is over. */
  closed: Promise<void>
}

export interface Transport {
  connect(role: Role): Promise<Connection>
  close(): Promise<void>
}

interface Link {
  call(path: readonly string[], input: unknown, options: { context: object }): Promise<unknown>
}

const callers = (link: Link): Pick<Connection, 'client' | 'call'> => ({
  client: createORPCClient(link as never),
  call: (path, input) => link.call(path.split('.'), input, { context: {} }),
})

/** As in the desktop app, with Node's own channel in the place of Electron's. */
export function portTransport(engine: Engine): Transport {
  const open = new Set<() => void>()
  return {
    async connect(role) {
      const { port1: mine, port2: page } = new MessageChannel()
      const peer = engine.serve(role, (message) => mine.postMessage(message))
      mine.on('message', (message: string | Uint8Array) => {
        peer.receive(message).catch(() => mine.close())
      })
      mine.on('close', () => peer.close())
      const closed = new Promise<void>((resolve) => page.on('close', () => resolve()))
      const link = new PortLink({ port: page as never })
      page.start()
      const disconnect = (): void => page.close()
      open.add(disconnect)
      return { ...callers(link), peer, disconnect, closed, sendRaw: (message) => page.postMessage(message) }
    },
    async close() {
      for (const disconnect of open) disconnect()
    },
  }
}

/** A built page that is enough for a station to start. */
export function emptyPage(folder: string): string {
  const page = join(folder, 'page')
  mkdirSync(join(page, 'assets'), { recursive: true })
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>Earshot</title>')
  writeFileSync(join(page, 'assets/index-Ab3_dE9z.js'), 'export {}')
  return page
}

/** What a browser does before its first WebSocket: swaps the token for a cookie. Returns the `Cookie` header. */
export async function cookieOf(address: string): Promise<string> {
  const response = await fetch(address, { redirect: 'manual' })
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

export async function socketTransport(engine: Engine, folder: string): Promise<Transport & { station: Station }> {
  const peers: Peer[] = []
  const station = await openStation({
    connect(role, send) {
      const peer = engine.serve(role, send)
      peers.push(peer)
      return peer
    },
    keys: newAccessKeys(),
    pageFolder: emptyPage(folder),
    port: 0,
  })
  const origin = `http://127.0.0.1:${station.port}`
  return {
    station,
    async connect(role) {
      const cookie = await cookieOf(role === 'wall' ? station.wallUrl : station.url)
      const socket = new WebSocket(`ws://127.0.0.1:${station.port}${role === 'wall' ? '/wall/rpc' : '/rpc'}`, { headers: { cookie, origin } }) // prettier-ignore
      const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()))
      const before = peers.length
      await new Promise<void>((resolve, reject) => {
        socket.once('open', () => resolve())
        socket.once('error', reject)
      })
      const peer = peers[before]
      if (!peer) throw new Error('The station did not tell the engine about the connection')
      const link = new SocketLink({ websocket: socket as never })
      return {
        ...callers(link),
        peer,
        closed,
        sendRaw: (message) => socket.send(message),
        disconnect: () => socket.terminate(),
      }
    },
    close: () => station.close(),
  }
}
