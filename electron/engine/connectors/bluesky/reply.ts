import type { SendResult, SentPlace } from '#shared/model/parcel.ts'
import { said } from '#shared/words/said.ts'
import { passingFailure } from '#engine/platform/failure.ts'
import { z } from 'zod'
import { graphemes } from '#shared/util/text-length.ts'
import type { HttpResponse } from '#engine/platform/http.ts'
import type { ReplyChoice, ReplyContext, Replying, ReplyTo, OutgoingReply } from '../connector.ts'
import { fieldOf } from '../incoming.ts'
import { answerRefused, ask, notSent, reasonOf, refused, say, sent, threadOrDirect } from '../outgoing.ts'
import { sendDirect } from './direct.ts'
import { facetsOf } from './facets.ts'
import { COLLECTION } from './post.ts'
import { recordKeyOf } from './record-key.ts'
import { didOf, NO_ACCOUNT, stillOpen, withSession, xrpc, type AccountConfig, type Session } from './session.ts'

type Context = ReplyContext<AccountConfig>

/** Lexicons app.bsky.feed.post and chat.bsky.convo.defs#messageInput. */
const LIMITS = { thread: 300, direct: 1_000 }
const MOST_BYTES = 3_000

function ways(to: ReplyTo, config: AccountConfig, secretsSet: readonly string[]): ReplyChoice[] {
  const against =
    config.account === '' || !secretsSet.includes('appPassword')
      ? NO_ACCOUNT
      : to.mention.author === null
        ? said('connector.nobodyToAnswer')
        : null
  return threadOrDirect(to, against, LIMITS)
}

const Ref = z.object({ uri: z.string(), cid: z.string() })
const Blocks = z.object({ blockedBy: z.boolean().catch(false), blocking: z.unknown().optional() })
const Limits = z.object({ replyDisabled: z.boolean().nullish().catch(false) })
const Parent = Ref.extend({
  record: z
    .object({
      reply: z.object({ root: Ref }).nullish().catch(null),
      langs: z.array(z.string()).nullish().catch(null),
    })
    .catch({ reply: null, langs: null }),
  author: z.object({ viewer: Blocks.nullish().catch(null) }).catch({ viewer: null }),
  viewer: Limits.nullish().catch(null),
})
type Parent = z.infer<typeof Parent>

/** The post that is answered, with its content's hash, as this account may see it. */
async function parentOf(context: Context, session: Session, uri: string): Promise<Parent | SendResult> {
  const request = xrpc(session.server, 'app.bsky.feed.getPosts', { query: { uris: uri }, token: session.access })
  const response = stillOpen(await ask(context, request))
  const { host } = new URL(session.server)
  const posts = fieldOf(response, 'posts')
  if (response.status !== 200 || !Array.isArray(posts))
    throw passingFailure('bluesky.postNotShown', { host, status: response.status })
  const read = Parent.safeParse(posts[0])
  if (!read.success) return refused('bluesky.postGone')
  const { author, viewer } = read.data
  if (author.viewer?.blockedBy === true || author.viewer?.blocking) return refused(said('bluesky.blocked'))
  if (viewer?.replyDisabled === true) return refused(said('bluesky.answersLimited'))
  return read.data
}

async function sendPost(context: Context, session: Session, answer: OutgoingReply): Promise<SendResult> {
  if (Buffer.byteLength(answer.text) > MOST_BYTES) return refused(said('bluesky.tooLong', { most: MOST_BYTES }))
  const parent = await parentOf(context, session, answer.to.mention.externalId)
  if ('outcome' in parent) return parent
  const facets = await facetsOf(answer.text, (handle) => didOf(context, session.server, handle))
  const { uri, cid } = parent
  const rkey = recordKeyOf(answer.key, answer.at)
  const lang = answer.lang ?? parent.record.langs?.[0] ?? ''
  const record = {
    $type: COLLECTION,
    text: answer.text,
    ...(lang === '' ? {} : { langs: [lang] }),
    // The same on every attempt: then writing it again changes nothing.
    createdAt: new Date(answer.at).toISOString(),
    reply: { root: parent.record.reply?.root ?? { uri, cid }, parent: { uri, cid } },
    ...(facets.length > 0 && { facets }),
  }
  const body = { repo: session.did, collection: COLLECTION, rkey, record }
  const request = xrpc(session.server, 'com.atproto.repo.putRecord', { body, token: session.access })
  return say(context, request, (response) => {
    if (stillOpen(response).status === 200) {
      const externalId = `at://${session.did}/${COLLECTION}/${rkey}`
      return sent({ externalId, url: `https://bsky.app/profile/${session.did}/post/${rkey}` })
    }
    return notTaken(response, new URL(session.server).host)
  })
}

const Languages = z.object({ langs: z.array(z.string()) })

interface Payload {
  commit?: { record?: unknown }
  record?: unknown
  post?: { record?: unknown }
}

/** The languages that a post says it is in; its record stands by itself, or in the event or view that brought it. */
function langsIn(raw: string | null): string[] {
  try {
    const payload = raw === null ? null : (JSON.parse(raw) as Payload | null)
    for (const one of [payload?.commit?.record, payload?.record, payload?.post?.record, payload]) {
      const read = Languages.safeParse(one)
      if (read.success) return read.data.langs
    }
  } catch {
    // A payload that is cut or of another kind says no language.
  }
  return []
}

function notTaken(response: HttpResponse, host: string): SendResult {
  const error = fieldOf(response, 'error')
  // Two writers at once: the next attempt will do.
  if (error === 'InvalidSwap' || error === 'ConcurrentWrites')
    return notSent('later', said('bluesky.busyWriting', { host }))
  return refused(answerRefused(host, response.status, reasonOf(response)))
}

async function withdrawPost(context: Context, session: Session, place: SentPlace): Promise<SendResult> {
  const rkey = place.externalId.split('/').at(-1) ?? ''
  const body = { repo: session.did, collection: COLLECTION, rkey }
  const request = xrpc(session.server, 'com.atproto.repo.deleteRecord', { body, token: session.access })
  return say(context, request, (response) => {
    if (stillOpen(response).status === 200) return sent(place)
    return refused(said('connector.notDeleted', { host: new URL(session.server).host, status: response.status }))
  })
}

export const replying = {
  ways,
  // Whoever is answered is told by the network itself; no handle is needed.
  compose: (text) => ({ text, length: graphemes(text) }),
  // A post says its languages; a direct message does not, and neither has a warning of words.
  manner: (way, { raw }) => ({ warning: null, lang: way === 'thread' ? (langsIn(raw)[0] ?? '') : null }),
  // A post by its record key, a direct message by looking into the conversation.
  repeatable: () => true,
  paceMs: 1_000,
  account: (context) =>
    withSession(context, ({ did, handle }) => Promise.resolve({ name: `@${handle}`, authorId: did, limit: null })),
  send: (context, answer) =>
    withSession(context, (session) =>
      answer.way === 'direct' ? sendDirect(context, session, answer) : sendPost(context, session, answer),
    ),
  withdraw: (context, way, place) =>
    way === 'direct'
      ? Promise.resolve(refused(said('bluesky.deletesOwnSideOnly')))
      : withSession(context, (session) => withdrawPost(context, session, place)),
} satisfies Replying<AccountConfig>
