import { afterEach, describe, expect, it } from 'vitest'
import { Draft } from '#shared/model/mention.ts'
import { ConnectorInfo } from '#shared/contract/sources.ts'
import { connectors } from '#engine/connectors/registry.ts'
import { RAW_LIMIT } from '#engine/connectors/text/raw.ts'
import { blueskyFixture } from './fixtures/bluesky.ts'
import { emailFixture } from './fixtures/email.ts'
import { feedFixture } from './fixtures/feed.ts'
import { fileFixture } from './fixtures/file.ts'
import { contextOf, readAll } from './fixtures/fixture.ts'
import type { Fixture, Item, Network, Read } from './fixtures/fixture.ts'
import { hackernewsFixture } from './fixtures/hackernews.ts'
import { mastodonFixture } from './fixtures/mastodon.ts'
import { templateFixture } from './fixtures/template.ts'

const fixtures: Fixture[] = [mastodonFixture, blueskyFixture, hackernewsFixture, feedFixture, emailFixture, fileFixture]
/** The template keeps the contract too, or copying it would start with a failing test. */
const tested: Fixture[] = [...fixtures, templateFixture]
const noon = Date.parse('2026-11-20T12:00:00Z')
const item = (key: string, minutesAgo: number, text = `Post ${key} about coffee`): Item => ({
  key,
  at: noon - minutesAgo * 60_000,
  text,
})

/** A position before everything that the tests put there, for networks that only replay behind a cursor. */
const beginning = (fixture: Fixture): string | null =>
  fixture.connector.id === 'bluesky' ? JSON.stringify({ us: (noon - 3_600_000) * 1000, host: 0 }) : null

describe('every connector', () => {
  it('has a fixture here and is registered once', () => {
    expect(fixtures.map(({ connector }) => connector.id).sort()).toEqual(connectors.map(({ id }) => id).sort())
    expect(new Set(connectors.map(({ id }) => id)).size).toBe(connectors.length)
  })

  it.each(connectors)('$id describes itself for the form that sets it up', (connector) => {
    expect(ConnectorInfo.parse(connector)).toBeTruthy()
    expect(Boolean(connector.poll) || Boolean(connector.stream)).toBe(true)
    expect(connector.minIntervalMs).toBeGreaterThan(0)
    expect(connector.intervalMs).toBeGreaterThanOrEqual(connector.minIntervalMs)
    expect(connector.config.safeParse({}).success || connector.fields.some(({ required }) => required)).toBe(true)
  })
})

describe.each(tested)('the connector $connector.id', (fixture) => {
  const { connector } = fixture
  const networks: Network[] = []
  const open = async (): Promise<Network> => {
    const network = await fixture.open()
    networks.push(network)
    return network
  }
  afterEach(async () => {
    for (const network of networks.splice(0)) await network.close()
  })
  const read = (
    network: Network,
    expected: number,
    cursor = beginning(fixture),
    overlapMs = 60_000,
  ): ReturnType<typeof readAll> => readAll(network, connector, expected, { cursor, overlapMs })

  it('makes drafts that fit the model, with the dates and words of the network', async () => {
    const network = await open()
    network.put([item('a', 30), item('b', 20), item('c', 10)])
    const { drafts, dropped } = await read(network, 3)
    expect(dropped).toEqual([])
    expect(drafts.map(({ publishedAt }) => publishedAt).sort()).toEqual(
      [30, 20, 10].map((minutes) => noon - minutes * 60_000),
    )
    expect(new Set(drafts.map(({ externalId }) => externalId)).size).toBe(3)
    for (const draft of drafts) {
      expect(Draft.parse(draft)).toEqual(draft)
      expect(draft.text).toMatch(/^Post [abc] about coffee$/)
      expect(draft.raw === null || draft.raw.length <= RAW_LIMIT).toBe(true)
      expect(() => JSON.parse(draft.raw ?? 'null')).not.toThrow()
    }
  })

  it('never invents an id, nor a date without saying so', async () => {
    const network = await open()
    network.put([item('a', 30)])
    network.putWithout('date', item('b', 20))
    network.putWithout('id', item('c', 10))
    const { drafts, dropped } = await read(network, 3)
    const { undated, withoutId } = fixture
    const marked = drafts.filter(({ raw }) => raw?.includes('"earshotDate":"first seen"'))
    expect(marked.map(({ publishedAt }) => publishedAt)).toEqual(undated === 'first seen' ? [noon] : [])
    const reasons = [...(undated === 'first seen' ? [] : [undated.dropped]), ...(withoutId === null ? [] : [withoutId])]
    expect(dropped.map(({ reason }) => reason).sort()).toEqual(reasons.sort())
    expect(drafts).toHaveLength(3 - reasons.length)
    for (const draft of drafts) if (!marked.includes(draft)) expect(draft.publishedAt).toBeLessThan(noon)
  })

  it('never invents an author', async () => {
    const network = await open()
    network.put([item('a', 30)])
    network.putWithoutAuthor?.(item('b', 20))
    const { drafts } = await read(network, network.putWithoutAuthor ? 2 : 1)
    const nameless = drafts.filter(({ author }) => author === null)
    expect(nameless).toHaveLength(connector.id === 'feed' ? 2 : network.putWithoutAuthor ? 1 : 0)
    for (const { author } of drafts) expect(author?.followers ?? null).toBe(connector.id === 'mastodon' ? 321 : null)
  })

  it('strips hostile markup to its text', async () => {
    const network = await open()
    const evil =
      'before <script>alert(1)</script><img src=x onerror=alert(2)><a href="javascript:alert(3)">link</a><style>p{}</style> after'
    network.put([item('a', 30, evil)])
    const { drafts } = await read(network, 1)
    const [draft] = drafts
    expect(draft!.links.join(' ')).not.toContain('javascript')
    if (fixture.markup === 'html') {
      expect(draft!.text).not.toMatch(/<script|onerror|alert\(|p\{\}|</)
      expect(draft!.text).toMatch(/^before\s+link\s+after$/)
    } else expect(draft!.text).toBe(evil)
  })

  it('keeps no payload above 64 KiB', async () => {
    const network = await open()
    network.put([item('a', 30, `long ${'ä '.repeat(50_000)}`)])
    const { drafts } = await read(network, 1)
    expect(drafts[0]!.raw).toBeNull()
    expect(drafts[0]!.text.startsWith('long ä')).toBe(true)
  })

  it('goes on behind its cursor and brings what is new', async () => {
    const network = await open()
    network.put([item('a', 30), item('b', 20)])
    const first = await read(network, 2)
    expect(typeof first.cursor).toBe('string')
    network.put([item('c', 5)])
    const second = await read(network, 1, first.cursor, 0)
    expect(second.drafts.map(({ text }) => text)).toContain('Post c about coffee')
    expect(second.drafts.map(({ text }) => text)).not.toContain(
      connector.id === 'feed' ? 'nothing' : 'Post a about coffee',
    )
    expect(second.gaps).toBe(0)
  })

  it.runIf(fixture.overlaps)('looks behind its cursor for late arrivals', async () => {
    const network = await open()
    network.put([item('a', 30), item('b', 10)])
    const first = await read(network, 2)
    network.put([item('c', 10.5), item('d', 5)])
    const second = await read(network, 2, first.cursor, 60_000)
    expect(second.drafts.map(({ text }) => text)).toContain('Post c about coffee')
  })

  /** The next look, or as much of a stream as it takes to hear `text`. */
  const until = async (network: Network, text: string, cursor: string | null): Promise<Read> => {
    if (connector.poll) return read(network, 0, cursor)
    const heard: Read = { drafts: [], dropped: [], cursor, gaps: 0 }
    for await (const batch of connector.stream!(contextOf(network, connector, { cursor }))) {
      heard.drafts.push(...batch.drafts)
      heard.cursor = batch.cursor ?? heard.cursor
      if (batch.gap) heard.gaps++
      if (batch.finished || heard.drafts.some((draft) => draft.text === text)) break
    }
    return heard
  }
  const post = (key: string): string => `Post ${key} about coffee`
  const texts = ({ drafts }: Read): string[] => drafts.map(({ text }) => text)
  const hour = 3_600_000

  it.each([90_000, 3 * hour, 20 * hour, 400 * 24 * hour])(
    'hears what comes after one dated %i ms ahead',
    async (ms) => {
      const network = await open()
      network.put([item('a', 30), item('b', 20)])
      let { cursor } = await read(network, 2)
      network.put([{ ...item('c', 0), at: noon + ms }])
      cursor = (await until(network, post('c'), cursor)).cursor
      network.put([item('d', 5)])
      const first = await until(network, post('d'), cursor)
      expect(texts(first)).toContain(post('d'))
      network.put([item('e', 4)])
      const second = await until(network, post('e'), first.cursor)
      expect(texts(second)).toContain(post('e'))
      expect(first.gaps + second.gaps).toBe(0)
    },
  )

  it('hears one that is dated back, wherever it is listed', async () => {
    const network = await open()
    network.put([item('a', 30), item('b', 20)])
    const { cursor } = await read(network, 2)
    network.put([item('c', 3), { ...item('d', 180), listedAt: noon - 2 * 60_000 }, item('e', 1)])
    const heard = await until(network, post('e'), cursor)
    expect(texts(heard)).toEqual(expect.arrayContaining(['c', 'd', 'e'].map(post)))
    expect(heard.gaps).toBe(0)
  })

  it('hears again what was read before an interruption and never kept', async () => {
    const network = await open()
    network.put([item('a', 30), item('b', 20)])
    const { cursor } = await read(network, 2)
    network.put([item('c', 5), item('d', 4)])
    await until(network, post('d'), cursor)
    const again = await until(network, post('d'), cursor)
    expect(texts(again)).toEqual(expect.arrayContaining([post('c'), post('d')]))
  })

  it('hears all, whatever order their ids are in', async () => {
    const network = await open()
    network.put([item('z', 30), item('m', 20), item('a', 10)])
    const first = await read(network, 3)
    expect(texts(first).sort()).toEqual(['a', 'm', 'z'].map(post))
    network.put([item('q', 5)])
    expect(texts(await until(network, post('q'), first.cursor))).toContain(post('q'))
  })

  // An event of Jetstream is made once; what is edited there is no new post.
  it.runIf(connector.id !== 'bluesky')('gives one that comes twice, or edited, one id', async () => {
    const network = await open()
    network.put([item('a', 30), item('b', 20), item('b', 20)])
    const first = await read(network, 3)
    network.put([item('b', 20, 'Post b about tea'), item('c', 5)])
    const second = await until(network, post('c'), first.cursor)
    const ids = new Set([...first.drafts, ...second.drafts].map(({ externalId }) => externalId))
    expect(ids.size).toBe(3)
  })

  it('survives a cursor that is none', async () => {
    const network = await open()
    network.put([item('a', 30)])
    for (const cursor of ['garbage', '[]', '{"x":1}']) {
      if (connector.id === 'bluesky') {
        // Without a place it listens from now on: what comes next is heard.
        const reading = readAll(network, connector, 1, { cursor })
        const later = setInterval(() => network.put([item('n', 1)]), 20)
        expect((await reading.finally(() => clearInterval(later))).drafts).toHaveLength(1)
      } else expect((await readAll(network, connector, 1, { cursor })).drafts).toHaveLength(1)
    }
  })

  it('gives up when it is told to', async () => {
    const network = await open()
    network.put([item('a', 30)])
    await expect(
      readAll(network, connector, 9, { signal: AbortSignal.abort(), cursor: beginning(fixture) }),
    ).rejects.toThrow(/abort|given up|Abort/i)
    if (!network.misbehave) return
    network.misbehave({ kind: 'hang' })
    const abort = new AbortController()
    const pending = readAll(network, connector, 9, { signal: abort.signal, cursor: beginning(fixture) })
    setImmediate(() => abort.abort())
    await expect(pending).rejects.toThrow(/abort|given up|Abort/i)
  })

  it.runIf(connector.poll && fixture.speaks !== 'imap')('says who must act when the network fails', async () => {
    const network = await open()
    const context = contextOf(network, connector)
    const failing = async (
      how: Parameters<NonNullable<Network['misbehave']>>[0],
    ): Promise<{ kind?: string; message: string; retryAfterMs?: number | null }> => {
      network.misbehave!(how)
      return connector.poll!(context).then(
        () => ({ message: 'It resolved' }),
        (error: Error) => error,
      )
    }
    expect(await failing({ kind: 'status', status: 503, headers: { 'retry-after': '9' } })).toMatchObject({
      kind: 'operational',
      retryAfterMs: 9_000,
    })
    const date = new Date(context.now() + 90_000).toUTCString()
    expect(await failing({ kind: 'status', status: 429, headers: { 'retry-after': date } })).toMatchObject({
      kind: 'operational',
      retryAfterMs: 90_000,
    })
    expect(await failing({ kind: 'truncate' })).toMatchObject({ reason: 'truncated' })
    expect((await failing({ kind: 'garbage' })).message).not.toBe('It resolved')
    expect((await failing({ kind: 'reset' })).message).toMatch(/127\.0\.0\.1/)
  })
})
