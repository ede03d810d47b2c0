import { saying } from '#tests/support/saying.ts'
import { afterEach, describe, expect, it } from 'vitest'
import type { Client } from '#engine/api/router.ts'
import type { Engine } from '#engine/engine.ts'
import { feedServer, rssOf } from '#tests/support/feed-server.ts'
import { hackerNewsServer, inventedHit } from '#tests/support/hackernews-server.ts'
import { inventedPost, jetstreamServer } from '#tests/support/jetstream-server.ts'
import { mastodonServer } from '#tests/support/mastodon-server.ts'
import { inventedStatus } from '#tests/support/mastodon-status.ts'
import { openTestEngine } from '#tests/support/engine.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})
const kept = <T extends { close(): Promise<void> }>(one: T): T => {
  open.push(one)
  return one
}

async function station(allowPrivate: string[] = []): Promise<{ engine: Engine; client: Client }> {
  const { engine } = kept(await openTestEngine({ allowPrivate }))
  engine.start()
  return { engine, client: engine.client() }
}

/** Real time passes here: servers, sockets and threads are real. */
async function eventually<T>(look: () => Promise<T | undefined> | T | undefined, what: string): Promise<T> {
  for (let tries = 0; tries < 3_000; tries++) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`Waited in vain: ${what}`)
}

const texts = (engine: Engine): string[] => [...engine.mentionsAfter(0, 1_000_000)].map(({ text }) => text)

describe('five networks at once', () => {
  it('are heard, streaming and polled, and each shows its health', async () => {
    const now = Date.now()
    const mastodon = kept(await mastodonServer())
    const jetstream = kept(await jetstreamServer())
    const news = kept(await hackerNewsServer())
    const gazette = kept(await feedServer())
    mastodon.statuses.push(inventedStatus(now - 60_000, 'From the islands'))
    news.hits.push(inventedHit(41_000_001, now - 60_000, 'From the news'))
    gazette.body = rssOf([{ id: 'g1', title: 'Headline', text: '<p>From the gazette</p>', at: now - 60_000 }])
    const { engine, client } = await station([mastodon.host, jetstream.host, news.host, gazette.host])
    const save = (connector: string, config: Record<string, unknown>): Promise<{ id: string }> =>
      client.sources.save({ connector, name: connector, enabled: true, config, secrets: {} })
    await save('mastodon', { instance: mastodon.url })
    const bluesky = await save('bluesky', { hosts: [jetstream.subscribe], api: jetstream.url })
    await save('hackernews', { service: news.url })
    await save('feed', { url: gazette.feed })
    await eventually(
      () => (jetstream.streams.size > 0 && mastodon.streams.size > 0 ? true : undefined),
      'both streams to open',
    )
    jetstream.emit(inventedPost(now, 'From the sky'))
    mastodon.post(inventedStatus(now, 'Live from the islands'))
    const wanted = ['From the islands', 'From the news', 'From the gazette', 'From the sky', 'Live from the islands']
    await eventually(
      () => (wanted.every((text) => texts(engine).includes(text)) ? true : undefined),
      'all five to be stored',
    )
    const list = await client.sources.list()
    expect(list.map(({ health }) => [health.state, health.error])).toEqual(list.map(() => ['live', null]))
    expect(list.find(({ source }) => source.connector === 'bluesky')?.health.detail).toEqual(
      `streaming from ${jetstream.host}`,
    )

    // Switched off: silent at once, whatever is said there.
    await client.sources.setEnabled({ id: bluesky.id, enabled: false })
    await eventually(() => (jetstream.streams.size === 0 ? true : undefined), 'the stream to close')

    // Switched on again: what was said meanwhile is heard, and nothing twice.
    jetstream.emit(inventedPost(now + 1, 'While it was off'))
    await client.sources.setEnabled({ id: bluesky.id, enabled: true })
    await eventually(() => (texts(engine).includes('While it was off') ? true : undefined), 'the missed post')
    expect(texts(engine).filter((text) => text === 'From the sky')).toHaveLength(1)
  })

  it('are heard again after sleep', async () => {
    const jetstream = kept(await jetstreamServer())
    const { engine, client } = await station([jetstream.host])
    await client.sources.save({
      connector: 'bluesky',
      name: 'B',
      enabled: true,
      config: { hosts: [jetstream.subscribe], lookup: false },
      secrets: {},
    })
    await eventually(() => (jetstream.streams.size > 0 ? true : undefined), 'the stream')
    jetstream.emit(inventedPost(Date.now(), 'before'))
    await eventually(() => (texts(engine).includes('before') ? true : undefined), 'the first post')
    await engine.suspend()
    expect(jetstream.streams.size).toBeLessThanOrEqual(1)
    jetstream.emit(inventedPost(Date.now(), 'asleep'))
    engine.resume()
    await eventually(() => (texts(engine).includes('asleep') ? true : undefined), 'the post that was missed')
    expect((await client.sources.list())[0]!.health).toMatchObject({ consecutiveFailures: 0, error: null, gaps: [] })
  })
})

describe('the calls of a page', () => {
  it('describe every connector, and refuse a wall', async () => {
    const { engine, client } = await station()
    const connectors = await client.sources.connectors()
    expect(connectors.map(({ id }) => id)).toEqual(['mastodon', 'bluesky', 'hackernews', 'feed', 'email', 'file'])
    const wall = engine.client('wall')
    await expect(
      wall.sources.save({
        connector: 'feed',
        name: 'x',
        enabled: true,
        config: { url: 'https://a.example/' },
        secrets: {},
      }),
    ).rejects.toMatchObject({ data: { code: 'wall.onlyShows' } })
    expect(await wall.sources.list()).toEqual([])
  })

  it('name the field that is wrong', async () => {
    const { client } = await station()
    const save = (config: Record<string, unknown>) =>
      client.sources.save({ connector: 'feed', name: 'x', enabled: true, config, secrets: {} })
    await expect(save({ url: 'nonsense' })).rejects.toMatchObject({
      data: { code: 'source.configField', values: { field: 'url' } },
      message: saying(/Address/),
    })
    await expect(client.sources.remove({ id: 'src_none' })).rejects.toMatchObject({ data: { code: 'source.gone' } })
  })

  it('try a source without keeping anything, and never reach into the local network', async () => {
    const gazette = kept(await feedServer())
    gazette.body = rssOf([{ id: 'g1', title: 'Headline', text: 'x', at: Date.now() }])
    const { engine, client } = await station([gazette.host])
    const check = (url: string) =>
      client.sources.check({ connector: 'feed', name: 'x', enabled: true, config: { url }, secrets: {} })
    expect(await check(gazette.feed)).toEqual({ ok: true, message: 'It answers: 1 found.', examples: ['Headline'] })
    const refused = await check('http://169.254.169.254/latest/meta-data/')
    expect(refused).toMatchObject({ ok: false, message: saying(/private address/) })
    expect(texts(engine)).toEqual([])
    expect(await client.sources.list()).toEqual([])
  })

  it('preview and import a file, account for every row, and find its duplicates the second time', async () => {
    const { engine, client } = await station()
    const csv =
      'tweet_id,created_at,name,text\n1,2026-03-01T10:00:00Z,mira,Where is my parcel?\n2,never,jo,No date here\n3,2026-03-01T10:01:00Z,jo\n4,2026-03-01T10:02:00Z,ana,"All &amp; well"\n'
    const file = new File([csv], 'march.csv')
    const preview = await client.sources.previewFile({ file, name: 'march.csv' })
    expect(preview).toMatchObject({
      columns: ['tweet_id', 'created_at', 'name', 'text'],
      mapping: { externalId: 'tweet_id', publishedAt: 'created_at', author: 'name', text: 'text' },
      problems: [saying(/^Line 4: 3 cells/)],
    })
    expect(preview.rows[0]).toEqual({
      tweet_id: '1',
      created_at: '2026-03-01T10:00:00Z',
      name: 'mira',
      text: 'Where is my parcel?',
    })
    const imported = () => client.sources.importFile({ file, name: 'march.csv', sourceName: 'March', mapping: {} })
    expect(await imported()).toMatchObject({
      read: 4, stored: 2, duplicates: 0, dropped: { 'no date': 1, 'wrong number of cells': 1 },
      problems: expect.arrayContaining([{ line: 3, column: 'created_at', message: 'column "created_at": "never" is no date' }, { line: 4, column: 'text', message: '3 cells where the header has 4; missing from column "text"' }]) as unknown,
    }) // prettier-ignore
    expect(await imported()).toMatchObject({ read: 4, stored: 0, duplicates: 2 })
    expect(texts(engine)).toEqual(['Where is my parcel?', 'All & well'])
    const [source] = await client.sources.list()
    expect(source).toMatchObject({
      source: { name: 'March', connector: 'file' },
      network: 'file',
      health: { state: 'finished', detail: 'rows imported: 4' },
    })
    await expect(
      client.sources.importFile({ file: new File([''], 'e.csv'), name: 'e.csv', sourceName: 'E', mapping: {} }),
    ).rejects.toMatchObject({ data: { code: 'file.isEmpty' }, message: 'e.csv is empty.' })
  })
})
