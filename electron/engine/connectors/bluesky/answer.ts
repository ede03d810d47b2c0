import { z } from 'zod'
import { graphemes } from '#shared/util/text-length.ts'
import type { HttpResponse } from '#engine/platform/http.ts'
import { ConnectorProblem } from '../connector.ts'
import type {
  AnswerChoice,
  AnswerContext,
  Answering,
  AnswerResult,
  AnswerTo,
  OutgoingAnswer,
  SentAnswer,
} from '../connector.ts'
import { ask, jsonOf, reasonOf, refused, say, sent } from '../outgoing.ts'
import { sendDirect } from './direct.ts'
import { facetsOf } from './facets.ts'
import { COLLECTION } from './post.ts'
import { recordKeyOf } from './record-key.ts'
import { didOf, NO_ACCOUNT, stillOpen, withSession, xrpc, type AccountConfig, type Session } from './session.ts'

type Context = AnswerContext<AccountConfig>

/** Lexicons app.bsky.feed.post and chat.bsky.convo.defs#messageInput. */
const LIMIT = 300
const LIMIT_DIRECT = 1_000
const MOST_BYTES = 3_000

function ways(to: AnswerTo, config: AccountConfig, secretsSet: readonly string[]): AnswerChoice[] {
  const against =
    config.account === '' || !secretsSet.includes('appPassword')
      ? NO_ACCOUNT
      : to.mention.author === null
        ? 'Nobody is known to answer.'
        : null
  const thread: AnswerChoice = { way: 'thread', limit: LIMIT, audience: 'everybody', why: against }
  const direct: AnswerChoice = { way: 'direct', limit: LIMIT_DIRECT, audience: 'customer', why: against }
  if (!to.mention.private) return [thread, direct]
  return [direct, { ...thread, why: against ?? 'The customer wrote in private; a public answer would show it to everybody.' }] // prettier-ignore
}

const Ref = z.object({ uri: z.string(), cid: z.string() })
const Parent = Ref.extend({
  record: z.object({ reply: z.object({ root: Ref }).nullish().catch(null) }).catch({ reply: null }),
  author: z
    .object({
      viewer: z
        .object({ blockedBy: z.boolean().catch(false), blocking: z.unknown().optional() })
        .nullish()
        .catch(null),
    }) // prettier-ignore
    .catch({ viewer: null }),
  viewer: z
    .object({ replyDisabled: z.boolean().nullish().catch(false) })
    .nullish()
    .catch(null),
})
type Parent = z.infer<typeof Parent>

/** The post that is answered, with its content's hash, as this account may see it. */
async function parentOf(context: Context, session: Session, uri: string): Promise<Parent | AnswerResult> {
  const request = xrpc(session.server, 'app.bsky.feed.getPosts', { query: { uris: uri }, token: session.access })
  const response = stillOpen(await ask(context, request))
  const { host } = new URL(session.server)
  const { posts } = (jsonOf(response) ?? {}) as { posts?: unknown }
  if (response.status !== 200 || !Array.isArray(posts)) {
    throw new ConnectorProblem(
      'operational',
      `${host} does not show the post that is answered (HTTP ${response.status}).`,
    )
  }
  const read = Parent.safeParse(posts[0])
  if (!read.success) return refused('The post that is answered is gone, or this account may not see it. Answer elsewhere.') // prettier-ignore
  const { author, viewer } = read.data
  if (author.viewer?.blockedBy === true || author.viewer?.blocking)
    return refused('There is a block between the customer and this account. Answer elsewhere.')
  if (viewer?.replyDisabled === true)
    return refused('The customer lets only some people answer this post. Answer by direct message or elsewhere.')
  return read.data
}

async function sendPost(context: Context, session: Session, answer: OutgoingAnswer): Promise<AnswerResult> {
  if (Buffer.byteLength(answer.text) > MOST_BYTES)
    return refused(`The answer has more than ${MOST_BYTES} bytes, which Bluesky does not take. Shorten it.`)
  const parent = await parentOf(context, session, answer.to.mention.externalId)
  if ('outcome' in parent) return parent
  const facets = await facetsOf(answer.text, (handle) => didOf(context, session.server, handle))
  const { uri, cid } = parent
  const rkey = recordKeyOf(answer.key, answer.at)
  const record = {
    $type: COLLECTION,
    text: answer.text,
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

function notTaken(response: HttpResponse, host: string): AnswerResult {
  const { error } = (jsonOf(response) ?? {}) as { error?: unknown }
  // Two writers at once: the next attempt will do.
  if (error === 'InvalidSwap' || error === 'ConcurrentWrites')
    return { outcome: 'later', sent: null, advice: `${host} was writing something else.`, retryAfterMs: null }
  const reason = reasonOf(response)
  const said = reason === '' ? `(HTTP ${response.status})` : `(HTTP ${response.status}): “${reason}”`
  return refused(`${host} does not take the answer ${said}. Change it and send it again.`)
}

async function withdrawPost(context: Context, session: Session, place: SentAnswer): Promise<AnswerResult> {
  const rkey = place.externalId.split('/').at(-1) ?? ''
  const body = { repo: session.did, collection: COLLECTION, rkey }
  const request = xrpc(session.server, 'com.atproto.repo.deleteRecord', { body, token: session.access })
  return say(context, request, (response) => {
    if (stillOpen(response).status === 200) return sent(place)
    return refused(`${new URL(session.server).host} does not delete it (HTTP ${response.status}). Delete it there.`)
  })
}

export const answering = {
  ways,
  // Whoever is answered is told by the network itself; no handle is needed.
  compose: (text) => ({ text, length: graphemes(text) }),
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
      ? Promise.resolve(refused('Bluesky deletes a direct message only on the own side; the customer keeps it.'))
      : withSession(context, (session) => withdrawPost(context, session, place)),
} satisfies Answering<AccountConfig>
