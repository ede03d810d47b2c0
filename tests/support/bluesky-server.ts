import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { json, loopback, misbehave } from './loopback.ts'
import type { Loopback, Misbehaviour } from './loopback.ts'
import type { PostEnd } from './mastodon-home.ts'

export interface BlueskyPost {
  uri: string
  cid: string
  author: { did: string; handle: string; viewer?: Record<string, unknown> }
  record: Record<string, unknown>
  viewer?: { replyDisabled?: boolean }
}

interface Message {
  id: string
  text: string
  sender: { did: string }
  sentAt: string
}

/** A personal data server with one account, and what it passes on: views of posts, and direct messages. */
export interface BlueskyServer extends Loopback {
  misbehaviour: Misbehaviour
  account: { did: string; handle: string; password: string; mayChat: boolean }
  /** Opened and renewed sessions. */
  opened: number
  renewed: number
  /** Every token given so far is over. */
  expire(also?: 'refresh'): void
  /** Posts of others that can be answered. */
  posts: BlueskyPost[]
  handles: Map<string, string>
  /** Records by key, and how often each was written. */
  records: Map<string, Record<string, unknown>>
  writes: number
  next: PostEnd[]
  messages: Message[]
  /** Name of the error with which a conversation is refused. */
  noConversation: string | null
  onTaken: (() => void) | null
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const body = await text(request)
  return body === '' ? {} : (JSON.parse(body) as Record<string, unknown>)
}

export async function blueskyServer(): Promise<BlueskyServer> {
  let tokens = new Set<string>()
  let refreshTokens = new Set<string>()
  let made = 0
  const session = (): Record<string, unknown> => {
    const accessJwt = `access-${++made}`
    const refreshJwt = `refresh-${made}`
    tokens.add(accessJwt)
    refreshTokens.add(refreshJwt)
    const { did, handle } = server.account
    return { did, handle, accessJwt, refreshJwt, didDoc: doc() }
  }
  const doc = (): unknown => ({
    id: server.account.did,
    service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: base.url }],
  })
  const base = await loopback(async (request, response, url) => {
    if (misbehave(server.misbehaviour, request, response)) return
    const fail = (status: number, error: string, message = error): void =>
      json(response, { error, message }, {}, status)
    if (url.pathname === `/${server.account.did}`) return json(response, doc())
    const method = url.pathname.replace('/xrpc/', '')
    const token = (request.headers.authorization ?? '').replace('Bearer ', '')
    const query = url.searchParams
    const { account } = server
    if (method === 'com.atproto.identity.resolveHandle') {
      const did = query.get('handle') === account.handle ? account.did : server.handles.get(query.get('handle') ?? '')
      return did ? json(response, { did }) : fail(400, 'InvalidRequest', 'Unable to resolve handle')
    }
    if (method === 'com.atproto.server.createSession') {
      const { identifier, password } = await bodyOf(request)
      if ((identifier !== account.handle && identifier !== account.did) || password !== account.password)
        return fail(401, 'AuthenticationRequired', 'Invalid identifier or password')
      server.opened++
      return json(response, session())
    }
    if (method === 'com.atproto.server.refreshSession') {
      if (!refreshTokens.has(token)) return fail(400, 'ExpiredToken', 'Token has expired')
      server.renewed++
      return json(response, session())
    }
    if (!tokens.has(token)) return fail(400, 'ExpiredToken', 'Token has expired')
    if (method === 'com.atproto.server.getSession') return json(response, { did: account.did, handle: account.handle })
    if (method === 'app.bsky.feed.getPosts') {
      return json(response, { posts: server.posts.filter(({ uri }) => query.getAll('uris').includes(uri)) })
    }
    if (method.startsWith('chat.bsky.')) {
      if (request.headers['atproto-proxy'] !== 'did:web:api.bsky.chat#bsky_chat') return fail(404, 'XRPCNotSupported')
      if (!account.mayChat) return fail(400, 'InvalidToken', 'Bad token scope')
      return chat(method)
    }
    if (method === 'com.atproto.repo.putRecord') {
      const { rkey, record } = await bodyOf(request)
      return end(() => {
        server.writes++
        server.records.set(String(rkey), record as Record<string, unknown>)
        return { uri: `at://${account.did}/app.bsky.feed.post/${String(rkey)}`, cid: 'bafynew' }
      })
    }
    if (method === 'com.atproto.repo.deleteRecord') {
      const { rkey } = await bodyOf(request)
      server.records.delete(String(rkey))
      return json(response, {})
    }
    return fail(501, 'MethodNotImplemented')

    function end(take: () => unknown): void {
      const how = server.next.shift() ?? 'taken'
      if (how === 'lost') return void request.socket.destroy()
      if (typeof how !== 'string') {
        const { status, headers } = typeof how === 'number' ? { status: how, headers: {} } : how
        return json(response, { error: 'InvalidRequest', message: 'Invented reason' }, headers, status)
      }
      const result = take()
      server.onTaken?.()
      if (how === 'cut') return void request.socket.destroy()
      if (how === 'taken') json(response, result)
    }

    async function chat(name: string): Promise<void> {
      if (name === 'chat.bsky.convo.getConvoForMembers') {
        if (server.noConversation !== null) return fail(400, server.noConversation)
        return json(response, { convo: { id: 'convo1', rev: '1', members: [], muted: false, unreadCount: 0 } })
      }
      if (name === 'chat.bsky.convo.getMessages') return json(response, { messages: server.messages.toReversed() })
      const { message } = (await bodyOf(request)) as { message: { text: string } }
      return end(() => {
        const said = { id: `m${server.messages.length + 1}`, rev: '1', text: message.text, sender: { did: account.did }, sentAt: new Date().toISOString() } // prettier-ignore
        server.messages.push(said)
        return said
      })
    }
  })
  const server: BlueskyServer = {
    ...base,
    misbehaviour: null,
    account: {
      did: 'did:plc:earshotcare000000000001',
      handle: 'care.example',
      password: 'app-pass-word',
      mayChat: true,
    },
    opened: 0,
    renewed: 0,
    expire(also) {
      tokens = new Set()
      if (also === 'refresh') refreshTokens = new Set()
    },
    posts: [],
    handles: new Map(),
    records: new Map(),
    writes: 0,
    next: [],
    messages: [],
    noConversation: null,
    onTaken: null,
  }
  return server
}
