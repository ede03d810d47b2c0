import type { SendResult, SentPlace } from '#shared/model/parcel.ts'
import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import { Failure, passingFailure, userFailure } from '#engine/platform/failure.ts'
import { z } from 'zod'
import type { NetworkWay, ReplyManner } from '#shared/model/reply.ts'
import { graphemes, mastodonLength } from '#shared/util/text-length.ts'
import type { HttpResponse } from '#engine/platform/http.ts'
import type { ReplyingAccount, ReplyChoice, ReplyContext, Replying, ReplyTo, OutgoingReply } from '../connector.ts'
import { bearer, fieldOf, jsonOf } from '../incoming.ts'
import { answerRefused, ask, notSent, reasonOf, refused, say, sent, threadOrDirect } from '../outgoing.ts'
import { htmlToText } from '../text/html-to-text.ts'

/** Statuses by docs.joinmastodon.org/methods/statuses; GoToSocial, Pleroma and others of the family answer alike. */

interface Config {
  instance: string
  /** Where the account is that answers; '': at `instance`. */
  answerInstance: string
}

const LIMITS = { thread: 500, direct: 500 }
export const homeOf = ({ instance, answerInstance }: Config): string => answerInstance || instance

const NO_TOKEN = said('mastodon.noWritingToken')

const Status = z.object({
  id: z.string().min(1),
  url: z.string().nullish().catch(null),
  uri: z.string().nullish().catch(null),
  visibility: z.string().catch('private'),
  content: z.string().catch(''),
  spoiler_text: z.string().nullish().catch(null),
  sensitive: z.boolean().nullish().catch(null),
  language: z.string().nullish().catch(null),
  created_at: z.string().catch(''),
  in_reply_to_id: z.string().nullish().catch(null),
  account: z.object({ id: z.string(), acct: z.string().min(1), url: z.string().nullish().catch(null) }),
})
type Status = z.infer<typeof Status>

const ways = (to: ReplyTo, config: Config, secretsSet: readonly string[]): ReplyChoice[] =>
  threadOrDirect(to, standsAgainst(to, config, secretsSet), LIMITS)

function standsAgainst(to: ReplyTo, config: Config, secretsSet: readonly string[]): Said | null {
  if (!secretsSet.includes('answerToken')) return NO_TOKEN
  if (to.mention.author === null) return said('connector.nobodyToAnswer')
  if (to.mention.kind === 'repost') return said('mastodon.answerTheOriginal')
  if (!isAtHome(to, config) && to.mention.url === null) return said('mastodon.postWithoutAddress')
  return null
}

const isAtHome = (to: ReplyTo, config: Config): boolean => to.own && homeOf(config) === config.instance

/** Only who is named is told: the customer's full handle goes in front, unless it is written somewhere already. */
function compose(text: string, way: NetworkWay, to: ReplyTo, warning?: string): { text: string; length: number } {
  const { mention } = to
  const handle = mention.author?.handle ?? ''
  const isThere = handle === '' || new RegExp(`(?<![\\w@/])${escaped(handle)}(?![\\w.-]*\\w)`, 'iu').test(text)
  const whole = isThere ? text : `${handle} ${text}`
  // A content warning shares the limit of the text.
  const behind = warning ?? manner(way, to).warning ?? ''
  return { text: whole, length: mastodonLength(whole) + graphemes(behind) }
}

const Original = z.object({
  spoiler_text: z.string().nullish().catch(null),
  language: z.string().nullish().catch(null),
})

/** Mastodon's own page repeats both: what the customer put behind a warning does not stand open in the answer. */
function manner(_way: NetworkWay, { raw }: ReplyTo): ReplyManner {
  const payload = parsed(raw)
  const read = Original.safeParse(fieldIn(payload, 'status') ?? payload)
  const { spoiler_text: warning, language: lang } = read.success ? read.data : {}
  return { warning: warning ?? '', lang: lang ?? '' }
}

function parsed(raw: string | null): unknown {
  try {
    return raw === null ? null : (JSON.parse(raw) as unknown)
  } catch {
    return null
  }
}
const fieldIn = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && name in value ? (value as Record<string, unknown>)[name] : undefined

/** MENTION_RE of Mastodon's account.rb: who is named in a direct message gets it. */
const named = /(?<![=/\p{L}\p{N}_])@([a-z0-9_]+(?:[a-z0-9_.-]+[a-z0-9_]+)?)(?:@([\p{L}\p{N}_.-]+[\p{L}\p{N}_]))?/giu

/** `@name` without a server is somebody at the server that answers. */
function readers(text: string, way: NetworkWay, { mention }: ReplyTo, config: Config): string[] {
  if (way !== 'direct') return []
  const { host } = new URL(homeOf(config))
  const full = (name: string, server: string | undefined): string => `${name}@${server ?? host}`.toLowerCase()
  const [customer = '', server] = (mention.author?.handle ?? '').replace(/^@/, '').split('@')
  const found = new Map<string, string>()
  for (const [written, name, at] of text.matchAll(named))
    if (full(name!, at) !== full(customer, server) && !found.has(full(name!, at))) found.set(full(name!, at), written)
  return [...found.values()]
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')

async function headersOf(context: ReplyContext<Config>): Promise<Record<string, string>> {
  const token = await context.secret('answerToken')
  if (token === null) throw new Failure('user', NO_TOKEN)
  return bearer(token)
}

async function account(context: ReplyContext<Config>): Promise<ReplyingAccount> {
  const home = homeOf(context.config)
  const headers = await headersOf(context)
  const { host } = new URL(home)
  const own = await verify(context, headers)
  const instance = await ask(context, { url: `${home}/api/v2/instance`, headers })
  const { statuses } = (fieldOf(instance, 'configuration') ?? {}) as { statuses?: { max_characters?: unknown } | null }
  const most = statuses?.max_characters
  const full = `${own.acct}@${host}`
  return {
    name: `@${full}`,
    authorId: full,
    limit: Number.isSafeInteger(most) && (most as number) > 0 ? (most as number) : null,
  }
}

async function verify(
  context: ReplyContext<Config>,
  headers: Record<string, string>,
): Promise<{ id: string; acct: string }> {
  const home = homeOf(context.config)
  const { host } = new URL(home)
  const response = await ask(context, { url: `${home}/api/v1/accounts/verify_credentials`, headers })
  if (response.status === 401 || response.status === 403 || response.status === 422) throw noRight(response, host)
  const read = z.object({ id: z.string(), acct: z.string().min(1) }).safeParse(jsonOf(response))
  if (!read.success) throw userFailure('mastodon.noAnsweringServer', { host })
  return read.data
}

const noRight = ({ status }: HttpResponse, host: string): Failure =>
  userFailure('mastodon.answerTokenRefused', { host, status })

/** The post as the answering server knows it: by its id at home, by its address from elsewhere. */
async function parentOf(
  to: ReplyTo,
  context: ReplyContext<Config>,
  headers: Record<string, string>,
): Promise<Status | SendResult> {
  const home = homeOf(context.config)
  const { host } = new URL(home)
  const search = { q: to.mention.url ?? '', type: 'statuses', resolve: 'true', limit: '1' }
  const path = isAtHome(to, context.config)
    ? `/api/v1/statuses/${encodeURIComponent(to.mention.externalId)}`
    : `/api/v2/search?${new URLSearchParams(search)}`
  const response = await ask(context, { url: `${home}${path}`, headers })
  if (response.status === 401 || response.status === 403) throw noRight(response, host)
  const gone = refused(said('mastodon.postNotFound', { host }))
  if (response.status !== 200) return gone
  const body = jsonOf(response) as { statuses?: unknown[] } | undefined
  const read = Status.safeParse(Array.isArray(body?.statuses) ? body.statuses[0] : body)
  return read.success ? read.data : gone
}

async function send(context: ReplyContext<Config>, answer: OutgoingReply): Promise<SendResult> {
  const home = homeOf(context.config)
  const { host } = new URL(home)
  const headers = await headersOf(context)
  const parent = await parentOf(answer.to, context, headers)
  if ('outcome' in parent) return parent
  const isOpen = parent.visibility === 'public' || parent.visibility === 'unlisted'
  if (answer.way === 'thread' && !isOpen) return refused(said('mastodon.madePrivate'))
  if (answer.triedAt !== null) {
    const found = await findAgain(answer, parent, context, headers)
    if (found) return sent(placeOf(found))
  }
  const warning = (answer.warning ?? parent.spoiler_text ?? '').trim()
  const lang = answer.lang ?? parent.language ?? ''
  const body = {
    status: answer.text,
    in_reply_to_id: parent.id,
    // Never wider than what is answered.
    visibility: answer.way === 'direct' ? 'direct' : parent.visibility,
    ...(warning === '' ? {} : { spoiler_text: warning, sensitive: true }),
    ...(lang === '' ? {} : { language: lang }),
  }
  return say(
    context,
    {
      url: `${home}/api/v1/statuses`,
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': answer.key },
      body: JSON.stringify(body),
    },
    (response) => {
      const { status } = response
      if (status >= 200 && status < 300) {
        const read = Status.safeParse(jsonOf(response))
        if (read.success) return sent(placeOf(read.data))
        return notSent('unknown', said('mastodon.tookSomewhere', { host }))
      }
      return refused(refusalWords(response, host))
    },
  )
}

const placeOf = ({ id, url, uri }: Status): SentPlace => ({ externalId: id, url: url ?? uri ?? null })

function refusalWords(response: HttpResponse, host: string): Said {
  const { status } = response
  const reason = reasonOf(response)
  const why = reason === '' ? `(HTTP ${status})` : `(HTTP ${status}): “${reason}”`
  if (status === 401) return noRight(response, host).said
  if (status === 403) return said('mastodon.notAllowed', { host, why })
  if (status === 404 || status === 410) return said('mastodon.postNotFoundWhy', { host, why })
  return answerRefused(host, status, reason)
}

/** Whether an attempt before this one put it there: servers forget the key after an hour or sooner. */
async function findAgain(
  answer: OutgoingReply,
  parent: Status,
  context: ReplyContext<Config>,
  headers: Record<string, string>,
): Promise<Status | undefined> {
  const home = homeOf(context.config)
  const own = await verify(context, headers)
  const response = await ask(context, {
    url: `${home}/api/v1/statuses/${encodeURIComponent(parent.id)}/context`,
    headers,
  })
  const descendants = fieldOf(response, 'descendants')
  if (response.status !== 200 || !Array.isArray(descendants))
    throw passingFailure('mastodon.answerUnknown', { host: new URL(home).host })
  const words = plain(answer.text)
  return descendants
    .flatMap((one) => Status.safeParse(one).data ?? [])
    .find(
      (one) =>
        one.account.id === own.id &&
        one.in_reply_to_id === parent.id &&
        // Clocks differ a little; the same words minutes earlier are another answer.
        Date.parse(one.created_at) >= answer.at - 60_000 &&
        plain(htmlToText(one.content, {}).text) === words,
    )
}

/** Servers shorten handles to their first half and break lines their own way. */
const plain = (text: string): string =>
  text
    .replace(/(@[\w.-]+)@[\w.-]+\w/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()

async function withdraw(context: ReplyContext<Config>, _way: NetworkWay, place: SentPlace): Promise<SendResult> {
  const home = homeOf(context.config)
  const { host } = new URL(home)
  const headers = await headersOf(context)
  const url = `${home}/api/v1/statuses/${encodeURIComponent(place.externalId)}`
  return say(context, { url, method: 'DELETE', headers }, (response) => {
    const { status } = response
    if ((status >= 200 && status < 300) || status === 404 || status === 410) return sent(place)
    return refused(said('connector.notDeleted', { host, status }))
  })
}

export const replying = {
  ways,
  compose,
  manner,
  readers,
  // By the key within the hour, by looking into the conversation after it.
  repeatable: () => true,
  paceMs: 1_000,
  account,
  send,
  withdraw,
} satisfies Replying<Config>
