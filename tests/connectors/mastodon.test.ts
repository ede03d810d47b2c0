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

describe('the order of a timeline is that of its ids', () => {
  const hour = 60 * minute
  const idAt = (at: number, n = 0): string => String((BigInt(at) << 16n) + BigInt(n))
  /** Dated by its author as `at`, listed by its server as `listed`. */
  const delivered = (at: number, listed: number, text: string): ReturnType<typeof inventedStatus> => ({
    ...inventedStatus(at, text),
    id: idAt(listed, text.length),
  })
  const texts = (drafts: { text: string }[]): Set<string> => new Set(drafts.map(({ text }) => text))

  it.each([2 * minute, 3 * hour, 20 * hour, 400 * 24 * hour])(
    'a post dated %i ms ahead holds nothing up',
    async (ahead) => {
      const { server, network } = await open({ hashtags: ['coffee'] })
      server.statuses.push(inventedStatus(noon - 30 * minute, 'before'))
      let { cursor } = await readAll(network, connector, 0)
      server.statuses.push(delivered(noon + ahead, noon - 2 * minute, 'ahead'))
      const second = await readAll(network, connector, 0, { cursor })
      cursor = second.cursor
      const found = texts(second.drafts)
      for (let n = 0; n < 5; n++) {
        const now = noon + n * 4 * minute
        server.statuses.push(inventedStatus(now - 1_000, `after ${n}`))
        const next = await readAll(network, connector, 0, { cursor, now: () => now })
        cursor = next.cursor
        for (const text of texts(next.drafts)) found.add(text)
        expect(next.gaps).toBe(0)
      }
      expect([...found].filter((text) => text !== 'before').sort()).toEqual([
        'after 0',
        'after 1',
        'after 2',
        'after 3',
        'after 4',
        'ahead',
      ])
    },
  )

  it.each([0, 39, 40, 75, 119, 149])('a late one at place %i of 150 ends no way back', async (place) => {
    const { server, network } = await open()
    server.statuses.push(inventedStatus(noon - 200 * minute, 'before'))
    const { cursor } = await readAll(network, connector, 0)
    server.statuses.push(
      ...Array.from({ length: 150 }, (_, i) => inventedStatus(noon - (i + 1) * 36_000, `new ${i}`)),
      delivered(noon - 48 * hour, noon - place * 36_000 - 10_000, 'late'),
    )
    const { drafts, gaps } = await readAll(network, connector, 0, { cursor })
    expect(texts(drafts)).toContain('late')
    expect([...texts(drafts)].filter((text) => text.startsWith('new'))).toHaveLength(150)
    expect(gaps).toBe(0)
  })

  it('passes over ids that are made of a date ahead, and over a clock of ours that is behind', async () => {
    const { server, network } = await open()
    server.statuses.push(inventedStatus(noon - 30 * minute, 'before'), inventedStatus(noon + 3 * hour, 'ahead'))
    const first = await readAll(network, connector, 0)
    server.statuses.push(...Array.from({ length: 90 }, (_, i) => inventedStatus(noon - i * 10_000, `new ${i}`)))
    const second = await readAll(network, connector, 0, { cursor: first.cursor })
    expect([...texts(second.drafts)].filter((text) => text.startsWith('new'))).toHaveLength(90)
    server.statuses.push(
      ...Array.from({ length: 90 }, (_, i) => inventedStatus(noon + 600_000 - i * 2_000, `next ${i}`)),
    )
    const behind = await readAll(network, connector, 0, { cursor: second.cursor, now: () => noon - 5 * hour })
    expect([...texts(behind.drafts)].filter((text) => text.startsWith('next'))).toHaveLength(90)
  })

  it('goes by words that are ids, with one ahead on top', async () => {
    const { server, network } = await open()
    const plain = (n: number): ReturnType<typeof inventedStatus> => ({
      ...inventedStatus(noon - (500 - n) * minute, `n ${n}`),
      id: String(n),
    })
    server.statuses.push(...Array.from({ length: 12 }, (_, i) => plain(i + 1)), plain(900_000))
    const first = await readAll(network, connector, 0)
    server.statuses.push(...Array.from({ length: 130 }, (_, i) => plain(i + 100)))
    const second = await readAll(network, connector, 0, { cursor: first.cursor })
    expect([...texts(second.drafts)].filter((text) => Number(text.slice(2)) >= 100)).toHaveLength(131)
    expect(second.gaps).toBe(0)
    const third = await readAll(network, connector, 0, { cursor: second.cursor })
    expect(third.drafts.length).toBeLessThanOrEqual(40)
  })

  it('begins where a place of old was kept by a date', async () => {
    const { server, network } = await open()
    const top = delivered(noon + 20 * hour, noon - 30 * minute, 'ahead')
    server.statuses.push(top, ...Array.from({ length: 60 }, (_, i) => inventedStatus(noon - i * 20_000, `new ${i}`)))
    const cursor = JSON.stringify({ '*': { newest: { id: top.id, at: noon + 20 * hour }, back: null } })
    const { drafts } = await readAll(network, connector, 0, { cursor })
    expect([...texts(drafts)].filter((text) => text.startsWith('new'))).toHaveLength(60)
  })

  it('looks behind what was streamed for what was not', async () => {
    const { server, network } = await open()
    server.statuses.push(inventedStatus(noon - 60 * minute, 'before'))
    let now = noon
    const heard: string[] = []
    let step = 0
    for await (const batch of connector.stream!(contextOf(network, connector, { now: () => now }))) {
      heard.push(...batch.drafts.map(({ text }) => text))
      if (heard.includes('only listed')) break
      if (step === 0 && heard.includes('before')) {
        step = 1
        server.statuses.push(inventedStatus(noon + 2 * minute, 'only listed'))
        now = noon + 9 * minute
        server.post(inventedStatus(now, 'streamed'))
      } else if (step === 1 && heard.includes('streamed')) {
        step = 2
        now = noon + 21 * minute
        server.say('{"event":"delete","payload":"1"}')
      }
    }
    expect(heard).toContain('only listed')
  })
})

describe('quotes', () => {
  const fallback =
    '<p class="quote-inline">RE: <a href="https://other.example/@a/1" target="_blank"><span class="invisible">https://</span><span>other.example/@a/1</span></a></p>'
  const read = (changes: Record<string, unknown>) => {
    const status = readStatus(inventedStatus(noon, '', changes), 'islands.example')
    if ('reason' in status) throw new Error(status.reason)
    return status
  }

  it('says what the one who quotes says', () => {
    const quote = { state: 'accepted', quoted_status: inventedStatus(noon, 'theirs') }
    const own = '<p>This is <b>us</b>.<br />Really.</p>'
    expect(read({ content: fallback + own, quote })).toMatchObject({
      kind: 'quote',
      text: 'This is us.\nReally.',
      links: [],
    })
    expect(read({ content: own + fallback, quote }).text).toBe('This is us.\nReally.')
    const both = `${fallback}<p>See <a href="https://shop.example/x">https://shop.example/x</a></p>`
    expect(read({ content: both, quote }).links).toEqual(['https://shop.example/x'])
  })

  it('keeps the address where no quote comes with it', () => {
    expect(read({ content: `${fallback}<p>us</p>` }).links).toEqual(['https://other.example/@a/1'])
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
