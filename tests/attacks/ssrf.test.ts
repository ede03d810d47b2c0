import { afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import type { Channel } from '#shared/model/handoff.ts'
import type { Connector } from '#engine/connectors/connector.ts'
import { connectors } from '#engine/connectors/registry.ts'
import { testPayload } from '#engine/handoffs/payload.ts'
import { send } from '#engine/handoffs/send.ts'
import { isPrivateAddress, type Lookup } from '#engine/platform/addresses.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { createHttp } from '#engine/platform/http-client.ts'
import type { HttpOptions } from '#engine/platform/http-client.ts'
import { createMailer } from '#engine/platform/mailer.ts'
import { createResolve } from '#engine/platform/resolve.ts'
import { createSockets } from '#engine/platform/socket-client.ts'
import { contentSecurityPolicy } from '#hosts/page/headers.ts'
import { contextOf } from '#tests/connectors/fixtures/fixture.ts'
import { loopback, type Answer, type Loopback } from '#tests/support/loopback.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
async function serve(answer: Answer = (_request, response) => void response.end('inside')): Promise<Loopback> {
  const server = await loopback(answer)
  closing.push(() => server.close())
  return server
}
function client(options: Partial<HttpOptions> = {}): ReturnType<typeof createHttp> {
  const http = createHttp({ clock: systemClock, spacingMs: 0, ...options })
  closing.push(() => http.close())
  return http
}
async function opened(url: string, options: Partial<HttpOptions> = {}): Promise<void> {
  for await (const { kind } of createSockets({ clock: systemClock, ...options }).open(url)) if (kind === 'open') return
}

/** Written as a person or a page would not: all of them are this machine, its network, or a cloud's metadata. */
const disguised = [
  '127.1',
  '127.0.0.1.',
  '0177.0.0.1',
  '017700000001',
  '0x7f000001',
  '0X7F.0x0.0x0.0x1',
  '127.0.1',
  '0',
  '0x0',
  '00.00.00.00',
  '１２７.０.０.１',
  '①②⑦.⓪.⓪.①',
  '127。0。0。1',
  '2852039166',
  '0xa9fea9fe',
  '0251.0376.0251.0376',
  '169.254.43518',
  '10.1',
  '192.168.257',
  '100.100.100.200',
  '192.0.0.192',
  '198.18.0.1',
  '224.0.0.251',
  '255.255.255.255',
  '[::]',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::7f00:1]',
  '[::ffff:7f00:1]',
  '[::ffff:169.254.169.254]',
  '[::ffff:0:10.0.0.1]',
  '[64:ff9b::169.254.169.254]',
  '[64:ff9b:1::a9fe:a9fe]',
  '[64:ff9b:1:7f00:0:100::]',
  '[2002:a9fe:a9fe::]',
  '[2001:0:4136:e378:8000:63bf:3fff:fdd2]',
  '[2606:4700::5efe:7f00:1]',
  '[2606:4700::200:5efe:192.168.0.1]',
  '[fe80::1]',
  '[febf::1]',
  '[fec0::1]',
  '[fd00:ec2::254]',
  '[ff02::1]',
]

describe('an address that leads inside, however it is written,', () => {
  it.each(disguised)('is refused by every door: %s', async (host) => {
    const refused = { reason: 'privateAddress', kind: 'user' }
    await expect(client().fetch({ url: `http://${host}:9/`, timeoutMs: 5000 })).rejects.toMatchObject(refused)
    await expect(opened(`ws://${host}:9/`)).rejects.toMatchObject({ reason: 'privateAddress' })
    await expect(createResolve()(host, 25)).rejects.toMatchObject({ kind: 'user' })
  })

  it.each(['%31%32%37.0.0.1', '127%2e0.0.1', '127.0.0.1%2f.example'])('is refused or no address: %s', async (host) => {
    const asked = client().fetch({ url: `http://${host}:9/`, timeoutMs: 5000 })
    await expect(asked).rejects.toMatchObject({ reason: expect.stringMatching(/^(privateAddress|badUrl)$/) })
  })

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '64:ff9b::808:808', '2002:808:808::'])(
    'is told from a public one: %s',
    (address) => expect(isPrivateAddress(address)).toBe(false),
  )

  it('opens no other scheme, in any spelling', async () => {
    const schemes = [
      'file:///etc/passwd',
      'FILE:/etc/passwd',
      'data:text/xml,<rss/>',
      'gopher://x/',
      'ftp://x/',
      'blob:http://x/1',
      'javascript:1',
      'ws://x/',
      'unix:/run/x.sock',
      '//x/',
      '\\\\x\\share',
    ]
    for (const url of schemes)
      await expect(client().fetch({ url }), url).rejects.toMatchObject({ reason: 'badUrl', kind: 'user' })
  })
})

describe('a name that is at a private address', () => {
  /** A name server of an attacker: what it answers each time, in turn. */
  const names = (...answers: string[][]): { lookup: Lookup; asked: string[] } => {
    const asked: string[] = []
    return {
      asked,
      lookup(hostname, _options, callback) {
        const answer = answers[Math.min(asked.length, answers.length - 1)]!
        asked.push(hostname)
        callback(
          null,
          answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        )
      },
    }
  }

  it.each([
    [['127.0.0.1']],
    [['::1']],
    [['::ffff:127.0.0.1']],
    [['10.0.0.1', '192.168.0.1', 'fd00::1']],
    [['169.254.169.254']],
    [['64:ff9b:1::7f00:1']],
    [[]],
  ])('is refused by every door: %j', async (answer) => {
    const { port } = new URL((await serve()).url)
    const { lookup, asked } = names(answer)
    const host = 'rebind.example'
    await expect(client({ lookup }).fetch({ url: `http://${host}:${port}/` })).rejects.toMatchObject({
      reason: 'privateAddress',
    })
    await expect(opened(`ws://${host}:${port}/`, { lookup })).rejects.toMatchObject({ reason: 'privateAddress' })
    await expect(createResolve([], lookup)(host, 25)).rejects.toMatchObject({ kind: 'user' })
    expect(asked).toEqual([host, host, host])
  })

  it('among public ones is never connected to', async () => {
    const mixed = names(['127.0.0.1', '203.0.113.7', '8.8.8.8', '::1'])
    expect(await createResolve([], mixed.lookup)('mixed.example', 25)).toBe('8.8.8.8')
  })

  it('only the second time is found out the second time: nobody connects to an answer that was not looked at', async () => {
    const server = await serve()
    const rebinding = names(['8.8.8.8'], ['127.0.0.1'])
    const resolve = createResolve([], rebinding.lookup)
    expect(await resolve('rebind.example', 25)).toBe('8.8.8.8')
    await expect(resolve('rebind.example', 25)).rejects.toMatchObject({ kind: 'user' })
    const http = client({ lookup: rebinding.lookup })
    const url = `http://rebind.example:${new URL(server.url).port}/`
    await expect(http.fetch({ url })).rejects.toMatchObject({ reason: 'privateAddress' })
    expect(server.requests).toEqual([])
  })

  it('may be asked when its own name was allowed, and no name that only looks like it', async () => {
    const server = await serve()
    const { port } = new URL(server.url)
    const { lookup } = names(['127.0.0.1'])
    const http = client({ lookup, allowPrivate: [`intranet.example:${port}`] })
    expect((await http.fetch({ url: `http://intranet.example:${port}/` })).status).toBe(200)
    for (const host of [
      'intranet.example.evil.example',
      'evil-intranet.example',
      'intranet.example.',
      'x.intranet.example',
    ])
      await expect(http.fetch({ url: `http://${host}:${port}/` }), host).rejects.toMatchObject({
        reason: 'privateAddress',
      })
    await expect(http.fetch({ url: `http://intranet.example@evil.example:${port}/` })).rejects.toMatchObject({
      reason: 'badUrl',
    })
    expect(server.requests).toHaveLength(1)
  })
})

describe('a redirect inside', () => {
  const statuses = [301, 302, 303, 307, 308]
  /** Someone's public server, which leads to one inside. */
  async function leading(status: number) {
    const inside = await serve()
    const outside = await serve(
      (_request, response) => void response.writeHead(status, { location: `${inside.url}/admin` }).end(),
    )
    return { inside, outside }
  }

  it.each(statuses)('(%i) is followed by no connector', async (status) => {
    const asked: string[] = []
    for (const connector of connectors as readonly Connector[]) {
      if (!connector.poll || connector.id === 'file' || connector.id === 'email') continue
      const { inside, outside } = await leading(status)
      const config = { url: outside.url, instance: outside.url, api: outside.url, query: 'x', terms: 'x' }
      const network = {
        config: { ...config, hashtags: ['x'] },
        allowPrivate: [outside.host],
        put() {},
        putWithout() {},
        close: async () => {},
      }
      const read = connector.config.safeParse(network.config)
      if (!read.success) continue
      await connector.poll(contextOf(network, connector)).catch(() => null)
      expect(inside.requests, connector.id).toEqual([])
      if (outside.requests.length > 0) asked.push(connector.id)
    }
    expect(asked).toEqual(expect.arrayContaining(['feed', 'mastodon']))
  })

  it.each(statuses)('(%i) is followed by no hand-off', async (status) => {
    for (const kind of ['webhook', 'chat', 'tracker'] as const) {
      const { inside, outside } = await leading(status)
      const config: Record<string, string> = { url: outside.url, body: '{"t": "{{text}}"}' }
      const channel: Channel = { id: 'c', deskId: 'd', kind, name: 'n', enabled: true, config }
      const payload = testPayload('out_000000000000', 'st', { id: 'd', name: 'D' }, 0)
      const http = client({ allowPrivate: [outside.host] })
      const { outcome } = await send(channel, payload, {
        http,
        mailer: createMailer({ clock: systemClock }),
        now: () => 0,
        secret: async () => null,
      })
      expect([kind, outcome, outside.requests.length]).toEqual([kind, 'refused', 1])
      expect(inside.requests).toEqual([])
    }
  })

  it.each(statuses)('(%i) is followed by no stream', async (status) => {
    const { inside, outside } = await leading(status)
    const within = new WebSocketServer({ server: inside.server })
    closing.push(() => within.close())
    const asked = opened(outside.url.replace('http', 'ws'), { allowPrivate: [outside.host] })
    await expect(asked).rejects.toMatchObject({ reason: 'rejected' })
    expect(inside.requests).toEqual([])
  })

  it.each([
    'file:///etc/passwd',
    'data:text/xml,<rss/>',
    'ftp://127.0.0.1/',
    'javascript:1',
    'http://[',
    'http://u:p@example.org/',
    'http://127.1/',
    'http://0x7f000001/',
    '//127.0.0.1:9/',
    'http://[::ffff:127.0.0.1]/',
  ])('to %s is no answer', async (location) => {
    const outside = await serve((_request, response) => void response.writeHead(302, { location }).end())
    const asked = client({ allowPrivate: [outside.host] }).fetch({ url: outside.url })
    await expect(asked).rejects.toMatchObject({ reason: expect.stringMatching(/^(badUrl|privateAddress)$/) })
  })
})

it('the page loads no picture, font, style or word from anywhere else', () => {
  for (const part of contentSecurityPolicy.split(';')) {
    const [name, ...sources] = part.trim().split(/\s+/)
    for (const source of sources) expect(source, name).toMatch(/^('self'|'none'|data:|blob:|'[\w-]+'|\/.*)$/)
  }
})
