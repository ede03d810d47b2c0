import { afterEach, describe, expect, it } from 'vitest'
import type { Connector } from '#engine/connectors/connector.ts'
import { hackernews } from '#engine/connectors/hackernews/hackernews.ts'
import { readHit } from '#engine/connectors/hackernews/hit.ts'
import { hackerNewsServer, inventedHit } from '#tests/support/hackernews-server.ts'
import type { HackerNewsServer } from '#tests/support/hackernews-server.ts'
import { readAll } from './fixtures/fixture.ts'
import type { Network } from './fixtures/fixture.ts'

const connector = hackernews as unknown as Connector
const noon = Date.parse('2026-11-20T12:00:00Z')
const minute = 60_000
const servers: HackerNewsServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function open(config: Record<string, unknown> = {}): Promise<{ server: HackerNewsServer; network: Network }> {
  const server = await hackerNewsServer()
  servers.push(server)
  return {
    server,
    network: {
      config: { service: server.url, ...config },
      allowPrivate: [server.host],
      put: () => {},
      putWithout: () => {},
      close: async () => {},
    },
  }
}

describe('reading a hit', () => {
  it('knows stories from comments', () => {
    expect(readHit(inventedHit(1, noon, '', { title: 'Show HN: <b>x</b>', url: 'https://shop.example/', story_text: null }))).toMatchObject({
      kind: 'story', title: 'Show HN: <b>x</b>', text: '', links: ['https://shop.example/'], threadId: '1', inReplyTo: null,
      engagement: { likes: 12, reposts: null, replies: 3 }, url: 'https://news.ycombinator.com/item?id=1',
    }) // prettier-ignore
    const comment = readHit(
      inventedHit(
        2,
        noon,
        'It&#x27;s <i>fine</i>.<p>See <a href="https:&#x2F;&#x2F;docs.example&#x2F;a" rel="nofollow">https:&#x2F;&#x2F;docs.example&#x2F;a</a>',
      ),
    )
    expect(comment).toMatchObject({
      kind: 'comment', title: null, text: "It's fine.\n\nSee https://docs.example/a", links: ['https://docs.example/a'], threadId: '40000001',
      inReplyTo: '40000002', engagement: null, author: { id: 'orla_k', url: 'https://news.ycombinator.com/user?id=orla_k' },
    }) // prettier-ignore
  })

  it('drops what was deleted', () => {
    expect(readHit(inventedHit(3, noon, ''))).toMatchObject({ reason: 'empty', where: '3' })
  })
})

describe('searching', () => {
  it('asks for each word by itself, as a phrase', async () => {
    const { server, network } = await open({ terms: ['pump noise', 'kaffora'], kinds: 'comments' })
    server.hits.push(
      inventedHit(1, noon - minute, 'my pump noise'),
      inventedHit(2, noon - minute, 'Kaffora!'),
      inventedHit(3, noon - minute, 'other'),
    )
    const { drafts } = await readAll(network, connector, 0)
    expect(drafts.map(({ externalId }) => externalId)).toEqual(['1', '2'])
    const query = new URL(server.requests[0]!.url, 'http://x').searchParams
    expect(Object.fromEntries(query)).toMatchObject({
      query: '"pump noise"',
      tags: 'comment',
      advancedSyntax: 'true',
      typoTolerance: 'false',
    })
  })

  it('goes back by windows of time until where it was, losing nothing and doubling little', async () => {
    const { server, network } = await open()
    server.hits.push(inventedHit(1, noon - 600 * minute, 'old'))
    const first = await readAll(network, connector, 0)
    server.hits.push(
      ...Array.from({ length: 1_500 }, (_, i) => inventedHit(100 + i, noon - 500 * minute + i * 10_000, `new ${i}`)),
    )
    const second = await readAll(network, connector, 0, { cursor: first.cursor })
    const ids = new Set(second.drafts.map(({ externalId }) => externalId))
    expect(ids.size).toBe(1_501)
    expect(second.gaps).toBe(0)
  })

  it('pages within one second that holds more than a page, and says what it cannot get', async () => {
    const { server, network } = await open()
    server.hits.push(inventedHit(1, noon - 60 * minute, 'old'))
    const first = await readAll(network, connector, 0)
    server.hits.push(...Array.from({ length: 500 }, (_, i) => inventedHit(100 + i, noon - 10 * minute, `burst ${i}`)))
    server.hits.push(...Array.from({ length: 20 }, (_, i) => inventedHit(900 + i, noon - 20 * minute, `before ${i}`)))
    const second = await readAll(network, connector, 0, { cursor: first.cursor })
    expect(new Set(second.drafts.map(({ externalId }) => externalId)).size).toBe(521)
    server.hits.push(
      ...Array.from({ length: 6_000 }, (_, i) => inventedHit(2_000 + i, noon - 5 * minute + i * 40, `flood ${i}`)),
    )
    const third = await readAll(network, connector, 0, { cursor: second.cursor })
    expect(third.gaps).toBe(1)
    expect(third.drafts.length).toBeGreaterThan(4_000)
  })

  it.each([2, 180, 60 * 24 * 30])('a hit dated %i minutes ahead holds nothing up', async (ahead) => {
    const { server, network } = await open()
    server.hits.push(inventedHit(1, noon - 60 * minute, 'old'), inventedHit(9, noon + ahead * minute, 'ahead'))
    let { cursor } = await readAll(network, connector, 0)
    const found: string[] = []
    for (let n = 1; n < 5; n++) {
      const now = noon + n * 5 * minute
      server.hits.push(inventedHit(10 + n, now - 1_000, `after ${n}`))
      const next = await readAll(network, connector, 0, { cursor, now: () => now })
      cursor = next.cursor
      found.push(...next.drafts.map(({ text }) => text).filter((text) => text.startsWith('after')))
    }
    expect(found).toEqual(['after 1', 'after 2', 'after 3', 'after 4'])
  })

  it('hears what reaches the index hours late, once, and nothing from before it began', async () => {
    const { server, network } = await open()
    server.hits.push(inventedHit(1, noon - 60 * minute, 'old'), inventedHit(2, noon - 1_500 * minute, 'before'))
    const first = await readAll(network, connector, 0)
    server.hits.push(inventedHit(3, noon - 300 * minute, 'late'))
    const second = await readAll(network, connector, 0, { cursor: first.cursor })
    expect(second.drafts.map(({ text }) => text)).toEqual(['late'])
    expect((await readAll(network, connector, 0, { cursor: second.cursor })).drafts).toEqual([])
    const old = JSON.stringify({ '': { newest: Math.floor(noon / 1000) - 7_200 } })
    expect((await readAll(network, connector, 0, { cursor: old })).drafts.map(({ text }) => text)).toEqual(['old'])
  })
})
