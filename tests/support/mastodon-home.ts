import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { json } from './loopback.ts'
import { inventedStatus } from './mastodon-status.ts'
import type { InventedStatus } from './mastodon-status.ts'

/**
 * How the next POST of a status ends. `cut`: taken, then the connection is dropped. `lost`: dropped before anything was
 * taken. `hang`: taken, and nothing is ever said. A number: refused with this status.
 */
export type PostEnd = 'taken' | 'cut' | 'lost' | 'hang' | number | { status: number; headers: Record<string, string> }

/** The part of a Mastodon server that an account lives at: what it writes, finds and deletes. */
export interface MastodonHome {
  token: string
  account: { id: string; acct: string }
  most: number
  /** Statuses that were posted, in order. */
  posted: InventedStatus[]
  /** Posts that came again with a key that is known. */
  again: number
  /** false: as a server that has forgotten the key. */
  honoursKey: boolean
  next: PostEnd[]
  /** Statuses of other servers by their address, for search with `resolve`. */
  elsewhere: Map<string, InventedStatus>
  deleted: string[]
  /** What was written to the account, in order; null: the token may not read it. */
  notifications: { id: string; type: string; status: InventedStatus }[] | null
  /** The newest requests' bodies. */
  bodies: Record<string, unknown>[]
  /** The server's clock. */
  now: () => number
  onTaken: ((status: InventedStatus) => void) | null
}

export function mastodonHome(): MastodonHome {
  return {
    token: 'write-token',
    account: { id: '900', acct: 'care' },
    most: 500,
    posted: [],
    again: 0,
    honoursKey: true,
    next: [],
    elsewhere: new Map(),
    deleted: [],
    notifications: [],
    bodies: [],
    now: () => Date.now(),
    onTaken: null,
  }
}

const keys = new WeakMap<MastodonHome, Map<string, InventedStatus>>()
const isHome = /^\/api\/(v2\/(search|instance)|v1\/(notifications|statuses|accounts\/verify_credentials)(\/|$))/

/** true: the request was about an account's home and is answered. `known`: statuses of the timelines. */
export async function answerAtHome(
  home: MastodonHome,
  known: InventedStatus[],
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<boolean> {
  if (!isHome.test(url.pathname)) return false
  const allowed = request.headers.authorization === `Bearer ${home.token}`
  if (url.pathname === '/api/v2/instance') {
    if (!allowed) return false
    json(response, { domain: request.headers.host, configuration: { statuses: { max_characters: home.most } } })
    return true
  }
  const all = [...known, ...home.posted, ...home.elsewhere.values()]
  const [, id, part] = /^\/api\/v1\/statuses\/([^/]+)(?:\/(\w+))?$/.exec(url.pathname) ?? []
  const open = all.find((status) => status.id === id && status['visibility'] !== 'direct')
  if (!allowed) {
    if (request.method === 'GET' && open && part === undefined) json(response, open)
    else json(response, { error: 'The access token is invalid' }, {}, 401)
  } else if (url.pathname === '/api/v1/accounts/verify_credentials') {
    json(response, { ...home.account, username: home.account.acct, display_name: 'Care', note: '' })
  } else if (url.pathname === '/api/v1/notifications') {
    const { notifications: all } = home
    if (all === null) json(response, { error: 'This action is outside the authorized scopes' }, {}, 403)
    else {
      const after = url.searchParams.get('min_id')
      const limit = Number(url.searchParams.get('limit') ?? 40)
      const newer = all.filter(({ id }) => after === null || Number(id) > Number(after))
      json(response, (after === null ? newer.slice(-limit) : newer.slice(0, limit)).toReversed())
    }
  } else if (url.pathname === '/api/v2/search') {
    const found = home.elsewhere.get(url.searchParams.get('q') ?? '')
    json(response, { accounts: [], hashtags: [], statuses: found ? [found] : [] })
  } else if (request.method === 'POST') {
    await post(home, all, request, response)
  } else if (request.method === 'DELETE') {
    const at = home.posted.findIndex((status) => status.id === id)
    if (at === -1) json(response, { error: 'Record not found' }, {}, 404)
    else {
      home.deleted.push(id as string)
      json(response, home.posted.splice(at, 1)[0])
    }
  } else if (part === 'context') {
    json(response, { ancestors: [], descendants: home.posted.filter((status) => status['in_reply_to_id'] === id) })
  } else {
    const status = all.find((one) => one.id === id)
    json(response, status ?? { error: 'Record not found' }, {}, status ? 200 : 404)
  }
  return true
}

async function post(
  home: MastodonHome,
  all: InventedStatus[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = JSON.parse(await text(request)) as Record<string, string>
  home.bodies.push(body)
  const end = home.next.shift() ?? 'taken'
  if (end === 'lost') return void request.socket.destroy()
  if (typeof end !== 'string') {
    const { status, headers } = typeof end === 'number' ? { status: end, headers: {} } : end
    return json(response, { error: `Validation failed: invented reason ${status}` }, headers, status)
  }
  if ((body.status ?? '').length > home.most) return json(response, { error: `Validation failed: Text character limit of ${home.most} exceeded` }, {}, 422) // prettier-ignore
  const parent = all.find((status) => status.id === body.in_reply_to_id)
  if (!parent)
    return json(response, { error: 'The post you are trying to reply to does not appear to exist.' }, {}, 404)
  const byKey = keys.get(home) ?? new Map<string, InventedStatus>()
  keys.set(home, byKey)
  const key = String(request.headers['idempotency-key'])
  const before = home.honoursKey ? byKey.get(key) : undefined
  if (before) home.again++
  const status = before ?? made(home, body, String(request.headers.host))
  if (!before) home.posted.push(status)
  byKey.set(key, status)
  home.onTaken?.(status)
  if (end === 'cut') return void request.socket.destroy()
  if (end === 'taken') json(response, status)
}

function made(home: MastodonHome, body: Record<string, string>, host: string): InventedStatus {
  const { id, acct } = home.account
  const number = String(500_000 + home.posted.length + home.deleted.length)
  return inventedStatus(home.now(), String(body.status), {
    id: number,
    url: `http://${host}/@${acct}/${number}`,
    visibility: body.visibility,
    in_reply_to_id: body.in_reply_to_id,
    // As servers render it: handles shortened, inside links.
    content: `<p>${String(body.status).replace(/@([\w.-]+)@[\w.-]+\w/g, '<span class="h-card"><a href="https://islands.example/@$1" class="u-url mention">@<span>$1</span></a></span>')}</p>`,
    account: { id, acct, username: acct, display_name: 'Care', url: `http://${host}/@${acct}`, followers_count: 1 },
  })
}
