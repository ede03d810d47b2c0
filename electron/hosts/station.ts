import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import { allowedOrigins, type AccessKeys } from './station/access.ts'
import { loadAssets, type Assets } from './page/assets.ts'
import type { DeskDoor } from '#shared/model/desk-door.ts'
import { deskPages } from './station/desk/pages.ts'
import { pages, type Gate } from './station/pages.ts'
import { attachSockets, type ConnectPage } from './station/sockets.ts'

export interface StationOptions {
  connect: ConnectPage
  keys: AccessKeys
  /** Where desks outside answer hand-offs; absent: their links lead nowhere. */
  desks?: DeskDoor
  /** The built page; a folder without one is refused at start. null: the page is served elsewhere, while building it. */
  pageFolder: string | null
  /** 0: any free one. */
  port: number
  /** Address to listen on. Anything but loopback puts the station on the network: see docs/operating-a-wall.md. */
  address?: string
  /** Further host names that browsers may use, see `allowedOrigins`. */
  names?: readonly string[]
  maxPayload?: number
  maxConnections?: number
  heartbeatMs?: number
}

export interface Station {
  readonly port: number
  /** Address for an officer, token included: treat it as a password. */
  readonly url: string
  /** Address for a read-only wall. */
  readonly wallUrl: string
  readonly connections: number
  close(): Promise<void>
}

/** Serves the page and the contract to browsers. Rejects with the system's error when the port is taken. */
export async function openStation(options: StationOptions): Promise<Station> {
  const assets: Assets = options.pageFolder === null ? new Map() : await loadAssets(options.pageFolder)
  if (options.pageFolder !== null && !assets.has('/index.html'))
    throw new Error(`There is no built page in ${options.pageFolder}: run "npm run build".`)
  let port = options.port
  const names = options.names ?? []
  let allowed = allowedOrigins(port, names)
  const gate: Gate = { keys: options.keys, port: () => port, allowed: () => allowed }
  const desks = options.desks && deskPages({ door: options.desks, allowed: gate.allowed, now: Date.now })
  const server = createAdaptorServer({ fetch: pages(gate, () => assets, desks as Hono | undefined).fetch }) as Server
  server.requestTimeout = 30_000
  server.headersTimeout = 10_000
  const sockets = attachSockets(server, {
    gate,
    connect: options.connect,
    maxPayload: options.maxPayload ?? 256 * 2 ** 20,
    maxConnections: options.maxConnections ?? 1000,
    heartbeatMs: options.heartbeatMs ?? 30_000,
  })
  const address = options.address ?? '127.0.0.1'
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, address, () => {
      server.off('error', reject)
      resolve()
    })
  })
  port = (server.address() as AddressInfo).port
  allowed = allowedOrigins(port, names)
  const enter = (token: string): string => `http://127.0.0.1:${port}/enter?token=${token}`
  return {
    port,
    url: enter(options.keys.officerToken),
    wallUrl: enter(options.keys.wallToken),
    get connections() {
      return sockets.count
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await sockets.close(2000)
      server.closeAllConnections()
      await closed
    },
  }
}
