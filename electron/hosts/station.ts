import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Doors } from '#shared/model/access.ts'
import { allowedOrigins, type AccessKeys } from './station/access.ts'
import { passingEntrances, type Entrances } from './station/entrances.ts'
import { loadAssets, type Assets } from './page/assets.ts'
import type { AlertDoor } from '#shared/model/alert-door.ts'
import type { SeriesDoor } from '#shared/model/counted-series.ts'
import type { DeskDoor } from '#shared/model/desk-door.ts'
import { alertPages } from './station/desk/alert-pages.ts'
import { deskPages } from './station/desk/pages.ts'
import { seriesIntake } from './station/series-intake.ts'
import { pages, type Gate } from './station/pages.ts'
import { attachSockets, type ConnectPage } from './station/sockets.ts'

export interface StationOptions {
  connect: ConnectPage
  /** Who is let in; absent: what `keys` open, in this process alone. */
  entrances?: Entrances
  keys?: AccessKeys
  /** Where desks outside answer hand-offs; absent: their links lead nowhere. */
  desks?: DeskDoor
  /** Where people outside see alerts and take them; absent: their links lead nowhere. */
  alerts?: AlertDoor
  /** Where programs send what they count; absent: there is no way in. */
  series?: SeriesDoor
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
  /** Address for an officer, another one with each look; it opens the station once. Treat it as a password. */
  readonly url: string
  /** The same for a read-only wall that nobody named. */
  readonly wallUrl: string
  readonly doors: Doors
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
  const entrances = options.entrances ?? passingEntrances(options.keys)
  const { links, walls } = entrances
  const gate: Gate = { entrances, port: () => port, allowed: () => allowed }
  const desks = options.desks && deskPages({ door: options.desks, allowed: gate.allowed, now: Date.now })
  const alerts = options.alerts && alertPages({ door: options.alerts, allowed: gate.allowed, now: Date.now })
  const series = options.series && seriesIntake({ door: options.series, now: Date.now })
  const { fetch } = pages(
    gate,
    () => assets,
    desks as Hono | undefined,
    alerts as Hono | undefined,
    series as Hono | undefined,
  )
  const server = createAdaptorServer({ fetch }) as Server
  server.requestTimeout = 30_000
  server.headersTimeout = 10_000
  const sockets = attachSockets(server, {
    gate,
    connect: options.connect,
    maxPayload: options.maxPayload ?? 256 * 2 ** 20,
    maxConnections: options.maxConnections ?? 800,
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
  const officerLink = (): string => enter(links.make({ role: 'officer', wall: null }))
  const wallLink = (wall: string | null): string => enter(links.make({ role: 'wall', wall }))
  const doors: Doors = {
    walls: () => walls.list().map((wall) => ({ ...wall, open: sockets.openOf(wall.id) })),
    addWall(name) {
      const wall = walls.add(name)
      return { wall: { ...wall, open: 0 }, url: wallLink(wall.id) }
    },
    wallLink: (id) => (walls.has(id) ? wallLink(id) : undefined),
    removeWall(id) {
      const wall = walls.remove(id)
      links.forget(id)
      sockets.shut(id)
      return wall && { ...wall, open: 0 }
    },
    officerLink,
  }
  return {
    port,
    get url() {
      return officerLink()
    },
    get wallUrl() {
      return wallLink(null)
    },
    doors,
    get connections() {
      return sockets.count
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await sockets.close(2000)
      walls.close()
      server.closeAllConnections()
      await closed
    },
  }
}
