import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { bluesky } from '#engine/connectors/bluesky/bluesky.ts'
import { JetstreamEvent, publishedAt, readPost } from '#engine/connectors/bluesky/post.ts'
import { termFilter } from '#engine/connectors/bluesky/terms.ts'
import type { Batch, Connector } from '#engine/connectors/connector.ts'
import { parseDate } from '#engine/connectors/text/dates.ts'
import type { Draft } from '#shared/model/mention.ts'
import { dataFolder } from '#tests/support/data-folder.ts'
import { inventedPost, jetstreamServer } from '#tests/support/jetstream-server.ts'
import type { JetstreamServer } from '#tests/support/jetstream-server.ts'
import { contextOf } from './fixtures/fixture.ts'
import type { Network } from './fixtures/fixture.ts'

const connector = bluesky as unknown as Connector
const noon = Date.parse('2026-11-20T12:00:00Z')
const servers: JetstreamServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function open(count = 1): Promise<{ server: JetstreamServer; others: JetstreamServer[]; network: Network }> {
  const all = await Promise.all(Array.from({ length: count }, () => jetstreamServer()))
  servers.push(...all)
  const server = all[0]!
  const config = { hosts: all.map(({ subscribe }) => subscribe), api: server.url }
  return {
    server,
    others: all.slice(1),
    network: {
      config,
      allowPrivate: all.map(({ host }) => host),
      put: () => {},
      putWithout: () => {},
      close: async () => {},
    },
  }
}

const place = (at: number, host = 0): string => JSON.stringify({ us: at * 1000, host })

/** Streams until `enough` says so, or until it ends by itself. */
async function listen(
  network: Network,
  cursor: string | null,
  enough: (batches: Batch[]) => boolean,
): Promise<Batch[]> {
  const batches: Batch[] = []
  for await (const batch of connector.stream!(contextOf(network, connector, { cursor }))) {
    batches.push(batch)
    if (enough(batches)) break
  }
  return batches
}
const drafts = (batches: Batch[]): Draft[] => batches.flatMap((batch) => batch.drafts)

describe('reading a post', () => {
  const all = (): boolean => true
  const read = (record: Record<string, unknown>, text = 'hello'): Draft => {
    const post = readPost(JetstreamEvent.parse(inventedPost(noon, text, record)), all)
    if (post === undefined || 'reason' in post) throw new Error(String(post?.reason))
    return post
  }

  it('takes links of facets and cards, not of the shortened text', () => {
    const facets = [
      { features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://shop.example/a/long/path' }] },
      {
        features: [
          { $type: 'app.bsky.richtext.facet#tag', tag: 'coffee' },
          { $type: 'app.bsky.richtext.facet#link', uri: 'javascript:alert(1)' },
        ],
      },
      { features: 'broken' },
      null,
    ]
    const embed = { $type: 'app.bsky.embed.external', external: { uri: 'https://news.example/story', title: 'T' } }
    expect(read({ facets, embed }, 'see shop.example/a/lo…').links).toEqual([
      'https://shop.example/a/long/path',
      'https://news.example/story',
    ])
  })

  it.each([
    [
      { reply: { root: { uri: 'at://r' }, parent: { uri: 'at://p' } } },
      { kind: 'reply', threadId: 'at://r', inReplyTo: 'at://p' },
    ],
    [{ embed: { $type: 'app.bsky.embed.record', record: { uri: 'at://q' } } }, { kind: 'quote' }],
    [
      { embed: { $type: 'app.bsky.embed.recordWithMedia', media: { $type: 'app.bsky.embed.images', images: [] } } },
      { kind: 'quote', media: ['image'] },
    ],
    [{ embed: { $type: 'app.bsky.embed.video' } }, { media: ['video'] }],
    [{ langs: ['pt-BR', 'en'] }, { lang: 'pt-BR' }],
    [{ langs: ['not a language'] }, { lang: null }],
    [
      { langs: null, facets: 7, embed: 'x', reply: 1 },
      { kind: 'post', lang: null, links: [] },
    ],
  ])('%o', (record, expected) => {
    expect(read(record)).toMatchObject(expected)
  })

  it('has an address, an id and its author as the network writes them', () => {
    const draft = read({})
    const did = 'did:plc:earshotexample0000000001'
    expect(draft.externalId).toMatch(new RegExp(`^at://${did}/app.bsky.feed.post/3k`))
    expect(draft.url).toMatch(new RegExp(`^https://bsky.app/profile/${did}/post/3k`))
    expect(draft.author).toEqual({
      id: did,
      handle: did,
      name: null,
      url: `https://bsky.app/profile/${did}`,
      followers: null,
    })
  })

  it.each([
    ['said a second ago', noon - 1_000, noon - 1_000],
    ['14 minutes ago, from a slow server', noon - 14 * 60_000, noon - 14 * 60_000],
    ['years ago: an imported archive', Date.UTC(2012, 1, 1), noon],
    ['in an hour: a wrong clock', noon + 3_600_000, noon],
    ['no date at all', null, noon],
  ])('believes createdAt only near the time it was seen: %s', (_, said, expected) => {
    expect(publishedAt(said === null ? 'whenever' : new Date(said).toISOString(), noon * 1000)).toBe(expected)
  })

  it('passes over everything that is no new post', () => {
    const event = inventedPost(noon, 'x')
    for (const change of [
      { commit: { ...event.commit, operation: 'delete', record: undefined } },
      { commit: { ...event.commit, collection: 'app.bsky.feed.like' } },
      { kind: 'identity', commit: undefined },
    ]) {
      expect(readPost(JetstreamEvent.parse({ ...event, ...change }), all)).toBeUndefined()
    }
  })
})

describe('hashtags that the text does not hold', () => {
  const tag = (name: unknown): object => ({ features: [{ $type: 'app.bsky.richtext.facet#tag', tag: name }] })
  const read = (text: string, record: Record<string, unknown>): Draft | undefined => {
    const post = readPost(JetstreamEvent.parse(inventedPost(noon, text, record)), termFilter(['kaffora']))
    return post === undefined || 'reason' in post ? undefined : post
  }

  it.each([
    ['Broken again', { tags: ['Kaffora', 'coffee machine'] }, 'Broken again\n\n#Kaffora #coffee_machine'],
    ['Broken again #kaff…', { facets: [tag('kaffora')] }, 'Broken again #kaff…\n\n#kaffora'],
    ['Broken #Kaffora', { tags: ['kaffora'], facets: [tag('kaffora')] }, 'Broken #Kaffora'],
    ['', { tags: ['#kaffora', 7, null, ''] }, '#kaffora'],
    ['Broken #kafforas', { tags: ['kaffora'] }, 'Broken #kafforas\n\n#kaffora'],
  ])('%s with %o', (text, record, shown) => {
    expect(read(text, record)?.text).toBe(shown)
  })

  it('are no reason to hear what is about something else', () => {
    expect(read('Broken', { tags: ['coffee'], facets: [tag('tea'), tag({}), null] })).toBeUndefined()
  })
})

describe('the sieve of words', () => {
  it.each([
    ['kaffora', 'I love my KAFFORA!', true],
    ['kaffora', 'kafforas everywhere', true],
    ['kaffora', 'mykaffora', false],
    ['café', 'the CAFE is open', true],
    ['pump noise', 'that pump, noise again', true],
    ['c++', 'writing c++ all day', true],
    ['#kaffora', 'so #Kaffora', true],
    ['珈琲', '美味しい珈琲です', true],
    ['☕', 'time for ☕', true],
    ['kaf*', 'kaffee', true],
  ])('%s in "%s": %s', (term, text, passes) => {
    expect(termFilter([term])(text)).toBe(passes)
  })

  it('lets everything through when there are no words', () => {
    expect(termFilter([])('anything')).toBe(true)
    expect(termFilter(['  '])('anything')).toBe(true)
  })
})

describe('the stream', () => {
  it('goes on some seconds before its place, and keeps its place even when nothing passes', async () => {
    const { server, network } = await open()
    network.config['terms'] = ['coffee']
    server.emit(inventedPost(noon - 30_000, 'coffee, late'))
    server.emit(inventedPost(noon, 'tea'))
    server.emit(inventedPost(noon + 1, 'coffee'))
    const batches = await listen(network, place(noon), (all) => drafts(all).length >= 2)
    expect(drafts(batches).map(({ text }) => text)).toEqual(['coffee, late', 'coffee'])
    expect(JSON.parse(batches.at(-1)!.cursor!)).toEqual({ us: (noon + 1) * 1000, host: 0 })
    expect(new URL(server.requests[0]!.url, 'ws://x').searchParams.get('wantedCollections')).toBe('app.bsky.feed.post')
  })

  it('finds out who wrote, once for each person, and does without when it cannot', async () => {
    const { server, network } = await open()
    const [ana, bo] = ['did:plc:ana0000000000000000example', 'did:plc:bo00000000000000000example']
    server.profiles.push({ did: ana!, handle: 'ana.example', displayName: 'Ana', followersCount: 12_000 })
    for (const did of [ana!, bo!, ana!]) server.emit(inventedPost(noon, 'hi', {}, did))
    const found = drafts(await listen(network, place(noon), (all) => drafts(all).length >= 3))
    expect(found[0]!.author).toEqual({
      id: ana,
      handle: '@ana.example',
      name: 'Ana',
      url: `https://bsky.app/profile/${ana}`,
      followers: 12_000,
    })
    expect(found[1]!.author).toEqual({
      id: bo,
      handle: bo,
      name: null,
      url: `https://bsky.app/profile/${bo}`,
      followers: null,
    })
    server.misbehaviour = { kind: 'status', status: 500 }
    const stranger = 'did:plc:cy00000000000000000example'
    server.emit(inventedPost(noon + 10_000, 'hey', {}, stranger))
    const later = drafts(await listen(network, place(noon + 70_000), (all) => drafts(all).length >= 1))
    expect(later.find(({ text }) => text === 'hey')?.author?.handle).toBe(stranger)
  })

  it('asks the next server when one does not open', async () => {
    const { server, others, network } = await open(2)
    server.behaviour = 'refused'
    others[0]!.emit(inventedPost(noon, 'from the second'))
    const batches = await listen(network, place(noon), (all) => drafts(all).length >= 1)
    expect(drafts(batches)[0]!.text).toBe('from the second')
    expect(JSON.parse(batches.at(-1)!.cursor!)).toMatchObject({ host: 1 })
  })

  it('says when none can be reached, and when to come back', async () => {
    const { server, network } = await open()
    server.behaviour = 'refused'
    await expect(listen(network, place(noon), () => false)).rejects.toMatchObject({
      kind: 'operational',
      retryAfterMs: 7_000,
    })
  })

  it('names the next server in its place when one breaks off', async () => {
    const { server, network } = await open(2)
    server.emit(inventedPost(noon, 'one'))
    server.behaviour = 'drops'
    const batches: Batch[] = []
    await (async () => {
      for await (const batch of connector.stream!(contextOf(network, connector, { cursor: place(noon) })))
        batches.push(batch)
    })().catch(() => {})
    const last = batches.filter(({ cursor }) => cursor !== null).at(-1)!
    expect(JSON.parse(last.cursor!)).toMatchObject({ host: 1 })
  })

  it('reports a gap when its place is older than what the server has kept', async () => {
    const { server, network } = await open()
    server.events.push(inventedPost(noon, 'first that is left'))
    const batches = await listen(network, place(noon - 3 * 3_600_000), (all) => drafts(all).length >= 1)
    expect(batches.find(({ gap }) => gap !== null)?.gap).toMatchObject({ from: noon - 3 * 3_600_000, to: noon })
    server.behaviour = 'tooOld'
    const refused = await listen(network, place(noon - 3 * 3_600_000), (all) => all.length >= 2)
    expect(refused[0]!.gap).toMatchObject({ from: noon - 3 * 3_600_000 })
    expect(server.requests.at(-1)!.url).not.toContain('cursor')
  })

  it('loses nothing behind an event that is ahead of its time', async () => {
    const { server, network } = await open()
    server.emit(inventedPost(noon - 60_000, 'one'))
    server.emit(inventedPost(noon + 7 * 3_600_000, 'ahead'))
    const first = await listen(network, place(noon - 60_000), (all) => drafts(all).length >= 2)
    server.emit(inventedPost(noon - 30_000, 'two'))
    const cursor = first.at(-1)!.cursor
    const again = await listen(network, cursor, (all) => drafts(all).some(({ text }) => text === 'two'))
    expect(drafts(again).map(({ text }) => text)).toContain('two')
  })

  it('drops what is no event, and goes on', async () => {
    const { server, network } = await open()
    const reading = listen(network, null, (all) => drafts(all).length >= 1)
    while (server.streams.size === 0) await new Promise((resolve) => setImmediate(resolve))
    for (const message of ['nonsense', '{"kind":"commit"}', '[]']) server.say(message)
    server.emit(inventedPost(noon, 'still here'))
    const batches = await reading
    expect(batches.flatMap(({ dropped }) => dropped)).toHaveLength(3)
    expect(drafts(batches)[0]!.text).toBe('still here')
  })
})

const interop = dataFolder('api/bluesky/interop/syntax')
describe.runIf(interop !== null)('the official vectors', () => {
  const lines = (name: string): string[] =>
    readFileSync(join(interop!, name), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.startsWith('#'))
  const accepted = (did: string): boolean => {
    const post = readPost(JetstreamEvent.parse({ ...inventedPost(noon, 'x'), did }), () => true)
    return post !== undefined && !('reason' in post)
  }

  it('valid DIDs are accepted, invalid ones dropped', () => {
    for (const did of lines('did_syntax_valid.txt')) expect([did, accepted(did)]).toEqual([did, true])
    for (const did of lines('did_syntax_invalid.txt')) expect([did, accepted(did)]).toEqual([did, false])
  })

  it('valid record keys are accepted, invalid ones dropped', () => {
    const rkey = (key: string): boolean => {
      const event = inventedPost(noon, 'x')
      const post = readPost(JetstreamEvent.parse({ ...event, commit: { ...event.commit, rkey: key } }), () => true)
      return post !== undefined && !('reason' in post)
    }
    for (const key of lines('recordkey_syntax_valid.txt')) expect([key, rkey(key)]).toEqual([key, true])
    for (const key of lines('recordkey_syntax_invalid.txt')) expect([key, rkey(key)]).toEqual([key, false])
  })

  it('valid datetimes of this age are read, impossible ones are not', () => {
    for (const text of lines('datetime_syntax_valid.txt').filter((one) => /^(19[7-9]|20)/.test(one))) {
      expect([text, parseDate(text)]).toEqual([text, Date.parse(text.replace(/(\.\d{3})\d+/, '$1'))])
    }
    for (const text of lines('datetime_parse_invalid.txt')) expect([text, parseDate(text)]).toEqual([text, null])
  })
})
