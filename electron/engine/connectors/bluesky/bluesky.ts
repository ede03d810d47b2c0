import { asWritten, said } from '#shared/words/said.ts'
import type { Code } from '#shared/words/said.ts'
import { Failure, saidOf } from '#engine/platform/failure.ts'
import { z } from 'zod'
import { SocketProblem } from '#engine/platform/socket.ts'
import type { Batch, Connector, FetchContext } from '../connector.ts'
import { emptyBatch } from '../connector.ts'
import { answering } from './answer.ts'
import { People } from './people.ts'
import { COLLECTION, JetstreamEvent, readPost } from './post.ts'
import type { ReadPost } from './post.ts'
import { didOf } from './session.ts'
import { termFilter } from './terms.ts'

/** Public instances (bsky.network/docs/jetstream); their cursors are times, so each continues where another broke off. */
const HOSTS = [
  'jetstream2.us-east.bsky.network', 'jetstream1.us-west.bsky.network', 'jetstream1.us-east.bsky.network', 'jetstream2.us-west.bsky.network',
] // prettier-ignore

const Config = z.object({
  /** Words and phrases of which one must be in a post; none: every post of the network, 50 to 100 a second. */
  terms: z.array(z.string().trim().min(1).max(200)).max(2_000).default([]),
  /** Ask the public API for handles, names and numbers of followers. */
  lookup: z.boolean().default(true),
  /** WebSocket addresses of Jetstream, tried in turn. */
  hosts: z.array(z.string().regex(/^wss?:\/\//i, 'Addresses of a stream begin with wss://')).min(1).default(HOSTS.map((host) => `wss://${host}/subscribe`)), // prettier-ignore
  api: z.string().url().default('https://public.api.bsky.app'),
  /** Handle of the account that answers. */
  account: z
    .string()
    .trim()
    .transform((text) => text.replace(/^@/, '').toLowerCase())
    .pipe(
      z.union([
        z.literal(''),
        z.string().regex(/^(did:[a-z]+:\S+|(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*)$/, 'bluesky.handleForm' satisfies Code),
      ]),
    )
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

async function* stream(context: FetchContext<Config>): AsyncGenerator<Batch> {
  const { config, now, signal } = context
  const start = readCursor(context.cursor)
  const passes = termFilter(config.terms)
  let own: string | null = null
  let ownAskedAt = Number.NEGATIVE_INFINITY
  let us = start?.us ?? 0
  let failure: unknown
  for (let attempt = 0; attempt < config.hosts.length; attempt++) {
    const number = ((start?.host ?? 0) + attempt) % config.hosts.length
    const url = new URL(config.hosts[number]!)
    url.searchParams.set('wantedCollections', COLLECTION)
    const rewound = us - Math.max(REWIND_MS, Math.min(context.overlapMs, 60_000)) * 1000
    if (us > 0) url.searchParams.set('cursor', String(rewound))
    const detail = said('connector.streamingFrom', { host: url.host })
    let first = us > 0
    let keptAt = now()
    let opened = false
    try {
      for await (const event of context.socket(url.href)) {
        opened = true
        if (event.kind !== 'messages') {
          yield { ...emptyBatch(null), detail }
          continue
        }
        // A stream lasts for days: who could not be found when it began is looked for again.
        if (own === null && now() - ownAskedAt >= OWN_AGAIN_MS) {
          ownAskedAt = now()
          own = await ownDid(context)
        }
        const { batch, posts, last } = readMessages(event.messages, passes, own)
        if (first && last.first > 0) {
          first = false
          if (last.first / 1000 - us / 1000 > GAP_MS) {
            batch.gap = {
              from: Math.floor(us / 1000),
              to: Math.floor(last.first / 1000),
              reason: said('bluesky.gapNotKept', { host: url.host }),
            }
          }
        }
        us = Math.max(us, last.us)
        await nameAuthors(posts, context)
        if (
          batch.drafts.length === 0 &&
          batch.dropped.length === 0 &&
          batch.gap === null &&
          now() - keptAt < CURSOR_EVERY_MS
        )
          continue
        keptAt = now()
        yield { ...batch, cursor: JSON.stringify({ us, host: number } satisfies Cursor), detail }
      }
      // The server closed: the place is kept, and the next one is asked.
      if (us > 0)
        yield {
          ...emptyBatch(JSON.stringify({ us, host: (number + 1) % config.hosts.length } satisfies Cursor)),
          detail,
        }
      return
    } catch (error) {
      if (signal.aborted) throw error
      failure = error
      if (opened) {
        // It worked, then broke: remember how far it got and let collect decide when to try again, elsewhere.
        if (us > 0)
          yield {
            ...emptyBatch(JSON.stringify({ us, host: (number + 1) % config.hosts.length } satisfies Cursor)),
            detail,
          }
        throw error
      }
      if (error instanceof SocketProblem && error.status === 400 && us > 0) {
        // A cursor that is too old for this instance: from now on, and the stretch between is a gap.
        yield {
          ...emptyBatch(null),
          gap: { from: Math.floor(us / 1000), to: now(), reason: said('bluesky.gapGone', { host: url.host }) },
          detail,
        }
        us = 0
        attempt--
      }
    }
  }
  const last = saidOf(failure)
  const n = config.hosts.length
  const retryAfterMs = failure instanceof SocketProblem ? failure.retryAfterMs : null
  throw new Failure('operational', n === 1 ? last : said('bluesky.noServerReached', { n, last }), {
    cause: failure,
    retryAfterMs,
  })
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
): { batch: Batch; posts: ReadPost[]; last: { us: number; first: number } } {
  const batch = emptyBatch(null)
  const posts: ReadPost[] = []
  const last = { us: 0, first: 0 }
  for (const message of messages) {
    let event: JetstreamEvent
    try {
      event = JetstreamEvent.parse(JSON.parse(message))
    } catch (error) {
      batch.dropped.push({
        reason: 'not a Jetstream event',
        where: null,
        detail: asWritten((error as Error).message.slice(0, 120)),
      })
      continue
    }
    if (last.first === 0) last.first = event.time_us
    last.us = Math.max(last.us, event.time_us)
    const post = readPost(event, passes, own)
    if (post === undefined) continue
    if ('reason' in post) batch.dropped.push(post)
    else {
      posts.push(post)
      batch.drafts.push(post.draft)
    }
  }
  return { batch, posts, last }
}

async function nameAuthors(posts: ReadPost[], context: FetchContext<Config>): Promise<void> {
  if (!context.config.lookup || posts.length === 0) return
  const found = await people.find(
    posts.map(({ did }) => did),
    context.config.api,
    context,
  )
  for (const { did, draft } of posts) {
    const person = found.get(did)
    if (person) draft.author = { id: did, handle: `@${person.handle}`, name: person.name, url: `https://bsky.app/profile/${did}`, followers: person.followers } // prettier-ignore
  }
}

function readCursor(cursor: string | null): Cursor | null {
  try {
    const read = JSON.parse(cursor ?? 'null') as Partial<Cursor> | null
    return read && Number.isSafeInteger(read.us)
      ? { us: read.us!, host: Number.isSafeInteger(read.host) ? read.host! : 0 }
      : null
  } catch {
    return null
  }
}

export const bluesky = {
  id: 'bluesky',
  network: 'bluesky',
  name: asWritten('Bluesky'),
  summary: said('bluesky.summary'),
  config: Config,
  fields: [
    { key: 'terms', label: said('bluesky.words'), hint: said('bluesky.wordsHint'), kind: 'list', choices: [], required: false, initial: [] }, // prettier-ignore
    { key: 'account', label: said('bluesky.answerAs'), hint: said('bluesky.answerAsHint'), kind: 'text', choices: [], required: false, initial: '' }, // prettier-ignore
    { key: 'accountServer', label: said('bluesky.server'), hint: said('bluesky.serverHint'), kind: 'text', choices: [], required: false, initial: '' }, // prettier-ignore
    { key: 'lookup', label: said('bluesky.lookUp'), hint: said('bluesky.lookUpHint'), kind: 'boolean', choices: [], required: false, initial: true }, // prettier-ignore
  ],
  secrets: [
    { key: 'appPassword', label: said('bluesky.appPassword'), hint: said('bluesky.appPasswordHint'), url: 'https://bsky.app/settings/app-passwords', required: false }, // prettier-ignore
  ],
  intervalMs: 30_000,
  minIntervalMs: 1_000,
  stream,
  answering,
} satisfies Connector<Config>
