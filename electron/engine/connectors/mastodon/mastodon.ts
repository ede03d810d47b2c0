import { cut } from '#shared/util/text-length.ts'
import { asWritten, said, type Code } from '#shared/words/said.ts'
import { Failure, passingFailure } from '#engine/platform/failure.ts'
import { z } from 'zod'
import { emptyBatch, type Batch, type Connector, type FetchContext } from '../connector.ts'
import { dropped, take } from '../draft.ts'
import { everySeconds, field, secret } from '../form.ts'
import { bearer, fieldOf, readCursor } from '../incoming.ts'
import { replying } from './reply.ts'
import { pollMentions } from './notifications.ts'
import { readStatus } from './status.ts'
import { heard, NOWHERE, pollTimelines, timelinesOf, type Places } from './timeline.ts'

const Server = z
  .string()
  .trim()
  .min(1, 'mastodon.nameServer' satisfies Code)
  .transform((text) => (/^https?:\/\//i.test(text) ? text : `https://${text}`))
  .refine((text) => URL.canParse(text) && new URL(text).hostname !== '', 'connector.noServerName' satisfies Code)
  .transform((text) => new URL(text).origin)

const Hashtag = z
  .string()
  .transform((tag) => tag.trim().replace(/^#/, ''))
  .pipe(z.string().regex(/^[\p{L}\p{N}\p{M}_·]{1,100}$/u, 'mastodon.hashtagForm' satisfies Code))

const Config = z.object({
  instance: Server,
  /** Without `#`; none: the public timeline. */
  hashtags: z
    .array(Hashtag)
    .max(20, 'mastodon.mostHashtags' satisfies Code)
    .default([]),
  /** Only what people of this server write. */
  local: z.boolean().default(false),
  everySeconds: z.number().int().min(15).max(86_400).optional(),
  /** Where the account is that answers, when it is elsewhere. */
  answerInstance: z
    .string()
    .trim()
    .pipe(z.union([z.literal(''), Server]))
    .default(''),
})
type Config = z.infer<typeof Config>

/**
 * While it streams, the timelines are looked at this often all the same: some servers of the family take one subscription a
 * connection and say nothing about the others, and posts from elsewhere now and then reach the timeline but not the stream.
 */
const LOOK_AGAIN_MS = 10 * 60_000

/** How often it is asked, while it streams, who wrote to the account that answers. */
const MENTIONS_EVERY_MS = 60_000

/** The timelines, and what was written to the account that answers. */
const poll = async (context: FetchContext<Config>): Promise<Batch> =>
  withMentions(context, await pollTimelines(context))

/** The batch, and a page of what was written to the account since. */
async function withMentions(context: FetchContext<Config>, batch: Batch): Promise<Batch> {
  const places = readCursor<Places>(batch.cursor)
  const { more, trouble } = await pollMentions(context, places, batch)
  return { ...batch, cursor: JSON.stringify(places), more: batch.more || more, ...(trouble && { detail: trouble }) }
}

/** Opens one socket for all timelines, catches up by REST what was missed meanwhile, then takes what arrives. */
async function* stream(context: FetchContext<Config>): AsyncGenerator<Batch> {
  const { config, signal } = context
  const host = new URL(config.instance).host
  const headers = bearer(await context.secret('token'))
  const url = new URL('/api/v1/streaming', await streamingBase(context))
  const subscriptions = timelinesOf(config).map((timeline) =>
    timeline === '*'
      ? { stream: config.local ? 'public:local' : 'public' }
      : { stream: config.local ? 'hashtag:local' : 'hashtag', tag: timeline },
  )
  // The first one in the address, as older servers want it; the others when it is open.
  for (const [key, value] of Object.entries(subscriptions[0]!)) url.searchParams.set(key, value)
  const socket = context.socket(url.href, {
    headers,
    greet: subscriptions.slice(1).map((subscription) => JSON.stringify({ type: 'subscribe', ...subscription })),
  })
  const detail = said('connector.streamingFrom', { host: url.host })
  let cursor = context.cursor
  let lookedAt = Number.NEGATIVE_INFINITY
  let mentionsAt = Number.NEGATIVE_INFINITY
  async function* toTheEnd(look: (context: FetchContext<Config>) => Promise<Batch>): AsyncGenerator<Batch> {
    for (let more = true; more;) {
      const batch = await look({ ...context, cursor })
      cursor = batch.cursor
      more = batch.more
      mentionsAt = context.now()
      yield {
        ...batch,
        more: false,
        detail: batch.detail ? said('connector.andAlso', { first: detail, second: batch.detail }) : detail,
      }
      if (more) await context.sleep(250)
      signal.throwIfAborted()
    }
  }
  for await (const event of socket) {
    if (event.kind === 'open' || context.now() - lookedAt > LOOK_AGAIN_MS) {
      lookedAt = context.now()
      yield* toTheEnd(poll)
    }
    if (event.kind === 'quiet') yield { ...emptyBatch(null), detail }
    if (context.now() - mentionsAt > MENTIONS_EVERY_MS) {
      yield* toTheEnd((at) => withMentions(at, emptyBatch(at.cursor)))
    }
    if (event.kind === 'messages') {
      const batch = readMessages(event.messages, readCursor<Places>(cursor), config, host, context.now())
      cursor = batch.cursor ?? cursor
      yield { ...batch, detail }
    }
  }
}

interface Message {
  event?: string
  payload?: unknown
  stream?: string[]
  error?: string
  status?: number
}

function readMessages(messages: string[], places: Places, config: Config, host: string, now: number): Batch {
  const batch = emptyBatch(null)
  for (const text of messages) {
    let message: Message
    let payload: unknown
    try {
      message = JSON.parse(text) as Message
      if (message.error !== undefined)
        throw passingFailure('mastodon.streamEnded', { host, why: cut(String(message.error), 200) })
      // Edits and deletions concern posts that are stored as they were heard.
      if (message.event !== 'update') continue
      payload = typeof message.payload === 'string' ? JSON.parse(message.payload) : message.payload
    } catch (error) {
      if (error instanceof Failure) throw error
      batch.dropped.push(dropped('not JSON', null, cut(text, 120)))
      continue
    }
    const status = readStatus(payload, host, now)
    if (!take(batch, status)) continue
    const tag = message.stream?.[1]?.toLowerCase()
    const timeline = timelinesOf(config).find((name) => name.toLowerCase() === tag) ?? timelinesOf(config)[0]!
    places[timeline] = heard(places[timeline] ?? NOWHERE, status.externalId, now)
  }
  batch.cursor = JSON.stringify(places)
  return batch
}

/** Where the instance streams from: often a host of its own. */
async function streamingBase({ config, http, signal }: FetchContext<Config>): Promise<string> {
  const own = config.instance.replace(/^http/, 'ws')
  const response = await http.fetch({ url: `${config.instance}/api/v2/instance`, headers: bearer(null), signal })
  if (response.status !== 200) return own
  const { urls } = (fieldOf(response, 'configuration') ?? {}) as { urls?: { streaming?: unknown } | null }
  const named = urls?.streaming
  if (typeof named !== 'string' || !URL.canParse(named)) return own
  // A token that was given for an encrypted server is not sent in the clear.
  const secure = config.instance.startsWith('https:')
  return new URL(named).protocol === (secure ? 'wss:' : 'ws:') ? named : own
}

const TOKENS = 'https://docs.joinmastodon.org/client/token/'

export const mastodon = {
  id: 'mastodon',
  network: 'mastodon',
  name: asWritten('Mastodon'),
  summary: said('mastodon.summary'),
  config: Config,
  fields: [
    field('text', 'instance', 'connector.server', {
      hint: 'mastodon.serverHint',
      required: true,
      initial: 'mastodon.social',
    }),
    field('list', 'hashtags', 'mastodon.hashtags', { hint: 'mastodon.hashtagsHint', initial: [] }),
    field('boolean', 'local', 'mastodon.localOnly', { initial: false }),
    field('text', 'answerInstance', 'mastodon.answerFrom', { hint: 'mastodon.answerFromHint', initial: '' }),
    everySeconds('mastodon.everyHint'),
  ],
  secrets: [
    secret('token', 'connector.accessToken', 'mastodon.accessTokenHint', TOKENS),
    secret('answerToken', 'mastodon.answerToken', 'mastodon.answerTokenHint', TOKENS),
  ],
  intervalMs: 60_000,
  minIntervalMs: 15_000,
  poll,
  stream,
  replying,
} satisfies Connector<Config>
