import { saying } from '#tests/support/saying.ts'
import { afterEach, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import type { Connector, FetchContext } from '#engine/connectors/connector.ts'
import { decodeFeed } from '#engine/connectors/feed/charset.ts'
import { entryToDraft } from '#engine/connectors/feed/entry-to-draft.ts'
import { feed } from '#engine/connectors/feed/feed.ts'
import { parseFeedText } from '#engine/connectors/feed/parse.ts'
import type { Draft } from '#shared/model/mention.ts'
import { feedServer, rssOf } from '#tests/support/feed-server.ts'
import type { FeedServer, InventedItem } from '#tests/support/feed-server.ts'
import { contextOf } from './fixtures/fixture.ts'
import type { Network } from './fixtures/fixture.ts'

const connector = feed as unknown as Connector
const noon = Date.parse('2026-11-20T12:00:00Z')
const minute = 60_000
const servers: FeedServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function open(config: Record<string, unknown> = {}): Promise<{
  server: FeedServer
  poll: (changes?: Partial<FetchContext<unknown>>) => ReturnType<NonNullable<Connector['poll']>>
}> {
  const server = await feedServer()
  servers.push(server)
  const network: Network = {
    config: { url: server.feed, ...config },
    allowPrivate: [server.host],
    put: () => {},
    putWithout: () => {},
    close: async () => {},
  }
  return { server, poll: (changes = {}) => connector.poll!(contextOf(network, connector, changes)) }
}

const items = (count: number, from = 0): InventedItem[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `n${from + i}`,
    title: `Title ${from + i}`,
    text: `<p>Text ${from + i}</p>`,
    at: noon - (1_000 - from - i) * minute,
  }))

const first = (xml: string): Draft => {
  const document = parseFeedText(xml)!
  const draft = entryToDraft(document.entries[0]!, document, 'https://gazette.example/feed.xml')
  if ('reason' in draft) throw new Error(draft.reason)
  return draft
}

describe('asking politely', () => {
  it('asks only for what has changed', async () => {
    const { server, poll } = await open()
    server.body = rssOf(items(3))
    const one = await poll()
    expect(one.drafts).toHaveLength(3)
    const two = await poll({ cursor: one.cursor })
    expect(two).toMatchObject({ drafts: [], cursor: one.cursor })
    expect(server.requests[1]!.headers['if-none-match']).toMatch(/^"/)
    server.body = rssOf(items(4))
    expect((await poll({ cursor: two.cursor })).drafts).toHaveLength(4)
  })

  it('notices by itself that nothing has changed, where the server cannot say', async () => {
    const { server, poll } = await open()
    server.validators = false
    server.body = rssOf(items(3))
    const one = await poll()
    expect((await poll({ cursor: one.cursor })).drafts).toEqual([])
  })

  it('counts an entry that cannot be read once, not with every look', async () => {
    const { server, poll } = await open()
    const nameless = '<item><title>No id</title><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate></item>'
    server.body = rssOf(items(1), nameless)
    const one = await poll()
    expect(one.dropped).toMatchObject([{ reason: 'no id' }])
    server.body = rssOf(items(2), nameless)
    const two = await poll({ cursor: one.cursor })
    expect(two.dropped).toEqual([])
    expect(two.drafts).toHaveLength(2)
  })

  it('says when the feed has moved on by more than it shows', async () => {
    const { server, poll } = await open()
    server.body = rssOf(items(10))
    const one = await poll()
    server.body = rssOf(items(10, 5))
    const two = await poll({ cursor: one.cursor })
    expect(two.gap).toBeNull()
    server.body = rssOf(items(10, 50))
    expect((await poll({ cursor: two.cursor })).gap).toMatchObject({
      from: noon - 986 * minute,
      to: noon - 950 * minute,
    })
  })

  it('goes by the order of the feed, not by its dates, in what it may have missed', async () => {
    const { server, poll } = await open()
    const pinned = { ...items(1)[0]!, id: 'pinned', at: noon - 9_000 * minute }
    server.body = rssOf([pinned, ...items(10)])
    const one = await poll()
    // One that was dated back stands among the new ones, one that is pinned stays on top: still all of the others are new.
    const moved = items(10, 50).map((one, at) => (at === 4 ? { ...one, at: noon - 5_000 * minute } : one))
    server.body = rssOf([pinned, ...moved])
    expect((await poll({ cursor: one.cursor })).gap).toMatchObject({ to: noon })
    server.body = rssOf([pinned, ...items(10, 5).map((one) => ({ ...one, at: noon + 600 * minute }))])
    expect((await poll({ cursor: one.cursor })).gap).toBeNull()
    server.body = rssOf([...items(10, 5)].reverse())
    expect((await poll({ cursor: one.cursor })).gap).toBeNull()
  })

  it('knows an entry again whose id changes with every look', async () => {
    const { server, poll } = await open()
    const ids = new Set<string>()
    let cursor: string | null = null
    for (let look = 0; look < 4; look++) {
      server.body = rssOf(items(3))
        .replace(/(<guid[^>]*>)([^<]*)/g, `$1$2-${look}`)
        .replaceAll(/\/stories\/(\w+)/g, '/stories/$1')
      const batch = await poll({ cursor })
      cursor = batch.cursor
      expect(batch.gap).toBeNull()
      for (const { externalId } of batch.drafts) ids.add(externalId)
    }
    expect(ids.size).toBe(3)
    server.body = rssOf(items(3))
      .replace(/(<guid[^>]*>)([^<]*)/g, '$1$2-9')
      .replace('Text 1', 'Other words')
    for (const { externalId } of (await poll({ cursor })).drafts) ids.add(externalId)
    expect(ids.size).toBe(4)
  })

  it('tells entries apart that look the same and stand side by side', async () => {
    const { server, poll } = await open()
    const twice = (ids: string[]): string =>
      rssOf(ids.map((id) => ({ ...items(1)[0]!, id }))).replaceAll(/\/stories\/\w+/g, '/status')
    server.body = twice(['a', 'b'])
    const one = await poll()
    expect(one.drafts.map(({ externalId }) => externalId)).toEqual(['a', 'b'])
    server.body = twice(['c', 'a', 'b'])
    expect((await poll({ cursor: one.cursor })).drafts.map(({ externalId }) => externalId)).toEqual(['c', 'a', 'b'])
  })

  it('dates an entry without a readable date by when it was first seen, and says so', async () => {
    const { server, poll } = await open()
    server.body = rssOf(
      items(1),
      '<item><guid>u1</guid><title>T</title></item><item><guid>u2</guid><title>T</title><pubDate>soon</pubDate></item>',
    )
    const { drafts, dropped } = await poll()
    expect(dropped).toEqual([])
    const marked = drafts.filter(
      ({ raw }) => (JSON.parse(raw!) as { earshotDate?: string }).earshotDate === 'first seen',
    )
    expect(marked.map(({ externalId, publishedAt }) => [externalId, publishedAt])).toEqual([
      ['u1', noon],
      ['u2', noon],
    ])
  })

  it.each([
    ['<ttl>30</ttl>', 30 * minute],
    ['<ttl>600</ttl>', 60 * minute],
    ['<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">hourly</sy:updatePeriod>', 60 * minute],
    ['<skipHours><hour>12</hour><hour>13</hour></skipHours>', 120 * minute],
    ['<skipHours><hour>3</hour></skipHours>', null],
    ['', null],
  ])('rests as long as it is asked to, within reason: %s', async (channel, waitMs) => {
    const { server, poll } = await open()
    server.body = rssOf(items(1), channel)
    const batch = await poll()
    expect(batch.waitMs).toBe(waitMs)
    expect((await poll({ cursor: batch.cursor })).waitMs).toBe(waitMs)
  })

  it('looks as often as the officer wants, whatever the feed says', async () => {
    const { server, poll } = await open({ everySeconds: 60 })
    server.body = rssOf(items(1), '<ttl>60</ttl>')
    expect((await poll()).waitMs).toBeNull()
  })

  it('shows a name and password, and says when they are missing', async () => {
    const { server, poll } = await open()
    server.body = rssOf(items(1))
    await poll({ secret: (key) => Promise.resolve({ user: 'mira', password: 'wort' }[key] ?? null) })
    expect(server.requests[0]!.headers['authorization']).toBe(`Basic ${btoa('mira:wort')}`)
    server.misbehaviour = { kind: 'status', status: 401 }
    await expect(poll()).rejects.toMatchObject({
      kind: 'user',
      message: saying(/user name and password/),
    })
  })

  it.each<[number, string, RegExp]>([
    [410, 'user', /gone for good/],
    [404, 'operational', /no feed at this address/],
    [500, 'operational', /HTTP 500/],
  ])('HTTP %i', async (status, kind, message) => {
    const { server, poll } = await open()
    server.misbehaviour = { kind: 'status', status }
    await expect(poll()).rejects.toMatchObject({ kind, message: saying(message) })
  })

  it('tells a web page from a feed, and names the feed that it names', async () => {
    const { server, poll } = await open()
    server.body =
      '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/real.xml"></head><body>Hello</body></html>'
    await expect(poll()).rejects.toMatchObject({
      kind: 'user',
      message: saying(/is a web page.*\/real\.xml/),
    })
    server.body = ''
    await expect(poll()).rejects.toMatchObject({ kind: 'operational' })
  })
})

describe('reading an entry', () => {
  it('resolves relative links against what is nearest', () => {
    const draft =
      first(`<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/x/"><title>T</title><entry xml:base="y/"><id>1</id><updated>2026-01-01T00:00:00Z</updated>
      <link href="z.html"/><title>Hi</title><content type="html">&lt;a href="w"&gt;w&lt;/a&gt;</content></entry></feed>`)
    expect(draft.url).toBe('https://a.example/x/y/z.html')
    expect(draft.links).toEqual(['https://a.example/x/y/w'])
  })

  it('takes whom Dublin Core would call the creator by the name of an author, and a place for its language', () => {
    const draft = first(
      '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title><language>pt_BR</language><item><guid>1</guid><pubDate>Mon, 02 Mar 2026 08:15:00 GMT</pubDate><dc:author>Lea Orth</dc:author><description>Hums</description></item></channel></rss>',
    )
    expect(draft).toMatchObject({ author: { name: 'Lea Orth' }, lang: 'pt-BR' })
  })

  it('reads the channels of old desktops, which say everything in attributes', () => {
    const draft = first(
      '<CHANNEL><ITEM HREF="https://a.example/1" LASTMOD="2026-04-06T23:05:43-05:00"><TITLE>Hi</TITLE></ITEM></CHANNEL>',
    )
    expect(draft).toMatchObject({ url: 'https://a.example/1', title: 'Hi' })
    expect(draft.publishedAt).toBe(Date.UTC(2026, 3, 7, 4, 5, 43))
  })

  it('resolves relative links against where the server says that the feed belongs', async () => {
    const { server, poll } = await open()
    server.body = rssOf(items(1)).replace('<link>https://gazette.example/</link>', '')
    server.headers = { 'content-location': 'https://b.example/news/' }
    expect((await poll()).drafts[0]).toMatchObject({ url: 'https://b.example/stories/n0' })
    server.headers = { 'content-location': 'javascript:alert(1)' }
    server.body = rssOf(items(2, 1)).replace('<link>https://gazette.example/</link>', '')
    expect((await poll()).drafts[0]!.url).toBe(`${server.url}/stories/n1`)
  })

  it.each([
    ['lena@example.org (Lena Vogt)', { id: 'lena@example.org', handle: 'Lena Vogt', name: 'Lena Vogt' }],
    ['Lena Vogt', { id: 'Lena Vogt', handle: 'Lena Vogt', name: 'Lena Vogt' }],
    ['lena@example.org', { id: 'lena@example.org', handle: 'lena@example.org' }],
  ])('author %s', (author, expected) => {
    expect(
      first(
        `<rss version="2.0"><channel><item><guid>1</guid><title>x</title><author>${author}</author><pubDate>Thu, 01 Jan 2026 10:00:00 GMT</pubDate></item></channel></rss>`,
      ).author,
    ).toMatchObject(expected)
  })

  it('takes media from enclosures, Media RSS and the text', () => {
    const draft =
      first(`<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><item><guid>1</guid><pubDate>Thu, 01 Jan 2026 10:00:00 GMT</pubDate>
      <description>&lt;img src="a.png"&gt; words</description><enclosure url="https://a.example/e.mp3" type="audio/mpeg" length="1"/><media:content url="https://a.example/v" medium="video"/></item></channel></rss>`)
    expect([...draft.media].sort()).toEqual(['audio', 'image', 'video'])
  })

  it('prefers the date of publication, and takes a change for one when there is no other', () => {
    const entry = (dates: string): number =>
      first(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>x</title>${dates}</entry></feed>`)
        .publishedAt
    expect(entry('<updated>2026-02-02T00:00:00Z</updated><published>2026-01-01T00:00:00Z</published>')).toBe(
      Date.UTC(2026, 0, 1),
    )
    expect(entry('<updated>2026-02-02T00:00:00Z</updated>')).toBe(Date.UTC(2026, 1, 2))
  })

  it.each<[string, string]>([
    [
      'an unescaped ampersand',
      '<rss><channel><item><guid>1</guid><title>Salt & pepper</title><pubDate>Thu, 01 Jan 2026 10:00:00 GMT</pubDate></item></channel></rss>',
    ],
    [
      'undeclared prefixes',
      '<rss><channel><item><guid>1</guid><title>Salt &amp; pepper</title><dc:date>2026-01-01T10:00:00Z</dc:date></item></channel></rss>',
    ],
    [
      'crossed tags',
      '<rss><channel><item><guid>1</guid><title>Salt &amp; pepper</title><b><i></b></i><pubDate>Thu, 01 Jan 2026 10:00:00 GMT</pubDate></item>',
    ],
    [
      'an end in the middle',
      '<rss><channel><item><guid>1</guid><title>Salt &amp; pepper</title><pubDate>Thu, 01 Jan 2026 10:00:00 GMT</pubDate></item><item><title>Ha',
    ],
    [
      'a control character',
      '<rss><channel><item><guid>1</guid><title>Salt\u0008 &amp; pepper</title><pubDate>Thu, 01 Jan 2026 10:00:00 GMT</pubDate></item></channel></rss>',
    ],
    [
      'space before the declaration',
      '\n  <?xml version="1.0"?><rss><channel><item><guid>1</guid><title>Salt &amp; pepper</title><pubDate>Thu, 01 Jan 2026 10:00:00 GMT</pubDate></item></channel></rss>',
    ],
    [
      'entities of its own',
      '<!DOCTYPE rss [<!ENTITY and "&#38;">]><rss><channel><item><guid>1</guid><title>Salt &and; pepper</title><pubDate>Thu, 01 Jan 2026 10:00:00 GMT</pubDate></item></channel></rss>',
    ],
  ])('is patient with %s', (_, xml) => {
    expect(first(xml)).toMatchObject({ title: 'Salt & pepper', publishedAt: Date.UTC(2026, 0, 1, 10) })
  })

  it('is not blown up by entities', () => {
    const laughs = `<!DOCTYPE x [<!ENTITY a "${'ha'.repeat(200)}">${Array.from({ length: 20 }, (_, i) => `<!ENTITY a${i} "${`&a${i - 1};`.repeat(20)}">`).join('')}]>`
    const xml = `${laughs}<rss><channel><item><guid>1</guid><title>x ${'&a;'.repeat(20_000)}&a19;</title><pubDate>Thu, 01 Jan 2026 10:00:00 GMT</pubDate></item></channel></rss>`
    expect(first(xml).title!.length).toBeLessThan(1_200_000)
  })

  it('is the same in every encoding, claimed rightly or wrongly', () => {
    const xml = (encoding: string): string =>
      `<?xml version="1.0" encoding="${encoding}"?><rss><channel><title>Grüße – „Köln“</title></channel></rss>`
    const title = (bytes: Uint8Array, type?: string): string | null => parseFeedText(decodeFeed(bytes, type))!.title
    const expected = 'Grüße – „Köln“'
    expect(title(Buffer.from(xml('utf-8')))).toBe(expected)
    expect(title(Buffer.from(xml('utf-8')), 'text/xml; charset=iso-8859-1')).toBe(expected)
    expect(title(iconv.encode(xml('iso-8859-1'), 'windows-1252'))).toBe(expected)
    expect(title(iconv.encode(xml('utf-8'), 'windows-1252'))).toBe(expected)
    expect(title(iconv.encode(xml('utf-16'), 'utf-16le', { addBOM: true }))).toBe(expected)
    expect(title(iconv.encode(xml('utf-16'), 'utf-16be'))).toBe(expected)
    expect(title(iconv.encode(xml('utf-32'), 'utf-32be', { addBOM: true }))).toBe(expected)
    expect(
      title(
        iconv.encode(
          '<?xml version="1.0" encoding="euc-kr"?><rss><channel><title>안녕</title></channel></rss>',
          'cp949',
        ),
      ),
    ).toBe('안녕')
    expect(
      title(iconv.encode('<rss><channel><title>Привет</title></channel></rss>', 'koi8-r'), 'text/xml; charset=koi8-r'),
    ).toBe('Привет')
  })

  it.each<[string, string]>([
    ['entries inside entries', `<rss><channel>${'<item>'.repeat(300_000)}`],
    ['tags inside tags', `<rss><channel><item>${'<q>'.repeat(500_000)}`],
    ['a document of brackets', `<rss>${'<'.repeat(1_000_000)}`],
    ['links without an end', `<html>${'<link rel=alternate '.repeat(100_000)}`],
    [
      'an author of at signs',
      `<rss><channel><item><guid>1</guid><author>${'@'.repeat(200_000)}(</author></item></channel></rss>`,
    ],
  ])('is not brought to a stop by %s', (_, xml) => {
    const document = parseFeedText(xml)
    for (const entry of document?.entries.slice(0, 10) ?? []) entryToDraft(entry, document!, 'https://gazette.example/')
    expect(document?.entries.length ?? 0).toBeLessThanOrEqual(5_000)
  })

  it('never throws, whatever is done to a feed on its way', () => {
    const whole = rssOf(items(3), '<ttl>5</ttl>')
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(60), fc.string({ unit: 'binary', maxLength: 20 }), (at, cut, junk) => {
        const document = parseFeedText(whole.slice(0, at) + junk + whole.slice(at + cut))
        for (const entry of document?.entries ?? []) entryToDraft(entry, document!, 'https://gazette.example/')
        expect(document === null || document.entries.length <= 4).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

describe('what an entry leads to', () => {
  const one = (entry: string): Draft => {
    const document = parseFeedText(
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><updated>2026-11-20T10:00:00Z</updated><id>f</id><entry><title>T</title><updated>2026-11-20T09:30:00Z</updated>${entry}</entry></feed>`,
    )!
    const draft = entryToDraft(document.entries[0]!, document, 'https://feeds.example/f')
    if ('reason' in draft) throw new Error(draft.reason)
    return draft
  }

  it.each([
    [
      'https://www.google.com/url?rct=j&amp;sa=t&amp;url=https://press.example/a%3Fid%3D7&amp;ct=ga',
      'https://press.example/a?id=7',
    ],
    ['https://www.google.co.uk/url?q=https%3A%2F%2Fpress.example%2Fb&amp;sa=D', 'https://press.example/b'],
    [
      'http://www.bing.com/news/apiclick.aspx?ref=FexRss&amp;url=https%3a%2f%2fpress.example%2fc&amp;c=1',
      'https://press.example/c',
    ],
    ['https://www.google.com/url?url=javascript:alert(1)', 'https://www.google.com/url?url=javascript:alert(1)'],
    [
      'https://www.google.com/search?q=https://press.example/',
      'https://www.google.com/search?q=https://press.example/',
    ],
    [
      'https://google.evil.example/url?url=https://press.example/',
      'https://google.evil.example/url?url=https://press.example/',
    ],
  ])('%s → %s', (href, url) => {
    expect(one(`<id>x</id><link href="${href}"/>`).url).toBe(url)
  })

  it('is its id where that is an address and no link is given', () => {
    expect(one('<id>https://press.example/2026/d</id>').url).toBe('https://press.example/2026/d')
    expect(one('<id>tag:press.example,2026:d</id>').url).toBeNull()
    expect(one('<id>https://press.example/id</id><link href="https://press.example/e"/>').url).toBe(
      'https://press.example/e',
    )
  })

  it.each([
    ['&amp;lt;p&amp;gt;Kaffora: &amp;amp;quot;we are sorry&amp;amp;quot;&amp;lt;/p&amp;gt;', 'Kaffora: "we are sorry"'],
    [
      '&amp;lt;div&amp;gt;Tea &amp;amp;amp; coffee&amp;lt;br/&amp;gt;at noon&amp;lt;/div&amp;gt;',
      'Tea & coffee\nat noon',
    ],
    ['In HTML a &amp;lt;p&amp;gt; begins a paragraph', 'In HTML a <p> begins a paragraph'],
    ['&lt;p&gt;Write &amp;lt;b&amp;gt; for bold&lt;/p&gt;', 'Write <b> for bold'],
  ])('escaped once too often or not: %s', (summary, text) => {
    expect(one(`<id>x</id><summary type="html">${summary}</summary>`).text).toBe(text)
  })
})
