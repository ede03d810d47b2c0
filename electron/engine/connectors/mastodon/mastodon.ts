import { asWritten, said } from '#shared/words/said.ts'
import type { Code } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import { z } from 'zod'
import type { Batch, Connector, FetchContext } from '../connector.ts'
import { emptyBatch } from '../connector.ts'
import { answering } from './answer.ts'
import { pollMentions } from './notifications.ts'
import { readStatus } from './status.ts'
import { pollTimelines, readPlaces, timelinesOf } from './timeline.ts'
import type { Places } from './timeline.ts'

const Server = z
  .string()
  .trim()
  .min(1, 'mastodon.nameServer' satisfies Code)
  .transform((text) => (/^https?:\/\//i.test(text) ? text : `https://${text}`))
  .refine((text) => URL.canParse(text) && new URL(text).hostname !== '', 'connector.noServerName' satisfies Code)
  .transform((text) => new URL(text).origin)

const Config = z.object({
  instance: Server,
  /** Without `#`; none: the public timeline. */
  hashtags: z
    .array(
      z
        .string()
        .transform((tag) => tag.trim().replace(/^#/, ''))
        .pipe(z.string().regex(/^[\p{L}\p{N}\p{M}_·]{1,100}$/u, 'mastodon.hashtagForm' satisfies Code)),
    ) // prettier-ignore
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
  const places = readPlaces(batch.cursor)
  const { more, trouble } = await pollMentions(context, places, batch)
  return { ...batch, cursor: JSON.stringify(places), more: batch.more || more, ...(trouble && { detail: trouble }) }
}

/** Opens one socket for all timelines, catches up by REST what was missed meanwhile, then takes what arrives. */
async function* stream(context: FetchContext<Config>): AsyncGenerator<Batch> {
  const { config, signal } = context
  const host = new URL(config.instance).host
  const token = await context.secret('token')
  const url = new URL('/api/v1/streaming', await streamingBase(context))
  const subscriptions = timelinesOf(config).map((timeline) =>
    timeline === '*'
      ? { stream: config.local ? 'public:local' : 'public' }
      : { stream: config.local ? 'hashtag:local' : 'hashtag', tag: timeline },
  )
  // The first one in the address, as older servers want it; the others when it is open.
  for (const [key, value] of Object.entries(subscriptions[0]!)) url.searchParams.set(key, value)
  const socket = context.socket(url.href, {
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
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
      const batch = readMessages(event.messages, readPlaces(cursor), config, host)
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

function readMessages(messages: string[], places: Places, config: Config, host: string): Batch {
  const batch = emptyBatch(null)
  for (const text of messages) {
    let message: Message
    let payload: unknown
    try {
      message = JSON.parse(text) as Message
      if (message.error !== undefined) {
        throw new Failure(
          'operational',
          said('mastodon.streamEnded', { host, why: String(message.error).slice(0, 200) }),
        )
      }
      // Edits and deletions concern posts that are stored as they were heard.
      if (message.event !== 'update') continue
      payload = typeof message.payload === 'string' ? JSON.parse(message.payload) : message.payload
    } catch (error) {
      if (error instanceof Failure) throw error
      batch.dropped.push({ reason: 'not JSON', where: null, detail: asWritten(text.slice(0, 120)) })
      continue
    }
    const status = readStatus(payload, host)
    if ('reason' in status) {
      batch.dropped.push(status)
      continue
    }
    batch.drafts.push(status.draft)
    const tag = message.stream?.[1]?.toLowerCase()
    const timeline = timelinesOf(config).find((name) => name.toLowerCase() === tag) ?? timelinesOf(config)[0]!
    const place = places[timeline] ?? { newest: null, back: null }
    if (place.newest === null || status.createdAt > place.newest.at) {
      places[timeline] = { newest: { id: status.id, at: status.createdAt }, back: null }
    }
  }
  batch.cursor = JSON.stringify(places)
  return batch
}

/** Where the instance streams from: often a host of its own. */
async function streamingBase({ config, http, signal }: FetchContext<Config>): Promise<string> {
  const own = config.instance.replace(/^http/, 'ws')
  const response = await http.fetch({
    url: `${config.instance}/api/v2/instance`,
    headers: { accept: 'application/json' },
    signal,
  })
  if (response.status !== 200) return own
  try {
    const { configuration } = JSON.parse(Buffer.from(response.body).toString('utf8')) as { configuration?: { urls?: { streaming?: unknown } } } // prettier-ignore
    const named = configuration?.urls?.streaming
    if (typeof named !== 'string' || !URL.canParse(named)) return own
    // A token that was given for an encrypted server is not sent in the clear.
    const secure = config.instance.startsWith('https:')
    return new URL(named).protocol === (secure ? 'wss:' : 'ws:') ? named : own
  } catch {
    return own
  }
}

export const mastodon = {
  id: 'mastodon',
  network: 'mastodon',
  name: asWritten('Mastodon'),
  summary: said('mastodon.summary'),
  config: Config,
  fields: [
    { key: 'instance', label: said('connector.server'), hint: said('mastodon.serverHint'), kind: 'text', choices: [], required: true, initial: 'mastodon.social' }, // prettier-ignore
    { key: 'hashtags', label: said('mastodon.hashtags'), hint: said('mastodon.hashtagsHint'), kind: 'list', choices: [], required: false, initial: [] }, // prettier-ignore
    { key: 'local', label: said('mastodon.localOnly'), hint: null, kind: 'boolean', choices: [], required: false, initial: false }, // prettier-ignore
    { key: 'answerInstance', label: said('mastodon.answerFrom'), hint: said('mastodon.answerFromHint'), kind: 'text', choices: [], required: false, initial: '' }, // prettier-ignore
    { key: 'everySeconds', label: said('connector.every'), hint: said('mastodon.everyHint'), kind: 'number', choices: [], required: false }, // prettier-ignore
  ],
  secrets: [
    { key: 'token', label: said('connector.accessToken'), hint: said('mastodon.accessTokenHint'), url: 'https://docs.joinmastodon.org/client/token/', required: false }, // prettier-ignore
    { key: 'answerToken', label: said('mastodon.answerToken'), hint: said('mastodon.answerTokenHint'), url: 'https://docs.joinmastodon.org/client/token/', required: false }, // prettier-ignore
  ],
  intervalMs: 60_000,
  minIntervalMs: 15_000,
  poll,
  stream,
  answering,
} satisfies Connector<Config>
