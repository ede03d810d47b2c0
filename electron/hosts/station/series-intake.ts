import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { SeriesAnswer, SeriesDoor } from '#shared/model/counted-series.ts'
import { inEnglish } from '#shared/words/words.ts'
import { createRateLimit } from './desk/rate-limit.ts'

const MINUTE_MS = 60_000
const BODY_MOST = 2 * 2 ** 20
const GUESSES_A_MINUTE = 60
const MESSAGES_A_MINUTE = 240

type Bound = { Bindings: Partial<HttpBindings> }

/**
 * Where programs send what they count: `POST /series/ID` with `Authorization: Bearer KEY` and JSON (`{"value": 12}`,
 * `{"at": "2026-11-20T10:00:00Z", "value": 12}`, `{"add": 1}`, a list of these) or lines of a time and a number as `text/csv`.
 * No cookie and no session: the key is good for writing numbers of its one series, and for reading nothing. A browser's page
 * cannot send it from elsewhere: its preflight is not answered.
 */
export function seriesIntake({ door, now }: { door: SeriesDoor; now(): number }): Hono<Bound> {
  const app = new Hono<Bound>()
  const guesses = createRateLimit({ most: GUESSES_A_MINUTE, windowMs: MINUTE_MS, now })
  const messages = createRateLimit({ most: MESSAGES_A_MINUTE, windowMs: MINUTE_MS, now })
  const refused = (c: Context<Bound>, status: 400 | 401 | 404 | 405 | 413 | 429, error: string) => {
    if (status === 429) c.header('Retry-After', '60')
    if (status === 401) c.header('WWW-Authenticate', 'Bearer')
    return c.json({ error }, status)
  }
  const answer = (c: Context<Bound>, told: SeriesAnswer) => {
    if (told.status !== 200) return refused(c, told.status, told.why)
    const { lines, stored, changed, same, tooOld, left, faults } = told.taken
    const named = faults.map(({ line, why }) => ({ line, why: inEnglish(why) }))
    return c.json({ numbers: lines, stored, changed, same, tooOld, left, ...(left > 0 && { faults: named }) })
  }
  const from = (c: Context<Bound>): string => c.env?.incoming?.socket.remoteAddress ?? ''

  app.post(
    '/:id',
    bodyLimit({
      maxSize: BODY_MOST,
      onError: (c) => refused(c as Context<Bound>, 413, 'At most 2 MiB in one message.'),
    }),
    async (c) => {
      const key = /^Bearer ([\w-]{16,200})$/.exec(c.req.header('authorization') ?? '')?.[1]
      if (key === undefined)
        return guesses.take(from(c)) ? refused(c, 401, 'Send the key of the series.') : refused(c, 429, 'Too many.')
      const id = c.req.param('id')
      // By its key too: who does not have it must not use up what its program may send.
      if (!messages.take(`${id} ${key}`)) return refused(c, 429, `At most ${MESSAGES_A_MINUTE} messages a minute.`)
      const told = door.take(id, key, (c.req.header('content-type') ?? '').toLowerCase(), await c.req.text())
      if (told.status === 404 && !guesses.take(from(c))) return refused(c, 429, 'Too many.')
      return answer(c, told)
    },
  )
  app.all('*', (c) => refused(c, c.req.method === 'POST' ? 404 : 405, 'Numbers are sent with POST.'))
  return app
}
