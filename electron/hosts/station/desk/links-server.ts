import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import type { SeriesDoor } from '#shared/model/counted-series.ts'
import type { DeskDoor } from '#shared/model/desk-door.ts'
import { securityHeaders } from '#hosts/page/headers.ts'
import { allowedOrigins } from '../access.ts'
import type { AlertDoor } from '#shared/model/alert-door.ts'
import { seriesIntake } from '../series-intake.ts'
import { alertPages } from './alert-pages.ts'
import { deskPages } from './pages.ts'

export interface LinksServer {
  /** Opens it when a public address was set since, closes it when that was taken away. Never rejects. */
  look(): Promise<void>
  /** null: not open. */
  readonly port: number | null
  /** For good: a look that comes later opens nothing. */
  close(): Promise<void>
}

/**
 * The pages for desks, and the way in for programs that count, for the desktop app, which shows its own pages without a server: no officer, no wall, nothing
 * else is behind this port. On loopback; a proxy with TLS stands in front of it.
 */
export function createLinksServer(options: {
  door: DeskDoor
  /** Absent: links of messages about alerts lead nowhere. */
  alerts?: AlertDoor
  /** Absent: programs that count have no way in. */
  series?: SeriesDoor
  port: number
  /** The port is taken: the links lead nowhere until it is free. Told once. */
  onProblem(message: string): void
}): LinksServer {
  const { door, alerts, series, onProblem } = options
  let server: Server | null = null
  let port = options.port
  let told = false
  let closed = false
  let looking: Promise<void> = Promise.resolve()

  async function open(): Promise<void> {
    const app = new Hono()
    app.use(async (c, next) => {
      await next()
      for (const [name, value] of Object.entries(securityHeaders)) if (!c.res.headers.has(name)) c.header(name, value)
    })
    const guard = { allowed: () => allowedOrigins(port, []), now: Date.now }
    app.route('/desk', deskPages({ door, ...guard }) as unknown as Hono)
    if (alerts) app.route('/alert', alertPages({ door: alerts, ...guard }) as unknown as Hono)
    if (series) app.route('/series', seriesIntake({ door: series, now: Date.now }) as unknown as Hono)
    const made = createAdaptorServer({ fetch: app.fetch }) as Server
    made.requestTimeout = 30_000
    made.headersTimeout = 10_000
    try {
      await new Promise<void>((resolve, reject) => {
        made.once('error', reject)
        made.listen(options.port, '127.0.0.1', resolve)
      })
      const address = made.address()
      port = typeof address === 'object' && address ? address.port : port
      server = made
      told = false
    } catch (error) {
      if (!told) onProblem(`The pages for desks cannot be served at port ${options.port}: ${(error as Error).message}`)
      told = true
    }
  }

  const shut = async (): Promise<void> => {
    const open_ = server
    server = null
    if (!open_) return
    const closed = new Promise<void>((resolve) => open_.close(() => resolve()))
    open_.closeAllConnections()
    await closed
  }

  return {
    look() {
      const step = async (): Promise<void> => {
        if (closed) return
        const wanted = door.publicUrl() !== ''
        if (wanted && server === null) await open()
        if (!wanted && server !== null) await shut()
      }
      return (looking = looking.then(step, step))
    },
    get port() {
      return server === null ? null : port
    },
    close() {
      closed = true
      return (looking = looking.then(shut, shut))
    },
  }
}
