import { said } from '#shared/words/said.ts'
import { Failure, passingFailure, userFailure } from '#engine/platform/failure.ts'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { HttpRequest, HttpResponse } from '#engine/platform/http.ts'
import { type ReplyContext } from '../connector.ts'
import { bearer, fieldOf, jsonOf, statusFailure, type UserStatuses } from '../incoming.ts'
import { ask, reasonOf } from '../outgoing.ts'

export interface AccountConfig {
  /** Handle or DID of the account that answers; '': nobody answers. */
  account: string
  /** Its server; '': found by its handle. */
  accountServer: string
  api: string
  /** Where DIDs of did:plc are looked up. */
  directory: string
}
type Context = ReplyContext<AccountConfig>

export interface Session {
  did: string
  handle: string
  /** The account's own server: everything else is asked of it, with its token. */
  server: string
  access: string
  refresh: string
}

const DID = /^did:[a-z]+:[a-zA-Z0-9._:%-]*[a-zA-Z0-9._-]$/
const Opened = z.object({
  did: z.string().regex(DID),
  handle: z.string(),
  accessJwt: z.string().min(1),
  refreshJwt: z.string().min(1),
  didDoc: z.unknown().optional(),
})
const Doc = z.object({
  service: z.array(z.object({ id: z.string(), type: z.string().catch(''), serviceEndpoint: z.unknown() })).catch([]),
})

/** The token has run out or was taken back: nothing was done, and a new session may. */
export class SessionOver extends Error {
  override name = 'SessionOver'
}

/** Open sessions, in memory only: servers allow few log-ins a day. */
const sessions = new Map<string, Session>()
const MOST_SESSIONS = 50
const opening = new Map<string, Promise<Session>>()

export const NO_ACCOUNT = said('bluesky.noAccount')

interface Identity {
  identifier: string
  password: string
  /** Of its session. */
  key: string
}

async function identityOf(context: Context): Promise<Identity> {
  const identifier = context.config.account.replace(/^@/, '')
  const password = await context.secret('appPassword')
  if (identifier === '' || password === null) throw new Failure('user', NO_ACCOUNT)
  const about = [context.config.accountServer, context.config.directory, identifier, password].join('\n')
  return { identifier, password, key: createHash('sha256').update(about).digest('hex') }
}

/** Runs `work` with an open session, and once more with a new one when the session turns out to be over. */
export async function withSession<Result>(
  context: Context,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const identity = await identityOf(context)
  const first = await sessionBut(undefined, context, identity)
  try {
    return await work(first)
  } catch (error) {
    if (!(error instanceof SessionOver)) throw error
  }
  const second = await sessionBut(first, context, identity)
  try {
    return await work(second)
  } catch (error) {
    if (!(error instanceof SessionOver)) throw error
    sessions.delete(identity.key)
    throw passingFailure('bluesky.sessionEnds')
  }
}

/** A session other than the one that is over. Who asks while one is being opened gets that one. */
function sessionBut(over: Session | undefined, context: Context, identity: Identity): Promise<Session> {
  const { key } = identity
  const known = sessions.get(key)
  if (known !== undefined && known !== over) return Promise.resolve(known)
  const running = opening.get(key)
  if (running) return running
  const anew = async (): Promise<Session> => (over && (await renew(context, over, key))) ?? open(context, identity)
  const started = anew().finally(() => opening.delete(key))
  opening.set(key, started)
  return started
}

function keep(key: string, session: Session): Session {
  if (sessions.size >= MOST_SESSIONS) sessions.clear()
  sessions.set(key, session)
  return session
}

async function open(context: Context, { identifier, password, key }: Identity): Promise<Session> {
  const server = await serverOf(context, identifier)
  const { host } = new URL(server)
  const body = { identifier, password }
  const response = await ask(context, xrpc(server, 'com.atproto.server.createSession', { body }))
  if (fieldOf(response, 'error') === 'AuthFactorTokenRequired') throw userFailure('bluesky.secondFactor', { host })
  if (response.status !== 200) throw statusFailure(response, context.now(), SIGN_IN)
  const read = Opened.safeParse(jsonOf(response))
  if (!read.success) throw userFailure('bluesky.noServer', { host })
  const { did, handle, accessJwt: access, refreshJwt: refresh, didDoc } = read.data
  return keep(key, { did, handle, server: endpointIn(didDoc, server) ?? server, access, refresh })
}

const SIGN_IN: UserStatuses = {
  400: 'bluesky.signInRefused',
  401: 'bluesky.signInRefused',
  403: 'bluesky.signInRefused',
}

/** By its refresh token; undefined: that is over as well. */
async function renew(context: Context, old: Session, key: string): Promise<Session | undefined> {
  const call = { token: old.refresh, post: true }
  const response = await ask(context, xrpc(old.server, 'com.atproto.server.refreshSession', call))
  const read = response.status === 200 ? Opened.safeParse(jsonOf(response)) : undefined
  if (!read?.success || read.data.did !== old.did) return undefined
  const { accessJwt: access, refreshJwt: refresh, handle } = read.data
  return keep(key, { ...old, handle, access, refresh })
}

/** An app password goes to the server that the account itself names, and to no other. */
async function serverOf(context: Context, identifier: string): Promise<string> {
  const { accountServer, api } = context.config
  if (accountServer !== '') return accountServer
  const did = identifier.startsWith('did:') ? identifier : await didOf(context, api, identifier)
  if (did === null) throw userFailure('bluesky.handleUnknown', { handle: identifier })
  const url = did.startsWith('did:web:')
    ? `https://${decodeURIComponent(did.slice('did:web:'.length))}/.well-known/did.json`
    : `${context.config.directory}/${did}`
  const response = await ask(context, { url, headers: bearer(null) })
  const server = response.status === 200 ? endpointIn(jsonOf(response), context.config.directory) : undefined
  if (server === undefined) throw userFailure('bluesky.serverUnknown', { handle: identifier })
  return server
}

/** The DID of a handle, asked of this server; null: nobody has it. */
export async function didOf(
  context: Pick<Context, 'http' | 'now'>,
  server: string,
  handle: string,
): Promise<string | null> {
  const response = await ask(context, xrpc(server, 'com.atproto.identity.resolveHandle', { query: { handle } }))
  const did = fieldOf(response, 'did')
  return response.status === 200 && typeof did === 'string' && DID.test(did) ? did : null
}

/** The personal data server that a DID document names. Encrypted, unless the one that said so is not either. */
function endpointIn(doc: unknown, saidBy: string): string | undefined {
  const endpoint = Doc.safeParse(doc).data?.service.find(
    ({ id, type }) => id.endsWith('#atproto_pds') || type === 'AtprotoPersonalDataServer',
  )?.serviceEndpoint
  if (typeof endpoint !== 'string' || !URL.canParse(endpoint)) return undefined
  const { protocol, origin } = new URL(endpoint)
  const isFine = protocol === 'https:' || (protocol === 'http:' && saidBy.startsWith('http:'))
  return isFine ? origin : undefined
}

interface Call {
  query?: Record<string, string>
  body?: unknown
  token?: string
  post?: boolean
  /** Passed on to this service, e.g. `did:web:api.bsky.chat#bsky_chat`. */
  proxy?: string
}

/** A request to a server of the AT protocol (atproto.com/specs/xrpc). */
export function xrpc(server: string, method: string, { query, body, token, post, proxy }: Call): HttpRequest {
  const url = new URL(`/xrpc/${method}`, server)
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.append(name, value)
  const headers = bearer(token ?? null)
  if (proxy !== undefined) headers['atproto-proxy'] = proxy
  if (body !== undefined) headers['content-type'] = 'application/json'
  const request: HttpRequest = { url: url.href, headers, method: body !== undefined || post ? 'POST' : 'GET' }
  if (body !== undefined) request.body = JSON.stringify(body)
  return request
}

/** Throws SessionOver when that is what the answer says. */
export function stillOpen(response: HttpResponse): HttpResponse {
  const error = fieldOf(response, 'error')
  if (error === 'ExpiredToken' || error === 'InvalidToken' || (response.status === 401 && error !== 'AuthMissing'))
    throw new SessionOver(reasonOf(response))
  return response
}
