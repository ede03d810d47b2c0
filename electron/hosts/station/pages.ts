import { Hono, type Context } from 'hono'
import type { Role } from '#shared/contract/station.ts'
import { languageOfTag } from '#shared/words/languages.ts'
import { said, type Code } from '#shared/words/said.ts'
import { words } from '#shared/words/words.ts'
import { cookieName, isOverTls, newSession, readCookie, readSession, refusal, type Origins } from './access.ts'
import type { Entrances } from './entrances.ts'
import type { Asset, Assets } from '#hosts/page/assets.ts'
import { securityHeaders } from '#hosts/page/headers.ts'

export interface Gate {
  entrances: Entrances
  /** Known only after listening, hence functions. */
  port(): number
  allowed(): Origins
}

const month = 30 * 24 * 3600

const notice = (title: string, text: string, language = 'en'): string =>
  `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${text}</p></html>`

/** In the language that the browser asks for first of those that there are. */
function spoken(c: Context, title: Code, text: Code): string {
  const asked = (c.req.header('accept-language') ?? '').split(',').map((part) => part.split(';')[0]!.trim())
  const language = asked.map((tag) => languageOfTag(tag)).find((known) => known !== undefined) ?? 'en'
  const say = words(language)
  return notice(say(said(title)), say(said(text)), language)
}

export interface Session {
  /** What its cookie is for. */
  role: Role
  /** A wall's id, or what tells one officer's browser from another. */
  id: string
  cookie: string
}

/**
 * The session of a request that wants to be `role`; undefined: it has none. An officer may also look at the wall; a wall is never
 * an officer, and one that was shut out is none any more.
 */
export function sessionOf({ entrances, port }: Gate, role: Role, cookies: string | undefined): Session | undefined {
  for (const candidate of role === 'wall' ? (['wall', 'officer'] as const) : (['officer'] as const)) {
    const cookie = readCookie(cookies, cookieName(candidate, port()))
    const id = cookie === undefined ? undefined : readSession(entrances.keys, candidate, cookie)
    if (cookie === undefined || id === undefined) continue
    if (candidate === 'officer') return { role: candidate, id, cookie }
    if (!entrances.walls.has(id)) continue
    entrances.walls.see(id)
    return { role: candidate, id, cookie }
  }
  return undefined
}

/**
 * Routes: `/enter?token=…` swaps a token, once, for a cookie; `/` is the officer's page and `/wall/` the wall's, both the same
 * built files; `/keep` makes a cookie last. Everything but `/enter` and the pages for desks needs the cookie.
 */
export function pages(gate: Gate, assets: () => Assets, desks?: Hono, alerts?: Hono, series?: Hono): Hono {
  const app = new Hono()
  app.use(async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(securityHeaders)) {
      // The pages for desks bring a stricter policy of their own.
      if (!c.res.headers.has(name)) c.header(name, value)
    }
  })
  if (desks) app.route('/desk', desks)
  if (alerts) app.route('/alert', alerts)
  if (series) app.route('/series', series)
  app.use(async (c, next) => {
    const reason = refusal(gate.allowed(), { host: c.req.header('host'), origin: c.req.header('origin') })
    if (reason) return c.html(notice('Refused', reason), 403)
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return c.html(notice('Refused', 'Pages are only read.'), 405)
    return next()
  })
  /** With each look a cookie lasts a month from then: a wall keeps its right while it is used. */
  function keepCookie(c: Context, { role, cookie }: Pick<Session, 'role' | 'cookie'>): void {
    const tls = isOverTls({ host: c.req.header('host'), forwardedProto: c.req.header('x-forwarded-proto') })
    const path = role === 'wall' ? '/wall/' : '/'
    c.header(
      'Set-Cookie',
      `${cookieName(role, gate.port())}=${cookie}; Path=${path}; HttpOnly; SameSite=Strict; Max-Age=${month}${tls ? '; Secure' : ''}`,
    )
  }
  app.get('/enter', (c) => {
    const { keys, links, walls } = gate.entrances
    c.header('Cache-Control', 'no-store')
    // A HEAD is of somebody who only looks whether there is something.
    const entry = c.req.method === 'GET' ? links.use(c.req.query('token') ?? '') : undefined
    if (!entry) {
      const role = (['officer', 'wall'] as const).find((one) => sessionOf(gate, one, c.req.header('cookie')))
      if (role) return c.redirect(role === 'wall' ? '/wall/' : '/', 303)
      return c.html(spoken(c, 'station.locked', 'station.linkUsed'), 401)
    }
    const wall = entry.role === 'wall' ? (entry.wall ?? walls.add('').id) : undefined
    if (wall !== undefined && !walls.has(wall)) return c.html(spoken(c, 'station.locked', 'station.linkUsed'), 401)
    if (wall !== undefined) walls.enter(wall)
    keepCookie(c, { role: entry.role, cookie: newSession(keys, entry.role, wall) })
    return c.redirect(entry.role === 'wall' ? '/wall/' : '/', 303)
  })
  app.get('/wall', (c) => c.redirect('/wall/', 308))
  app.get('*', (c) => {
    const isWall = c.req.path.startsWith('/wall/')
    const session = sessionOf(gate, isWall ? 'wall' : 'officer', c.req.header('cookie'))
    if (!session) return locked(c)
    const path = isWall ? c.req.path.slice('/wall'.length) : c.req.path
    if (path === '/' || path === '/keep') keepCookie(c, session)
    if (path === '/keep') return c.body(null, 204)
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
  return c.html(spoken(c, 'station.locked', 'station.lockedText'), 401)
}

function deliver(c: Context, asset: Asset): Response {
  c.header('ETag', asset.etag)
  c.header('Cache-Control', asset.immutable ? 'private, max-age=31536000, immutable' : 'private, no-cache')
  if (c.req.header('if-none-match') === asset.etag) return c.body(null, 304)
  c.header('Content-Type', asset.type)
  return c.body(asset.body)
}
