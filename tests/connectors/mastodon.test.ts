import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Batch, Connector, FetchContext } from '#engine/connectors/connector.ts'
import { mastodon } from '#engine/connectors/mastodon/mastodon.ts'
import { readStatus } from '#engine/connectors/mastodon/status.ts'
import { dataFolder } from '#tests/support/data-folder.ts'
import { mastodonServer } from '#tests/support/mastodon-server.ts'
import { inventedStatus } from '#tests/support/mastodon-status.ts'
import type { MastodonServer } from '#tests/support/mastodon-server.ts'
import { contextOf, readAll } from './fixtures/fixture.ts'
import type { Network } from './fixtures/fixture.ts'

const connector = mastodon as unknown as Connector
const noon = Date.parse('2026-11-20T12:00:00Z')
const minute = 60_000
const servers: MastodonServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function open(config: Record<string, unknown> = {}): Promise<{ server: MastodonServer; network: Network }> {
  const server = await mastodonServer()
  servers.push(server)
  const network = {
    config: { instance: server.url, ...config },
    allowPrivate: [server.host],
    put: () => {},
    putWithout: () => {},
    close: () => server.close(),
  }
  return { server, network }
}

describe('reading a status', () => {
  const read = (changes: Record<string, unknown>) => {
    const status = readStatus(inventedStatus(noon, '', changes), 'islands.example')
    if ('reason' in status) throw new Error(status.reason)
    return status
  }

  it('keeps line breaks, whole links, the warning and the choices of a poll', () => {
    const content =
      '<p>Two lines<br />of <a href="https://shop.example/a/very/long/path" rel="nofollow"><span class="invisible">https://</span><span class="ellipsis">shop.example/a/very</span><span class="invisible">/long/path</span></a></p><p><a href="https://islands.example/tags/Coffee" class="mention hashtag" rel="tag">#<span>Coffee</span></a> <span class="h-card"><a href="https://islands.example/@kaffora" class="u-url mention">@<span>kaffora</span></a></span> it&#39;s &lt;3</p>'
    const draft = read({
      content,
      spoiler_text: 'Coffee talk',
      poll: { options: [{ title: 'Tea' }, { title: 'Coffee' }] },
    })
    expect(draft.text).toBe(
      "Coffee talk\n\nTwo lines\nof https://shop.example/a/very/long/path\n\n#Coffee @kaffora it's <3\n\n○ Tea\n○ Coffee",
    )
    expect(draft.links).toEqual(['https://shop.example/a/very/long/path'])
  })

  it.each([
    [{}, { kind: 'post', private: false, inReplyTo: null }],
    [{ in_reply_to_id: '42' }, { kind: 'reply', inReplyTo: '42' }],
    [{ quote: { state: 'accepted' } }, { kind: 'quote' }],
    [{ visibility: 'direct' }, { private: true }],
    [{ visibility: 'private' }, { private: true }],
    [{ visibility: 'unlisted' }, { private: false }],
    [{ language: null }, { lang: null }],
    [{ language: 'pt-BR' }, { lang: 'pt-BR' }],
    [
      { media_attachments: [{ type: 'gifv' }, { type: 'image' }, { type: 'image' }, { type: 'unknown' }] },
      { media: ['video', 'image'] },
    ],
    [
      { replies_count: undefined, favourites_count: 'many' },
      { engagement: { likes: null, reposts: 2, replies: null } },
    ],
  ])('%o', (changes, expected) => {
    expect(read({ content: '<p>x</p>', ...changes })).toMatchObject(expected)
  })

  it('is a repost in the words of the other and the name of the one', () => {
    const reblog = inventedStatus(noon - minute, 'The original', { user: 'orla', language: 'de' })
    const draft = read({ content: '<p>The original</p>', reblog })
    expect(draft).toMatchObject({
      kind: 'repost',
      text: 'The original',
      lang: 'de',
      url: reblog['url'],
      author: { handle: '@mira@islands.example' },
    })
  })

  it('names people of the instance in full, as people from elsewhere', () => {
    expect(read({ content: 'x' }).author).toEqual({
      id: 'mira@islands.example',
      handle: '@mira@islands.example',
      name: 'mira 🌊',
      url: 'https://islands.example/@mira',
      followers: 321,
    })
    const account = {
      id: '1',
      acct: 'lena@ruhr.example',
      url: 'javascript:alert(1)',
      display_name: '',
      followers_count: -1,
    }
    expect(read({ content: 'x', account }).author).toEqual({
      id: 'lena@ruhr.example',
      handle: '@lena@ruhr.example',
      name: null,
      url: null,
      followers: null,
    })
  })
})

describe('paging', () => {
  it('takes the newest page at first, then goes back to where it was, page by page', async () => {
    const { server, network } = await open()
    server.statuses.push(...Array.from({ length: 60 }, (_, i) => inventedStatus(noon - (200 - i) * minute, `old ${i}`)))
    const first = await readAll(network, connector, 0)
    expect(first.drafts).toHaveLength(40)
    server.statuses.push(
      ...Array.from({ length: 100 }, (_, i) => inventedStatus(noon - (100 - i) * minute, `new ${i}`)),
    )
    const second = await readAll(network, connector, 0, { cursor: first.cursor })
    const fresh = second.drafts.filter(({ text }) => text.startsWith('new'))
    expect(new Set(fresh.map(({ externalId }) => externalId)).size).toBe(100)
    expect(second.gaps).toBe(0)
    expect(second.drafts.length).toBeLessThan(110)
    const third = await readAll(network, connector, 0, { cursor: second.cursor })
    expect(third.drafts.map(({ text }) => text)).toEqual(['new 99', 'new 98'])
  })

  it('goes on from the middle of a way back after a restart', async () => {
    const { server, network } = await open()
    server.statuses.push(inventedStatus(noon - 300 * minute, 'old'))
    const first = await readAll(network, connector, 0)
    server.statuses.push(
      ...Array.from({ length: 100 }, (_, i) => inventedStatus(noon - (100 - i) * minute, `new ${i}`)),
    )
    const half = await connector.poll!(contextOf(network, connector, { cursor: first.cursor }))
    expect(half.more).toBe(true)
    const rest = await readAll(network, connector, 0, { cursor: half.cursor })
    const ids = new Set([...half.drafts, ...rest.drafts].map(({ text }) => text))
    expect([...ids].filter((text) => text.startsWith('new'))).toHaveLength(100)
  })

  it('gives up after fifty pages and says so', async () => {
    const { server, network } = await open()
    server.limit = server.remaining = 1_000
    server.statuses.push(inventedStatus(noon - 5_000 * minute, 'old'))
    const first = await readAll(network, connector, 0)
    server.statuses.push(
      ...Array.from({ length: 2_500 }, (_, i) => inventedStatus(noon - (2_500 - i) * minute, `new ${i}`)),
    )
    const second = await readAll(network, connector, 0, { cursor: first.cursor })
    expect(second.drafts).toHaveLength(2_000)
    expect(second.gaps).toBe(1)
  })

  it('works on servers whose ids are no times', async () => {
    const { server, network } = await open()
    const plain = (n: number): ReturnType<typeof inventedStatus> => ({
      ...inventedStatus(noon - (500 - n) * minute, `n ${n}`),
      id: String(n),
    })
    server.statuses.push(plain(1))
    const first = await readAll(network, connector, 0)
    server.statuses.push(...Array.from({ length: 60 }, (_, i) => plain(i + 100)))
    const second = await readAll(network, connector, 0, { cursor: first.cursor })
    expect(second.drafts.filter(({ externalId }) => Number(externalId) >= 100)).toHaveLength(60)
    expect(server.requests.at(-1)!.url).not.toContain('since_id')
  })

  it('keeps a place for each hashtag', async () => {
    const { server, network } = await open({ hashtags: ['#coffee', 'käffee'] })
    server.statuses.push(inventedStatus(noon, 'one'))
    const { cursor } = await readAll(network, connector, 0)
    expect(server.requests.map(({ url }) => url.split('?')[0])).toEqual([
      '/api/v1/timelines/tag/coffee',
      '/api/v1/timelines/tag/k%C3%A4ffee',
    ])
    expect(Object.keys(JSON.parse(cursor!))).toEqual(['coffee', 'käffee'])
  })
})

describe('limits and closed doors', () => {
  const failing = async (network: Network, changes: Partial<FetchContext<unknown>> = {}) =>
    connector.poll!(contextOf(network, connector, changes)).then(
      () => new Error('It resolved'),
      (error: Error & { kind?: string; retryAfterMs?: number }) => error,
    )

  it('reports its rate limit, and waits until it is renewed', async () => {
    const { server, network } = await open()
    server.statuses.push(inventedStatus(noon, 'x'))
    server.remaining = 10
    const batch = await connector.poll!(contextOf(network, connector))
    expect(batch.quota).toEqual({ used: 291, limit: 300, resetsAt: Date.parse('2030-01-01T00:00:00Z') })
    server.remaining = 0
    server.resetsAt = new Date(noon + 4 * minute).toISOString()
    expect(await failing(network)).toMatchObject({ kind: 'operational', retryAfterMs: 4 * minute })
  })

  it('says how to get in', async () => {
    const { server, network } = await open()
    server.token = 'right'
    const closed = await failing(network)
    expect(closed).toMatchObject({ kind: 'user' })
    expect(closed.message).toMatch(/members only \(HTTP 401\). Add an access token/)
    const wrong = await failing(network, { secret: () => Promise.resolve('WRONG') })
    expect(wrong.message).toMatch(/does not accept the access token/)
    expect(wrong.message).not.toContain('WRONG')
    server.statuses.push(inventedStatus(noon, 'inside'))
    const batch = await connector.poll!(contextOf(network, connector, { secret: () => Promise.resolve('right') }))
    expect(batch.drafts).toHaveLength(1)
  })

  it('notices a server that is no Mastodon', async () => {
    const { server, network } = await open()
    server.misbehaviour = { kind: 'status', status: 404 }
    expect(await failing(network)).toMatchObject({ kind: 'user' })
    server.misbehaviour = { kind: 'status', status: 200, body: '{"hello": 1}' }
    expect((await failing(network)).message).toMatch(/list of posts/)
  })
})

describe('streaming', () => {
  it('catches up first, then takes what arrives, and leaves a place to go on from', async () => {
    const { server, network } = await open({ hashtags: ['coffee', 'tea'] })
    server.token = 't'
    server.statuses.push(inventedStatus(noon - 10 * minute, 'before'))
    const abort = new AbortController()
    const batches: Batch[] = []
    const context = contextOf(network, connector, { signal: abort.signal, secret: () => Promise.resolve('t') })
    const texts = (): string[] => batches.flatMap(({ drafts }) => drafts.map(({ text }) => text))
    for await (const batch of connector.stream!(context)) {
      batches.push(batch)
      if (texts().includes('live')) break
      if (texts().includes('before') && !texts().includes('live')) {
        server.say('{"event":"delete","payload":"1"}')
        server.say('nonsense')
        server.say(
          JSON.stringify({
            stream: ['hashtag', 'tea'],
            event: 'update',
            payload: JSON.stringify(inventedStatus(noon, 'live')),
          }),
        )
      }
    }
    expect(batches.flatMap(({ dropped }) => dropped.map(({ reason }) => reason))).toContain('not JSON')
    expect(server.heard.map((message) => JSON.parse(message) as unknown)).toEqual([
      { type: 'subscribe', stream: 'hashtag', tag: 'tea' },
    ])
    const upgrade = server.requests.find(({ method }) => method === 'UPGRADE')!
    expect(upgrade.url).toBe('/api/v1/streaming?stream=hashtag&tag=coffee')
    expect(upgrade.headers['authorization']).toBe('Bearer t')
    const places = JSON.parse(batches.at(-1)!.cursor!) as Record<string, { newest: { at: number } }>
    expect(places['tea']!.newest.at).toBe(noon)
    expect(places['coffee']!.newest.at).toBe(noon - 10 * minute)
    expect(batches.at(-1)!.detail).toEqual(`streaming from ${server.host}`)
  })

  it('looks at the timelines now and then, for what the stream does not say', async () => {
    const { server, network } = await open({ hashtags: ['coffee', 'tea'] })
    let now = noon
    const texts: string[] = []
    for await (const batch of connector.stream!(contextOf(network, connector, { now: () => now }))) {
      texts.push(...batch.drafts.map(({ text }) => text))
      if (texts.includes('never streamed')) break
      if (server.statuses.length > 0) continue
      server.statuses.push(inventedStatus(noon, 'never streamed'))
      now += 11 * minute
      server.say('{"event":"delete","payload":"1"}')
    }
    expect(texts).toContain('never streamed')
  })

  it('throws when it is refused, so that polling takes over', async () => {
    const { server, network } = await open()
    server.streaming = 'refused'
    const run = async (): Promise<void> => {
      for await (const _ of connector.stream!(contextOf(network, connector))) continue
    }
    await expect(run()).rejects.toMatchObject({ reason: 'rejected', status: 401 })
  })
})

const cassettes = dataFolder('api/mastodon/cassettes')
describe.runIf(cassettes !== null)('recorded answers of a real server', () => {
  it('are read without a single status lost', () => {
    let statuses = 0
    const unread: unknown[] = []
    for (const name of readdirSync(cassettes!).filter((file) => file.endsWith('.yaml'))) {
      const text = readFileSync(join(cassettes!, name), 'utf8')
      for (const [, folded] of text.matchAll(/^ {6}string: '([\s\S]*?)'\n {4}\w/gm)) {
        let body: unknown
        try {
          body = JSON.parse(folded!.replaceAll("''", "'").replace(/\n\n+/g, '\\n').replace(/\n\s*/g, ' '))
        } catch {
          continue
        }
        for (const one of Array.isArray(body) ? body : [body]) {
          if (typeof one !== 'object' || one === null || !('visibility' in one) || !('account' in one)) continue
          statuses++
          const read = readStatus(one, 'localhost')
          if ('reason' in read && read.reason !== 'empty') unread.push([name, read])
        }
      }
    }
    expect(statuses).toBeGreaterThan(50)
    expect(unread).toEqual([])
  })
})
