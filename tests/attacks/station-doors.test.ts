import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { openStation } from '#hosts/station.ts'
import type { Station } from '#hosts/station.ts'
import { newAccessKeys } from '#hosts/station/access.ts'
import type { PageConnection } from '#hosts/station/sockets.ts'
import { cookieOf, emptyPage } from '#tests/contract/harness.ts'
import { temporaryFolder } from '#tests/support/engine.ts'

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

const folder = temporaryFolder('page')
const keys = newAccessKeys()
let station: Station
let officerCookie = ''
let wallCookie = ''
let open = 0
/** What pages sent, by role. */
const received: [role: string, message: string][] = []

const listen = (changes: Partial<Parameters<typeof openStation>[0]> = {}): Promise<Station> =>
  openStation({
    keys,
    pageFolder: emptyPage(folder.path),
    port: 0,
    connect(role, send): PageConnection {
      open++
      return {
        async receive(message) {
          received.push([role, String(message)])
          if (message === 'bad') throw new Error('no message')
          await send(`${role}:${String(message)}`)
        },
        close: () => open--,
      }
    },
    ...changes,
  })

/** A request as raw as an attacker's: any method, path, Host and Origin. */
const ask = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: station.port, path, method, headers, setHost: !('host' in headers) },
      (got) => {
        let body = ''
        got.on('data', (chunk) => (body += chunk))
        got.on('end', () => resolve({ status: got.statusCode ?? 0, headers: got.headers, body }))
      },
    )
    sent.on('error', reject)
    sent.end()
  })

/** The status with which an upgrade is refused, or 101. */
const upgrade = (path: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${station.port}${path}`, { headers })
    socket.on('open', () => {
      socket.close()
      resolve(101)
    })
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
    socket.on('error', () => {})
  })

const origin = (): string => `http://127.0.0.1:${station.port}`

beforeAll(async () => {
  station = await listen()
  officerCookie = await cookieOf(station.url)
  wallCookie = await cookieOf(station.wallUrl)
})
afterAll(async () => {
  await station.close()
  folder.remove()
})

describe('entering the station', () => {
  it('swaps a token for a cookie that scripts cannot read and other sites cannot send', async () => {
    const link = new URL(station.url)
    const { status, headers } = await ask(link.pathname + link.search)
    expect(status).toBe(303)
    expect(headers.location).toBe('/')
    const cookie = String(headers['set-cookie'])
    expect(cookie).toMatch(/; HttpOnly/)
    expect(cookie).toMatch(/; SameSite=Strict/)
    expect(cookie).not.toContain(link.searchParams.get('token'))
    expect(headers['referrer-policy']).toBe('no-referrer')
    // On loopback there is no TLS; behind a proxy that adds it the cookie is for TLS alone.
    expect(cookie).not.toContain('Secure')
    const { pathname, search } = new URL(station.url)
    const behind = await ask(pathname + search, { 'x-forwarded-proto': 'https' })
    expect(String(behind.headers['set-cookie'])).toMatch(/; Secure$/)
  })

  it.each(['', '?token=', '?token=x', `?token=${'a'.repeat(43)}`, '?token=%00', '?token[]=x'])(
    'refuses /enter%s',
    async (query) => {
      const { status, headers } = await ask(`/enter${query}`)
      expect(status).toBe(401)
      expect(headers['set-cookie']).toBeUndefined()
    },
  )

  it('gives a wall token no more than the wall', async () => {
    expect(wallCookie).toMatch(/^earshot_wall_/)
    expect((await ask('/wall/', { cookie: wallCookie })).status).toBe(200)
    expect((await ask('/', { cookie: wallCookie })).status).toBe(401)
    // The same value under the officer's name is signed for another role.
    expect((await ask('/', { cookie: wallCookie.replace('wall', 'officer') })).status).toBe(401)
  })

  it('lets an officer look at the wall', async () => {
    expect((await ask('/wall/', { cookie: officerCookie })).status).toBe(200)
  })

  it('asks a browser that comes by a link from elsewhere to ask again from here', async () => {
    const answer = await ask('/', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })
    expect(answer.headers.refresh).toBe('0')
    expect(answer.body).not.toContain('script')
    expect((await ask('/', { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate' })).status).toBe(401)
  })

  it('knows its cookies again after a restart, and not after new keys', async () => {
    const again = await listen()
    const value = officerCookie.split('=')[1] ?? ''
    const cookie = `earshot_officer_${again.port}=${value}`
    const other = await listen({ keys: newAccessKeys() })
    try {
      expect((await fetch(`http://127.0.0.1:${again.port}/`, { headers: { cookie } })).status).toBe(200)
      const stranger = `earshot_officer_${other.port}=${value}`
      expect((await fetch(`http://127.0.0.1:${other.port}/`, { headers: { cookie: stranger } })).status).toBe(401)
    } finally {
      await again.close()
      await other.close()
    }
  })
})

describe('the page', () => {
  it('comes with a policy that lets it load and send nothing elsewhere', async () => {
    const { headers, body, status } = await ask('/', { cookie: officerCookie })
    expect(status).toBe(200)
    expect(body).toContain('Earshot')
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['cross-origin-opener-policy']).toBe('same-origin')
    expect(headers['cache-control']).toContain('no-cache')
  })

  it('keeps files that carry a hash, and answers 304 to who has the rest', async () => {
    const asset = await ask('/assets/index-Ab3_dE9z.js', { cookie: officerCookie })
    expect(asset.headers['cache-control']).toContain('immutable')
    expect(asset.headers['content-type']).toContain('text/javascript')
    const etag = String((await ask('/', { cookie: officerCookie })).headers.etag)
    expect((await ask('/', { cookie: officerCookie, 'if-none-match': etag })).status).toBe(304)
  })

  it('is not given without a cookie, not even its parts', async () => {
    for (const path of ['/', '/index.html', '/assets/index-Ab3_dE9z.js', '/wall/', '/anything']) {
      expect((await ask(path)).status, path).toBe(401)
    }
  })

  it.each([
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/assets/../../package.json',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/assets/%00',
    '/wall/../../package.json',
    '//etc/passwd',
    '/\\..\\package.json',
    '/assets',
  ])('has no way out of its folder by %s', async (path) => {
    // prettier-ignore
    const { status, body } = await ask(path, { cookie: officerCookie })
    expect([400, 404]).toContain(status)
    expect(body).not.toContain('"name"')
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])('answers %s with a refusal', async (method) => {
    expect((await ask('/', { cookie: officerCookie }, method)).status).toBe(405)
  })
})

describe('attacks from a web page', () => {
  it.each(['evil.example', 'evil.example:7315', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.example', '0.0.0.0', ''])(
    'are refused under the host name "%s"',
    async (host) => {
      expect((await ask('/', { cookie: officerCookie, host })).status).toBeGreaterThanOrEqual(400)
      // The client library puts its own name in the place of an empty one.
      if (host !== '') expect(await upgrade('/rpc', { cookie: officerCookie, host, origin: origin() })).toBe(403)
    },
  )

  it.each(['https://evil.example', 'null', 'http://127.0.0.1:1', 'http://localhost', 'file://', 'app://earshot'])(
    'are refused from the origin %s',
    async (from) => {
      expect((await ask('/', { cookie: officerCookie, origin: from })).status).toBe(403)
      expect(await upgrade('/rpc', { cookie: officerCookie, origin: from })).toBe(403)
    },
  )

  it('may use the names of this machine', async () => {
    for (const host of [
      `localhost:${station.port}`,
      `127.0.0.1:${station.port}`,
      `[::1]:${station.port}`,
      `LOCALHOST:${station.port}`,
    ]) {
      expect((await ask('/', { cookie: officerCookie, host })).status, host).toBe(200)
    }
  })
})

describe('the socket', () => {
  it('opens only with a cookie of its role and an origin of ours', async () => {
    expect(await upgrade('/rpc', { cookie: officerCookie, origin: origin() })).toBe(101)
    expect(await upgrade('/wall/rpc', { cookie: wallCookie, origin: origin() })).toBe(101)
    expect(await upgrade('/rpc', { origin: origin() })).toBe(401)
    expect(await upgrade('/rpc', { cookie: officerCookie })).toBe(403)
    expect(await upgrade('/rpc', { cookie: wallCookie, origin: origin() })).toBe(401)
    expect(await upgrade('/rpc', { cookie: `earshot_officer_${station.port}=forged.forged`, origin: origin() })).toBe(
      401,
    )
    expect(await upgrade('/other', { cookie: officerCookie, origin: origin() })).toBe(404)
  })

  const connected = async (cookie: string, path = '/rpc', to = station): Promise<WebSocket> => {
    const socket = new WebSocket(`ws://127.0.0.1:${to.port}${path}`, {
      headers: { cookie, origin: `http://127.0.0.1:${to.port}` },
    })
    await new Promise((resolve, reject) => {
      socket.once('open', resolve)
      socket.once('error', reject)
    })
    return socket
  }
  const answer = (socket: WebSocket): Promise<string> => new Promise((resolve) => socket.once('message', (data) => resolve(String(data)))) // prettier-ignore
  const ending = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.once('close', resolve))

  it('gives the role of its path, whatever the page says', async () => {
    const socket = await connected(officerCookie, '/wall/rpc')
    const got = answer(socket)
    socket.send('{"role":"officer"}')
    expect(await got).toBe('wall:{"role":"officer"}')
    socket.close()
  })

  it('hangs up on what is no message', async () => {
    const socket = await connected(officerCookie)
    const ended = ending(socket)
    socket.send('bad')
    expect(await ended).toBe(1002)
  })

  it('hangs up on a message that is too large', async () => {
    const small = await listen({ maxPayload: 1000 })
    const cookie = await cookieOf(small.url)
    const socket = await connected(cookie, '/rpc', small)
    const ended = ending(socket)
    socket.send('x'.repeat(1001))
    expect(await ended).toBe(1009)
    await small.close()
  })

  it('finds out that a page vanished without a word', async () => {
    const quick = await listen({ heartbeatMs: 25 })
    const cookie = await cookieOf(quick.url)
    const raw = connect(quick.port, '127.0.0.1')
    raw.write(
      `GET /rpc HTTP/1.1\r\nHost: 127.0.0.1:${quick.port}\r\nOrigin: http://127.0.0.1:${quick.port}\r\nCookie: ${cookie}\r\n` +
        'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    )
    const [answered] = (await once(raw, 'data')) as [Buffer]
    expect(String(answered)).toContain('101 Switching Protocols')
    await vi.waitFor(() => expect(quick.connections).toBe(0))
    raw.destroy()
    await quick.close()
  })

  it('carries hundreds of pages at once and lets them all go when it stops', async () => {
    const busy = await listen()
    const before = open
    const cookie = await cookieOf(busy.url)
    const sockets = await Promise.all(Array.from({ length: 400 }, () => connected(cookie, '/rpc', busy)))
    expect(busy.connections).toBe(400)
    const answers = sockets.map(answer)
    sockets.forEach((socket, n) => socket.send(String(n)))
    expect(await Promise.all(answers)).toEqual(sockets.map((_socket, n) => `officer:${n}`))
    const endings = sockets.map(ending)
    await busy.close()
    expect(new Set(await Promise.all(endings))).toEqual(new Set([1001]))
    await vi.waitFor(() => expect(open).toBe(before))
  })

  it('waits for a page that does not take its messages, and for no other', async () => {
    let sent = 0
    const mebibyte = 'x'.repeat(2 ** 20)
    const slow = await listen({
      connect: (role, send) => ({
        async receive(message) {
          if (message !== 'flood') return void (await send(`${role}:${String(message)}`))
          for (let n = 0; n < 64; n++) {
            await send(mebibyte)
            sent++
          }
        },
        close: () => {},
      }),
    })
    const cookie = await cookieOf(slow.url)
    const [deaf, quick] = [await connected(cookie, '/rpc', slow), await connected(cookie, '/rpc', slow)]
    let got = 0
    deaf.on('message', () => got++)
    deaf.pause()
    deaf.send('flood')
    await vi.waitFor(() => expect(sent).toBeGreaterThan(0))
    const other = answer(quick)
    quick.send('hello')
    expect(await other).toBe('officer:hello')
    expect(sent).toBeLessThan(64)
    deaf.resume()
    await vi.waitFor(() => expect(got).toBe(64), { timeout: 60_000 })
    for (const socket of [deaf, quick]) socket.close()
    await slow.close()
  })

  it('takes no more pages than it can carry', async () => {
    const few = await listen({ maxConnections: 2 })
    const cookie = await cookieOf(few.url)
    const two = [await connected(cookie, '/rpc', few), await connected(cookie, '/rpc', few)]
    await expect(connected(cookie, '/rpc', few)).rejects.toThrow('503')
    for (const socket of two) socket.close()
    await few.close()
  })

  it('survives noise on its port', async () => {
    for (const noise of ['\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', '\u0016\u0003\u0001', 'x'.repeat(100_000)]) {
      await new Promise<void>((resolve) => {
        const raw = connect(station.port, '127.0.0.1', () => raw.end(noise))
        raw.on('error', () => resolve())
        raw.on('close', () => resolve())
        raw.resume()
      })
    }
    expect((await ask('/', { cookie: officerCookie })).status).toBe(200)
  })
})

it('refuses to start without a built page, and says what to do', async () => {
  const empty = temporaryFolder('empty')
  await expect(listen({ pageFolder: empty.path })).rejects.toThrow(/npm run build/)
  empty.remove()
})
