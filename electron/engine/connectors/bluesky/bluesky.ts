import { cut } from '#shared/util/text-length.ts'
import { asWritten, said, type Code } from '#shared/words/said.ts'
import { Failure, saidOf } from '#engine/platform/failure.ts'
import { z } from 'zod'
import type { Draft } from '#shared/model/mention.ts'
import { SocketProblem } from '#engine/platform/socket.ts'
import { emptyBatch, type Batch, type Connector, type FetchContext } from '../connector.ts'
import { dropped, take } from '../draft.ts'
import { field, secret } from '../form.ts'
import { readCursor } from '../incoming.ts'
import { replying } from './reply.ts'
import { People } from './people.ts'
import { COLLECTION, JetstreamEvent, readPost } from './post.ts'
import { didOf } from './session.ts'
import { termFilter } from './terms.ts'

/** Public instances (bsky.network/docs/jetstream); their cursors are times, so each continues where another broke off. */
const HOSTS = ['jetstream2.us-east', 'jetstream1.us-west', 'jetstream1.us-east', 'jetstream2.us-west']
const STREAMS = HOSTS.map((host) => `wss://${host}.bsky.network/subscribe`)

const StreamAddress = z.string().regex(/^wss?:\/\//i, 'bluesky.streamForm' satisfies Code)
const Handle = z
  .string()
  .regex(/^(did:[a-z]+:\S+|(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*)$/, 'bluesky.handleForm' satisfies Code)

const Config = z.object({
  /** Words and phrases of which one must be in a post; none: every post of the network, 50 to 100 a second. */
  terms: z.array(z.string().trim().min(1).max(200)).max(2_000).default([]),
  /** Ask the public API for handles, names and numbers of followers. */
  lookup: z.boolean().default(true),
  /** WebSocket addresses of Jetstream, tried in turn. */
  hosts: z.array(StreamAddress).min(1).default(STREAMS),
  api: z.string().url().default('https://public.api.bsky.app'),
  /** Handle of the account that answers. */
  account: z
    .string()
    .trim()
    .transform((text) => text.replace(/^@/, '').toLowerCase())
    .pipe(z.union([z.literal(''), Handle]))
    .default(''),
  /** Its server, when it is not to be looked up. */
  accountServer: z
    .string()
    .trim()
    .transform((text) => (text === '' || /^https?:\/\//i.test(text) ? text : `https://${text}`))
    .refine((text) => text === '' || URL.canParse(text), 'connector.noServerName' satisfies Code)
    .transform((text) => (text === '' ? '' : new URL(text).origin))
    .default(''),
  directory: z
    .string()
    .url()
    .default('https://plc.directory')
    .transform((text) => new URL(text).origin),
})
type Config = z.infer<typeof Config>

/** Instances differ by a little in their clocks, and one may lag behind another. */
const REWIND_MS = 5_000
/** The first post after a pause is this much newer than the cursor: the instance has not kept what lies between. */
const GAP_MS = 2 * 60_000
/** Our clock and an instance's may differ by so much. */
const AHEAD_MS = 60_000
/** Even when no post passes the filter, the cursor is kept this often. */
const CURSOR_EVERY_MS = 5_000
/** As long as it is not known whose posts are answered, it is asked this often, and posts wait no longer than this. */
const OWN_AGAIN_MS = 60_000
const OWN_TIMEOUT_MS = 3_000

interface Cursor {
  /** time_us of the last event, whether it passed or not. */
  us: number
  host: number
}

const people = new People()

/** How far one stream is, whichever instance it listens to. */
interface Course {
  us: number
  /** time_us of the last event, when it was ahead of the clock and those before were not. */
  ahead: number | null
  /** Whether the instance took the connection. */
  opened: boolean
  own: string | null
  ownAskedAt: number
}

async function* stream(context: FetchContext<Config>): AsyncGenerator<Batch> {
  const { config, now, signal } = context
  const start = cursorOf(context.cursor)
  const course: Course = {
    us: start?.us ?? 0,
    ahead: null,
    opened: false,
    own: null,
    ownAskedAt: Number.NEGATIVE_INFINITY,
  }
  const passes = termFilter(config.terms)
  const count = config.hosts.length
  let failure: unknown
  for (let attempt = 0; attempt < count; attempt++) {
    const number = ((start?.host ?? 0) + attempt) % count
    const { host } = new URL(config.hosts[number]!)
    const detail = said('connector.streamingFrom', { host })
    // Closed or broken off: the place is kept, and the next one is asked.
    const next = { host: (number + 1) % count }
    try {
      for await (const batch of listenTo(number, course, passes, context)) yield { ...batch, detail }
      if (course.us > 0) yield { ...emptyBatch(JSON.stringify({ us: course.us, ...next } satisfies Cursor)), detail }
      return
    } catch (error) {
      if (signal.aborted) throw error
      failure = error
      if (course.opened) {
        // It worked, then broke: remember how far it got and let collect decide when to try again, elsewhere.
        if (course.us > 0) yield { ...emptyBatch(JSON.stringify({ us: course.us, ...next } satisfies Cursor)), detail }
        throw error
      }
      if (error instanceof SocketProblem && error.status === 400 && course.us > 0) {
        // A cursor that is too old for this instance: from now on, and the stretch between is a gap.
        const gap = { from: Math.floor(course.us / 1000), to: now(), reason: said('bluesky.gapGone', { host }) }
        yield { ...emptyBatch(null), gap, detail }
        course.us = 0
        attempt--
      }
    }
  }
  const last = saidOf(failure)
  const retryAfterMs = failure instanceof SocketProblem ? failure.retryAfterMs : null
  throw new Failure('operational', count === 1 ? last : said('bluesky.noServerReached', { n: count, last }), {
    cause: failure,
    retryAfterMs,
  })
}

/** What one instance says until it closes. */
async function* listenTo(
  number: number,
  course: Course,
  passes: (text: string) => boolean,
  context: FetchContext<Config>,
): AsyncGenerator<Batch> {
  const { config, now } = context
  const url = new URL(config.hosts[number]!)
  url.searchParams.set('wantedCollections', COLLECTION)
  const rewound = course.us - Math.max(REWIND_MS, Math.min(context.overlapMs, 60_000)) * 1000
  if (course.us > 0) url.searchParams.set('cursor', String(rewound))
  let first = course.us > 0
  let keptAt = now()
  for await (const event of context.socket(url.href)) {
    course.opened = true
    if (event.kind !== 'messages') {
      yield emptyBatch(null)
      continue
    }
    // A stream lasts for days: who could not be found when it began is looked for again.
    if (course.own === null && now() - course.ownAskedAt >= OWN_AGAIN_MS) {
      course.ownAskedAt = now()
      course.own = await ownDid(context)
    }
    const { batch, times } = readMessages(event.messages, passes, course.own)
    // One that is ahead of its time says nothing about what lies before it; a row of them is right.
    const begins = times.find((us) => us <= (now() + AHEAD_MS) * 1000) ?? (times.length > 1 ? times[0] : undefined)
    if (first && begins !== undefined) {
      first = false
      const [from, to] = [Math.floor(course.us / 1000), Math.floor(begins / 1000)]
      if (to - from > GAP_MS) batch.gap = { from, to, reason: said('bluesky.gapNotKept', { host: url.host }) }
    }
    for (const us of times) advance(course, us, now())
    await nameAuthors(batch.drafts, context)
    const brings = batch.drafts.length > 0 || batch.dropped.length > 0 || batch.gap !== null
    if (!brings && now() - keptAt < CURSOR_EVERY_MS) continue
    keptAt = now()
    yield { ...batch, cursor: JSON.stringify({ us: course.us, host: number } satisfies Cursor) }
  }
}

/** Of the account that answers: what is written below its posts is heard whatever its words. null: none, or not to be found now. */
async function ownDid({ config, http, now, signal }: FetchContext<Config>): Promise<string | null> {
  if (config.account === '' || config.account.startsWith('did:')) return config.account || null
  try {
    const bound: typeof http = { fetch: (request) => http.fetch({ ...request, timeoutMs: OWN_TIMEOUT_MS, signal }) }
    return await didOf({ http: bound, now }, config.api, config.account)
  } catch {
    signal.throwIfAborted()
    return null
  }
}

function readMessages(
  messages: string[],
  passes: (text: string) => boolean,
  own: string | null,
): { batch: Batch; times: number[] } {
  const batch = emptyBatch(null)
  const times: number[] = []
  for (const message of messages) {
    let event: JetstreamEvent
    try {
      event = JetstreamEvent.parse(JSON.parse(message))
    } catch (error) {
      batch.dropped.push(dropped('not a Jetstream event', null, cut((error as Error).message, 120)))
      continue
    }
    times.push(event.time_us)
    const post = readPost(event, passes, own)
    if (post !== undefined) take(batch, post)
  }
  return { batch, times }
}

/**
 * The place is the last event's, in the order in which the instance says them, not the greatest: one that is ahead, alone,
 * would hide all that come after an interruption. Several in a row are right, and our clock is behind.
 */
function advance(course: Course, us: number, now: number): void {
  const isAhead = us > (now + AHEAD_MS) * 1000
  if (!isAhead || course.ahead !== null) course.us = us
  course.ahead = isAhead ? us : null
}

async function nameAuthors(posts: Draft[], context: FetchContext<Config>): Promise<void> {
  if (!context.config.lookup || posts.length === 0) return
  const dids = posts.map(({ author }) => author!.id)
  const found = await people.find(dids, context.config.api, context)
  for (const { author } of posts) {
    const person = found.get(author!.id)
    if (person) Object.assign(author!, person, { handle: `@${person.handle}` })
  }
}

function cursorOf(cursor: string | null): Cursor | null {
  const { us, host } = readCursor<Cursor>(cursor)
  if (!Number.isSafeInteger(us)) return null
  return { us: us!, host: Number.isSafeInteger(host) ? host! : 0 }
}

export const bluesky = {
  id: 'bluesky',
  network: 'bluesky',
  name: asWritten('Bluesky'),
  summary: said('bluesky.summary'),
  config: Config,
  fields: [
    field('list', 'terms', 'bluesky.words', { hint: 'bluesky.wordsHint', initial: [] }),
    field('text', 'account', 'bluesky.answerAs', { hint: 'bluesky.answerAsHint', initial: '' }),
    field('text', 'accountServer', 'bluesky.server', { hint: 'bluesky.serverHint', initial: '' }),
    field('boolean', 'lookup', 'bluesky.lookUp', { hint: 'bluesky.lookUpHint', initial: true }),
  ],
  secrets: [
    secret('appPassword', 'bluesky.appPassword', 'bluesky.appPasswordHint', 'https://bsky.app/settings/app-passwords'),
  ],
  intervalMs: 30_000,
  minIntervalMs: 1_000,
  stream,
  replying,
} satisfies Connector<Config>
