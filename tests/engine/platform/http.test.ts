import { createServer } from 'node:net'
import { gzipSync, brotliCompressSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '#engine/platform/clock.ts'
import { createHttp } from '#engine/platform/http-client.ts'
import type { HttpOptions } from '#engine/platform/http-client.ts'
import { HttpProblem } from '#engine/platform/http.ts'
import type { HttpRequest } from '#engine/platform/http.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import { loopback } from '#tests/support/loopback.ts'
import type { Answer, Loopback } from '#tests/support/loopback.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

async function serve(answer: Answer): Promise<Loopback> {
  const server = await loopback(answer)
  open.push(server)
  return server
}

function client(options: Partial<HttpOptions> = {}): ReturnType<typeof createHttp> {
  const http = createHttp({ clock: systemClock, spacingMs: 0, ...options })
  open.push(http)
  return http
}

async function problem(request: Promise<unknown>): Promise<HttpProblem> {
  const error = await request.then(
    () => new Error('It resolved'),
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(HttpProblem)
  return error as HttpProblem
}

const text = (body: Uint8Array): string => Buffer.from(body).toString('utf8')

describe('what a server may answer', () => {
  let server: Loopback
  let fetch: (path: string, request?: Partial<HttpRequest>) => ReturnType<ReturnType<typeof createHttp>['fetch']>

  beforeEach(async () => {
    server = await serve((request, response, url) => {
      const path = url.pathname
      if (path === '/gzip') return void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('packed'))
      if (path === '/br')
        return void response.writeHead(200, { 'content-encoding': 'br' }).end(brotliCompressSync('packed'))
      if (path === '/bomb')
        return void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000)))
      if (path === '/huge') {
        response.writeHead(200)
        const more = (): void =>
          void (response.destroyed || response.write(Buffer.alloc(65_536))
            ? setImmediate(more)
            : response.once('drain', more))
        return more()
      }
      if (path === '/cut') {
        response.writeHead(200, { 'content-length': '1000' })
        response.write('only this')
        return void response.socket?.end()
      }
      if (path === '/cut-chunks') {
        response.writeHead(200)
        response.write('only this')
        return void setImmediate(() => response.socket?.destroy())
      }
      if (path === '/cut-gzip')
        return void response
          .writeHead(200, { 'content-encoding': 'gzip' })
          .end(gzipSync('x'.repeat(9_999)).subarray(0, 20))
      if (path === '/bad-gzip')
        return void response.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip at all')
      if (path === '/304') return void response.writeHead(304, { 'content-encoding': 'gzip', etag: '"1"' }).end()
      if (path === '/slow') return void response.writeHead(200)
      if (path === '/loop') return void response.writeHead(302, { location: '/loop' }).end()
      if (path === '/hop') return void response.writeHead(301, { location: '/gzip?from=hop' }).end()
      if (path === '/303') return void response.writeHead(303, { location: '/echo' }).end()
      if (path === '/307') return void response.writeHead(307, { location: '/echo' }).end()
      if (path === '/to-file') return void response.writeHead(302, { location: 'file:///etc/passwd' }).end()
      if (path === '/to-metadata')
        return void response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end()
      if (path === '/to-private') return void response.writeHead(302, { location: 'http://10.0.0.1/' }).end()
      if (path === '/echo') {
        let body = ''
        request.on('data', (chunk) => (body += String(chunk)))
        return void request.on('end', () => response.end(`${request.method} ${body}`))
      }
      return void response.writeHead(429, { 'retry-after': '7', 'set-cookie': 'a=1' }).end('slow down')
    })
    const http = client({ allowPrivate: [server.host] })
    fetch = (path, request = {}) => http.fetch({ url: `${server.url}${path}`, ...request })
  })

  it('is handed over with every status, unpacked, with lower-case headers', async () => {
    expect(text((await fetch('/gzip')).body)).toBe('packed')
    expect(text((await fetch('/br')).body)).toBe('packed')
    const refused = await fetch('/limit')
    expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': '7' } })
    expect(text(refused.body)).toBe('slow down')
    expect(await fetch('/304')).toMatchObject({ status: 304, body: { length: 0 } })
  })

  it('is cut off at its limit while it unfolds, packed or not', async () => {
    expect(await problem(fetch('/bomb', { maxBytes: 100_000 }))).toMatchObject({ reason: 'tooLarge' })
    expect(await problem(fetch('/huge', { maxBytes: 1_000_000 }))).toMatchObject({ reason: 'tooLarge' })
    expect(text((await fetch('/gzip', { maxBytes: 6 })).body)).toBe('packed')
  })

  it.each(['/cut', '/cut-chunks', '/cut-gzip'])('that ends too early (%s) is no answer', async (path) => {
    expect(await problem(fetch(path))).toMatchObject({ reason: 'truncated' })
  })

  it('that cannot be unpacked is no answer', async () => {
    expect(await problem(fetch('/bad-gzip'))).toMatchObject({ reason: 'network' })
  })

  it('is not waited for without an end', async () => {
    expect(await problem(fetch('/slow', { timeoutMs: 50 }))).toMatchObject({ reason: 'timeout' })
    const abort = new AbortController()
    const pending = problem(fetch('/slow', { signal: abort.signal }))
    abort.abort()
    expect(await pending).toMatchObject({ reason: 'aborted' })
    expect(await problem(fetch('/slow', { signal: AbortSignal.abort() }))).toMatchObject({ reason: 'aborted' })
  })

  it('may lead on, five times at most, and only to where one may go', async () => {
    const landed = await fetch('/hop')
    expect(landed.url).toBe(`${server.url}/gzip?from=hop`)
    expect(await problem(fetch('/loop'))).toMatchObject({ reason: 'tooManyRedirects' })
    expect(server.requests.filter(({ url }) => url === '/loop')).toHaveLength(6)
    expect(await problem(fetch('/to-file'))).toMatchObject({ reason: 'badUrl' })
    expect(await problem(fetch('/to-metadata'))).toMatchObject({ reason: 'privateAddress' })
    expect(await problem(fetch('/to-private'))).toMatchObject({ reason: 'privateAddress' })
  })

  it('turns a POST into a GET or keeps it, as its redirect says', async () => {
    const post = { method: 'POST' as const, body: 'hello', headers: { 'content-type': 'text/plain' } }
    expect(text((await fetch('/303', post)).body)).toBe('GET ')
    expect(text((await fetch('/307', post)).body)).toBe('POST hello')
  })

  it('says nothing secret when it fails', async () => {
    const failure = await problem(fetch('/loop?token=SECRET', { headers: { authorization: 'Bearer HUSH' } }))
    expect(`${failure.message} ${failure.url} ${JSON.stringify(failure)}`).not.toMatch(/SECRET|HUSH|token=/)
  })
})

describe('where it goes', () => {
  it.each([
    'http://127.0.0.1:9/', 'http://localhost:9/', 'http://[::1]:9/', 'http://[::ffff:127.0.0.1]:9/', 'http://2130706433/', 'http://0x7f.1/',
    'http://10.1.2.3/', 'http://192.168.0.1/', 'http://172.31.0.1/', 'http://169.254.169.254/', 'http://100.64.0.1/', 'http://0.0.0.0:9/',
    'http://[fe80::1]/', 'http://[fd00::1]/', 'http://[64:ff9b::7f00:1]/', 'http://[2002:7f00:1::]/',
  ])('is never a private address unless it was allowed: %s', async (url) => {
    expect(await problem(client().fetch({ url, timeoutMs: 2_000 }))).toMatchObject({ reason: 'privateAddress' })
  }) // prettier-ignore

  it('is never somewhere else than http', async () => {
    const http = client()
    for (const url of [
      'ftp://example.org/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'nonsense',
      'https://user:word@example.org/',
    ]) {
      const failure = await problem(http.fetch({ url }))
      expect(failure).toMatchObject({ reason: 'badUrl' })
      expect(failure.message).not.toContain('word@')
    }
  })

  it('explains a name that is not known, a closed door and something that speaks no HTTP', async () => {
    expect(await problem(client().fetch({ url: 'http://nowhere.invalid/' }))).toMatchObject({ reason: 'dns' })
    const gone = await serve((_, response) => void response.end())
    await gone.close()
    expect(await problem(client({ allowPrivate: [gone.host] }).fetch({ url: gone.url }))).toMatchObject({
      reason: 'refused',
    })
    const other = createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => socket.end('220 mail.example ESMTP\r\n', () => socket.destroy()))
    })
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    open.push({ close: () => new Promise((resolve) => other.close(() => resolve())) })
    const { port } = other.address() as { port: number }
    const http = client({ allowPrivate: ['127.0.0.1'] })
    expect((await problem(http.fetch({ url: `http://127.0.0.1:${port}/` }))).message).toContain('HTTP')
    expect(await problem(http.fetch({ url: `https://127.0.0.1:${port}/` }))).toMatchObject({ reason: 'tls' })
  })

  it("carries no header of the request's own on to another origin, unless it names it", async () => {
    const second = await serve((request, response) => void response.end(JSON.stringify(request.headers)))
    const first = await serve((_request, response) => void response.writeHead(302, { location: second.url }).end())
    const http = client({ allowPrivate: [first.host, second.host] })
    const headers = {
      'X-API-Key': 'HUSH',
      'PRIVATE-TOKEN': 'HUSH',
      'x-earshot-signature': 'HUSH',
      'x-custom': 'HUSH',
      referer: 'HUSH',
      authorization: 'HUSH',
      cookie: 'HUSH',
      accept: 'text/plain',
      'if-none-match': '"1"',
    }
    const asked = async (carried?: string[]) =>
      text((await http.fetch({ url: first.url, headers, ...(carried && { carried }) })).body)
    expect(await asked()).not.toContain('HUSH')
    expect(JSON.parse(await asked())).toMatchObject({ accept: 'text/plain', 'if-none-match': '"1"' })
    expect(JSON.parse(await asked(['X-Custom']))).toMatchObject({ 'x-custom': 'HUSH' })
    expect(await asked(['X-Custom'])).not.toContain('private-token')
  })

  it('does not carry a secret on to another host', async () => {
    const second = await serve((request, response) => void response.end(request.headers.authorization ?? 'nothing'))
    const first = await serve((_, response) => void response.writeHead(302, { location: second.url }).end())
    const http = client({ allowPrivate: [first.host, second.host] })
    const answer = await http.fetch({ url: first.url, headers: { Authorization: 'Bearer HUSH' } })
    expect(text(answer.body)).toBe('nothing')
  })
})

describe('how often it asks one host', () => {
  it('keeps the distance between two requests, and no more than two at once', async () => {
    const clock = new ManualClock()
    const started: number[] = []
    let atOnce = 0
    let most = 0
    const releases: (() => void)[] = []
    const server = await serve(async (_, response) => {
      started.push(clock.now())
      most = Math.max(most, ++atOnce)
      await new Promise<void>((resolve) => releases.push(resolve))
      atOnce--
      response.end('ok')
    })
    const http = client({ clock, spacingMs: 1_000, allowPrivate: [server.host] })
    const all = Promise.all([1, 2, 3, 4].map((n) => http.fetch({ url: `${server.url}/${n}` })))
    const arrived = async (count: number): Promise<void> => {
      while (started.length < count) await new Promise((resolve) => setImmediate(resolve))
    }
    const begin = clock.now()
    await arrived(1)
    clock.advance(999)
    await new Promise((resolve) => setImmediate(resolve))
    expect(started).toHaveLength(1)
    clock.advance(1)
    await arrived(2)
    clock.advance(5_000)
    await new Promise((resolve) => setImmediate(resolve))
    expect(started).toHaveLength(2)
    releases.shift()!()
    releases.shift()!()
    await arrived(3)
    clock.advance(1_000)
    await arrived(4)
    releases.forEach((release) => release())
    await all
    expect(most).toBe(2)
    expect(started.map((at) => at - begin)).toEqual([0, 1_000, 6_000, 7_000])
  })

  it('lets one who gave up leave the queue', async () => {
    const server = await serve((request, response) => void (request.url === '/second' && response.end('ok')))
    const http = client({ perHost: 1, allowPrivate: [server.host] })
    const first = new AbortController()
    const waiting = new AbortController()
    const held = problem(http.fetch({ url: `${server.url}/hang`, signal: first.signal }))
    const queued = problem(http.fetch({ url: `${server.url}/never`, signal: waiting.signal }))
    const next = http.fetch({ url: `${server.url}/second` })
    waiting.abort()
    expect(await queued).toMatchObject({ reason: 'aborted' })
    first.abort()
    expect(await held).toMatchObject({ reason: 'aborted' })
    expect(text((await next).body)).toBe('ok')
    expect(server.requests.map(({ url }) => url)).not.toContain('/never')
  })
})
