import { Hono, type Context } from 'hono'
import type { Role } from '#shared/contract/station.ts'
import {
  cookieName,
  isOverTls,
  isSession,
  newSession,
  readCookie,
  refusal,
  roleOfToken,
  type AccessKeys,
  type Origins,
} from './access.ts'
import type { Asset, Assets } from '#hosts/page/assets.ts'
import { securityHeaders } from '#hosts/page/headers.ts'

export interface Gate {
  keys: AccessKeys
  /** Known only after listening, hence functions. */
  port(): number
  allowed(): Origins
}

const month = 30 * 24 * 3600

const notice = (title: string, text: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${text}</p></html>`

const lockedText =
  'This station answers only to its own addresses. Open the address that it printed when it started, token included.'

/**
 * Whether this request carries a session for `role`. An officer may also look at the wall; a wall is never an officer.
 */
export function hasSession(gate: Gate, role: Role, cookies: string | undefined): boolean {
  const accepted: Role[] = role === 'wall' ? ['wall', 'officer'] : ['officer']
  return accepted.some((candidate) => {
    const value = readCookie(cookies, cookieName(candidate, gate.port()))
    return value !== undefined && isSession(gate.keys, candidate, value)
  })
}

/**
 * Routes: `/enter?token=…` swaps a token for a cookie; `/` is the officer's page and `/wall/` the wall's, both the same
 * built files. Everything but `/enter` and the pages for desks needs the cookie.
 */
export function pages(gate: Gate, assets: () => Assets, desks?: Hono): Hono {
  const app = new Hono()
  app.use(async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(securityHeaders)) {
      // The pages for desks bring a stricter policy of their own.
      if (!c.res.headers.has(name)) c.header(name, value)
    }
  })
  if (desks) app.route('/desk', desks)
  app.use(async (c, next) => {
    const reason = refusal(gate.allowed(), { host: c.req.header('host'), origin: c.req.header('origin') })
    if (reason) return c.html(notice('Refused', reason), 403)
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return c.html(notice('Refused', 'Pages are only read.'), 405)
    return next()
  })
  app.get('/enter', (c) => {
    const role = roleOfToken(gate.keys, c.req.query('token') ?? '')
    if (!role) return c.html(notice('Locked', lockedText), 401)
    const path = role === 'wall' ? '/wall/' : '/'
    const tls = isOverTls({ host: c.req.header('host'), forwardedProto: c.req.header('x-forwarded-proto') })
    c.header(
      'Set-Cookie',
      `${cookieName(role, gate.port())}=${newSession(gate.keys, role)}; Path=${path}; HttpOnly; SameSite=Strict; Max-Age=${month}${tls ? '; Secure' : ''}`,
    )
    c.header('Cache-Control', 'no-store')
    return c.redirect(path, 303)
  })
  app.get('/wall', (c) => c.redirect('/wall/', 308))
  app.get('*', (c) => {
    const isWall = c.req.path.startsWith('/wall/')
    if (!hasSession(gate, isWall ? 'wall' : 'officer', c.req.header('cookie'))) return locked(c)
    const path = isWall ? c.req.path.slice('/wall'.length) : c.req.path
    const asset = assets().get(path === '/' ? '/index.html' : path)
    return asset ? deliver(c, asset) : c.html(notice('Not found', 'There is no such page.'), 404)
  })
  return app
}

/**
 * A link from a mail or another site carries no SameSite=Strict cookie on its first request. The page then asks once
 * more from here, where it does.
 */
function locked(c: Context): Response | Promise<Response> {
  const arrivedByLink = c.req.header('sec-fetch-site') === 'cross-site' && c.req.header('sec-fetch-mode') === 'navigate'
  c.header('Cache-Control', 'no-store')
  if (arrivedByLink) {
    c.header('Refresh', '0')
    return c.html(notice('Earshot', 'One moment.'))
  }
  return c.html(notice('Locked', lockedText), 401)
}

function deliver(c: Context, asset: Asset): Response {
  c.header('ETag', asset.etag)
  c.header('Cache-Control', asset.immutable ? 'private, max-age=31536000, immutable' : 'private, no-cache')
  if (c.req.header('if-none-match') === asset.etag) return c.body(null, 304)
  c.header('Content-Type', asset.type)
  return c.body(asset.body)
}
