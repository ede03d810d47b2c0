import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { deskActs, type DeskAct, type DeskDoor, type DeskRefusal } from '#shared/model/desk-door.ts'
import { refusal as refusedFrom, type Origins } from '../access.ts'
import { deskNotice, deskPage, deskSteps, languageFor, refusalPage, type DeskStep } from './page.ts'
import { createRateLimit } from './rate-limit.ts'
import { deskPolicy } from './style.ts'

const MINUTE_MS = 60_000
/** A form is a question and a name. */
const BODY_MOST = 32 * 1024
/** With a token that is none, of one address. Behind a proxy all the world has one: so it never counts for who has a link. */
const GUESSES_A_MINUTE = 300
/** With one and the same link. */
const LOOKS_A_MINUTE = 300
const ACTS_A_MINUTE = 20

const statusOf = { unknown: 404, expired: 410, moved: 410, closed: 410, unavailable: 503 } as const
/** Of every page that a link leads to. */
export const pageHeaders: Record<string, string> = {
  'Content-Security-Policy': deskPolicy,
  // The address holds the token: no other site hears of it, and the form still says where it comes from.
  'Referrer-Policy': 'same-origin',
  'Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex, nofollow',
  Vary: 'Accept-Language',
}

export interface DeskPagesOptions {
  door: DeskDoor
  /** Hosts and origins of the station's own pages; the public address is accepted beside them, here only. */
  allowed(): Origins
  now(): number
}

/** The public address beside the station's own. */
export const withPublic = (allowed: Origins, publicUrl: string): Origins => {
  if (!URL.canParse(publicUrl)) return allowed
  const { host, origin } = new URL(publicUrl)
  return { hosts: new Set([...allowed.hosts, host]), origins: new Set([...allowed.origins, origin]) }
}

type Bound = { Bindings: Partial<HttpBindings> }

/**
 * The pages behind the links of a hand-off: `/desk/TOKEN` and `/desk/TOKEN/accept|ask|done|back`. Looking never changes
 * anything, because mail programs and scanners follow links; pressing a button does. No cookie, no session and no role: the
 * token is good for its one hand-off.
 */
export function deskPages({ door, allowed, now }: DeskPagesOptions): Hono<Bound> {
  const app = new Hono<Bound>()
  const guesses = createRateLimit({ most: GUESSES_A_MINUTE, windowMs: MINUTE_MS, now })
  const looks = createRateLimit({ most: LOOKS_A_MINUTE, windowMs: MINUTE_MS, now })
  const acts = createRateLimit({ most: ACTS_A_MINUTE, windowMs: MINUTE_MS, now })

  const language = (c: Context<Bound>) => languageFor(c.req.header('accept-language'))
  const refused = (c: Context<Bound>, refusal: DeskRefusal) => {
    if (refusal.why === 'unavailable') c.header('Retry-After', '60')
    return c.html(refusalPage(language(c), refusal), statusOf[refusal.why])
  }
  const notice = (c: Context<Bound>, what: 'badForm' | 'tooMany' | 'notFound', status: 400 | 404 | 405 | 413 | 429) => {
    if (status === 429) c.header('Retry-After', '60')
    return c.html(deskNotice(language(c), what), status)
  }
  /** Of what leads nowhere only so much is answered. */
  const isTooMuch = (c: Context<Bound>): boolean => !guesses.take(c.env?.incoming?.socket.remoteAddress ?? '')
  const stranger = (c: Context<Bound>, refusal: DeskRefusal) =>
    refusal.why === 'unknown' && isTooMuch(c) ? notice(c, 'tooMany', 429) : refused(c, refusal)
  const stepOf = (c: Context<Bound>): DeskStep | null | undefined => {
    const step = c.req.param('step')
    return step === undefined ? null : deskSteps.find((one) => one === step)
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

  app.on('GET', ['/:token', '/:token/:step'], async (c) => {
    const step = stepOf(c)
    const token = c.req.param('token')
    const seen = await door.read(token)
    if (!seen.ok) return stranger(c, seen.refusal)
    if (step === undefined) return notice(c, 'notFound', 404)
    if (!looks.take(token)) return notice(c, 'tooMany', 429)
    return c.html(deskPage(seen.view, { token, language: language(c), step, now: now() }))
  })

  app.on(
    'POST',
    ['/:token', '/:token/:step'],
    bodyLimit({ maxSize: BODY_MOST, onError: (c) => notice(c as Context<Bound>, 'badForm', 413) }),
    async (c) => {
      const step = stepOf(c)
      const token = c.req.param('token')
      const seen = await door.read(token)
      if (!seen.ok) return stranger(c, seen.refusal)
      if (step === undefined) return notice(c, 'notFound', 404)
      if (!acts.take(token)) return notice(c, 'tooMany', 429)
      if (!/^application\/x-www-form-urlencoded\b/i.test(c.req.header('content-type') ?? ''))
        return notice(c, 'badForm', 400)
      const form = new URLSearchParams(await c.req.text())
      const act = deskActs.find((one) => one === form.get('do')) as DeskAct | undefined
      if (act === undefined) return notice(c, 'badForm', 400)
      const written = { text: form.get('text') ?? '', name: form.get('name') ?? '' }
      const outcome = await door.act(token, { act, ...written })
      // Seen by a GET, so that a reload sends nothing twice.
      if (outcome.ok) return c.redirect(`/desk/${token}`, 303)
      if ('refusal' in outcome) return refused(c, outcome.refusal)
      const { view, problem } = outcome
      const page = { token, language: language(c), step, now: now(), problem, written }
      return c.html(deskPage(view, page), problem === 'textMissing' ? 422 : 409)
    },
  )

  app.all('*', (c) => {
    if (isTooMuch(c)) return notice(c, 'tooMany', 429)
    return c.req.method === 'GET' || c.req.method === 'HEAD' ? notice(c, 'notFound', 404) : notice(c, 'badForm', 405)
  })
  return app
}
