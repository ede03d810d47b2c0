import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { AlertDoor, AlertOpened } from '#shared/model/alert-door.ts'
import { refusal as refusedFrom, type Origins } from '../access.ts'
import { alertPage, alertRefusalPage } from './alert-page.ts'
import { deskNotice, languageFor } from './page.ts'
import { pageHeaders, withPublic } from './pages.ts'
import { createRateLimit } from './rate-limit.ts'

const MINUTE_MS = 60_000
/** A form is a name. */
const BODY_MOST = 8 * 1024
/** With a token that is none, of one address. */
const GUESSES_A_MINUTE = 300
/** With one and the same link. */
const LOOKS_A_MINUTE = 300
const ACTS_A_MINUTE = 20

const statusOf = { unknown: 404, expired: 410, removed: 410, unavailable: 503 } as const

export interface AlertPagesOptions {
  door: AlertDoor
  /** Hosts and origins of the station's own pages; the public address is accepted beside them, here only. */
  allowed(): Origins
  now(): number
}

type Bound = { Bindings: Partial<HttpBindings> }

/**
 * The page behind the link of a message about an alert: `/alert/TOKEN`. Looking never takes it, because mail programs and
 * scanners follow links; pressing the button does. No cookie, no session and no role: the token is good for its one alert.
 */
export function alertPages({ door, allowed, now }: AlertPagesOptions): Hono<Bound> {
  const app = new Hono<Bound>()
  const guesses = createRateLimit({ most: GUESSES_A_MINUTE, windowMs: MINUTE_MS, now })
  const looks = createRateLimit({ most: LOOKS_A_MINUTE, windowMs: MINUTE_MS, now })
  const acts = createRateLimit({ most: ACTS_A_MINUTE, windowMs: MINUTE_MS, now })

  const language = (c: Context<Bound>) => languageFor(c.req.header('accept-language'))
  const notice = (c: Context<Bound>, what: 'badForm' | 'tooMany' | 'notFound', status: 400 | 404 | 405 | 413 | 429) => {
    if (status === 429) c.header('Retry-After', '60')
    return c.html(deskNotice(language(c), what), status)
  }
  const isTooMuch = (c: Context<Bound>): boolean => !guesses.take(c.env?.incoming?.socket.remoteAddress ?? '')
  function refused(c: Context<Bound>, { why }: Extract<AlertOpened, { ok: false }>) {
    if (why === 'unknown' && isTooMuch(c)) return notice(c, 'tooMany', 429)
    if (why === 'unavailable') c.header('Retry-After', '60')
    return c.html(alertRefusalPage(language(c), why), statusOf[why])
  }

  app.use(async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(pageHeaders)) c.header(name, value)
  })
  app.use(async (c, next) => {
    const from = { host: c.req.header('host'), origin: c.req.header('origin') }
    if (refusedFrom(withPublic(allowed(), door.publicUrl()), from)) return c.text('Refused', 403)
    return next()
  })

  app.get('/:token', async (c) => {
    const token = c.req.param('token')
    const seen = await door.read(token)
    if (!seen.ok) return refused(c, seen)
    if (!looks.take(token)) return notice(c, 'tooMany', 429)
    return c.html(alertPage(seen.view, token))
  })

  app.post(
    '/:token',
    bodyLimit({ maxSize: BODY_MOST, onError: (c) => notice(c as Context<Bound>, 'badForm', 413) }),
    async (c) => {
      const token = c.req.param('token')
      const seen = await door.read(token)
      if (!seen.ok) return refused(c, seen)
      if (!acts.take(token)) return notice(c, 'tooMany', 429)
      if (!/^application\/x-www-form-urlencoded\b/i.test(c.req.header('content-type') ?? ''))
        return notice(c, 'badForm', 400)
      const form = new URLSearchParams(await c.req.text())
      if (form.get('do') !== 'take') return notice(c, 'badForm', 400)
      const taken = await door.take(token, form.get('name') ?? '')
      // Seen by a GET, so that a reload sends nothing twice.
      return taken.ok ? c.redirect(`/alert/${token}`, 303) : refused(c, taken)
    },
  )

  app.all('*', (c) => {
    if (isTooMuch(c)) return notice(c, 'tooMany', 429)
    return c.req.method === 'GET' || c.req.method === 'HEAD' ? notice(c, 'notFound', 404) : notice(c, 'badForm', 405)
  })
  return app
}
