import { parse } from 'csv-parse/sync'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Channel } from '#shared/model/handoff.ts'
import type { Draft } from '#shared/model/mention.ts'
import { MentionFilter } from '#shared/contract/mentions.ts'
import type { Client } from '#engine/api/router.ts'
import { readCursor } from '#engine/connectors/incoming.ts'
import { readHit } from '#engine/connectors/hackernews/hit.ts'
import { readStatus } from '#engine/connectors/mastodon/status.ts'
import { testPayload } from '#engine/handoffs/payload.ts'
import { send } from '#engine/handoffs/send.ts'
import { fillTemplate, jsonText, urlText } from '#engine/handoffs/template.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { createHttp } from '#engine/platform/http-client.ts'
import { createMailer } from '#engine/platform/mailer.ts'
import { csvLine } from '#engine/review/csv.ts'
import { connectionOf } from '#engine/store/connections.ts'
import { readContent } from '#tests/connectors/reading-files.ts'
import { webhookReceiver } from '#tests/engine/handoffs/receivers.ts'
import { openTestEngine } from '#tests/support/engine.ts'

/** What a hostile person writes, each for another reader: markup, terminals, sheets, chats, trackers, mail, SQL, JSON, paths. */
const hostile = [
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  '[click](javascript:alert(1)) ![x](http://evil.example/x.png)',
  '\u001b[2J\u001b]0;owned\u0007',
  '=HYPERLINK("http://evil.example","x")',
  "+1+cmd|' /C calc'!A0",
  '@SUM(1)',
  '\t=1+1',
  'a;=1+1',
  'a\n=1+1',
  '<!channel> <@U123> <http://evil.example|bank>',
  '@all @here @channel #1 !1 /close',
  'x\r\nBcc: c@evil.example\r\n\r\nbody',
  "'); DROP TABLE mention; --",
  '" OR 1=1 --',
  '","admin":true,"x":"',
  '\\","admin":true}//',
  '{{secret.token}} {{desk}} ${process.env.HOME} $1 $& %s %n',
  '../../../../etc/passwd',
  'C:\\..\\..\\boot.ini',
  '__proto__',
  'constructor',
  'a\u0000b\ud800',
  '\u202egnp.exe',
]

describe('a template that hands off', () => {
  const values = { text: 'words', name: 'Mira' }

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'])(
    'knows no placeholder {{%s}}',
    (name) => {
      for (const escape of [jsonText, urlText])
        expect(fillTemplate(`a {{${name}}} b`, values, escape)).toMatchObject({ ok: false })
    },
  )

  it.each(hostile)('fills in %j as words: no field, no part of an address, no other placeholder', (text) => {
    const body = fillTemplate('{"title": "{{text}}", "name": "{{name}}"}', { text, name: text }, jsonText)
    expect(body.ok && JSON.parse(body.value)).toEqual({ title: text, name: text })
    const address = fillTemplate('https://t.example/new?title={{text}}&to={{name}}#x', { text, name: 'Mira' }, urlText)
    const url = new URL(address.ok ? address.value : '')
    expect([...url.searchParams.keys()]).toEqual(['title', 'to'])
    expect(url.searchParams.get('title')).toBe(text.toWellFormed())
    expect([url.host, url.pathname, url.hash]).toEqual(['t.example', '/new', '#x'])
  })
})

describe('a hand-off of hostile words', () => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  it.each(['webhook', 'chat', 'tracker'] as const)(
    'by %s is one request with the fields that it always has',
    async (kind) => {
      const receiver = await webhookReceiver()
      const http = createHttp({ clock: systemClock, allowPrivate: ['127.0.0.1'], spacingMs: 0 })
      closing.push(receiver.close, () => http.close())
      const config: Record<string, string> =
        kind === 'tracker'
          ? { url: `${receiver.url}?t={{text}}`, headers: '{"x-title": "fixed"}', body: '{"title": "{{text}}"}' }
          : { url: receiver.url }
      const channel: Channel = { id: 'c', deskId: 'd', kind, name: 'n', enabled: true, config }
      const plain = testPayload('out_000000000000', 'st', { id: 'd', name: 'Care' }, 0)
      const keys = (value: unknown): unknown =>
        value !== null && typeof value === 'object' && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, keys(inner)]))
          : typeof value
      const mention = { ...plain.mention, author: 'a', authorName: 'a', title: 'a', url: 'https://x.example/' }
      const shapes: unknown[] = []
      const heads: string[][] = []
      for (const text of ['plain', ...hostile]) {
        const payload = {
          ...plain,
          test: false,
          mention: { ...mention, text, title: text, author: text, authorName: text },
        }
        const deps = { http, mailer: createMailer({ clock: systemClock }), now: () => 0, secret: async () => null }
        expect((await send(channel, payload, deps)).outcome).toBe('sent')
        const { body, headers } = receiver.received.at(-1)!
        shapes.push(keys(JSON.parse(body)))
        heads.push(Object.keys(headers).sort())
      }
      expect(receiver.received).toHaveLength(hostile.length + 1)
      for (const shape of shapes) expect(shape).toEqual(shapes[0])
      for (const head of heads) expect(head).toEqual(heads[0])
    },
  )
})

describe('keys that reach for every object', () => {
  const clean = (): void => {
    for (const name of ['polluted', 'admin', 'text2']) expect(name in {}, name).toBe(false)
    expect(Object.keys(Object.prototype)).toEqual([])
  }
  const evil = '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}'

  it('in a cursor, a status, a hit stay where they are', () => {
    readCursor(`{${evil}}`)
    const parsed = JSON.parse(
      `{"id":"1","created_at":"2026-01-01T00:00:00Z","content":"words",${evil},"account":{"id":"1","acct":"mira","username":"mira",${evil}}}`,
    ) as object
    expect(readStatus(parsed, 'a.example', 0)).toMatchObject({ text: 'words' })
    const hit = JSON.parse(
      `{"objectID":"1","created_at_i":1,"comment_text":"words","author":"__proto__","_tags":["comment"],${evil}}`,
    ) as object
    expect(readHit(hit, 0)).toMatchObject({ text: 'words', author: { id: '__proto__' } })
    clean()
  })

  it.each([
    ['CSV', 'id,__proto__,constructor,toString,text,date\n1,a,b,c,words and words,2026-01-05\n'],
    ['JSON', `[{"id":"1","text":"words and words","date":"2026-01-05",${evil}}]`],
    ['lines of JSON', `{"id":"1","text":"words and words","date":"2026-01-05",${evil}}\n`.repeat(2)],
    ['JSON with paths', `{"a":{"__proto__":[{"id":"1","text":"words and words","date":"2026-01-05"}]}}`],
    ['loose JSON', `[{id:'1',text:'words and words',date:'2026-01-05','__proto__':{'polluted':true}}]`],
  ])('in a file of %s are columns like others', async (_kind, content) => {
    const read = await readContent(content).catch((error: { kind?: string }) => error)
    if ('drafts' in read) expect(read.drafts.every(({ text }) => text === 'words and words')).toBe(true)
    else expect(read.kind).toBe('user')
    clean()
  })

  it('as targets of a mapping are no column', async () => {
    for (const name of ['__proto__', 'constructor', 'toString'])
      await expect(
        readContent('id,text,date\n1,a b c,2026-01-05\n', { mapping: { text: name } }),
      ).rejects.toMatchObject({ kind: 'user' })
    clean()
  })
})

it('a table of hostile cells is the same table when it is read again, and nothing in it begins as a formula', () => {
  const read = parse(hostile.map((text) => csvLine(['1', text, 'end'])).join('')) as string[][]
  expect(read).toHaveLength(hostile.length)
  for (const [n, row] of read.entries()) {
    expect(row).toHaveLength(3)
    expect(row[1]).not.toMatch(/^[=+\-@\t\r|%]/)
    expect(row[1]!.replaceAll("'", '')).toBe(hostile[n]!.toWellFormed().replaceAll("'", ''))
  }
})

describe('a station that is told and asked hostile words', () => {
  let test: Awaited<ReturnType<typeof openTestEngine>>
  let officer: Client
  const filter = MentionFilter.parse({})
  const draft = (n: number, text: string): Draft => ({
    externalId: `${n}${text}`,
    kind: 'post',
    text,
    title: text,
    url: null,
    author: { id: text, handle: text, name: text, url: `javascript:alert(${n})`, followers: 1 },
    publishedAt: Date.now() - 60_000,
    lang: text,
    country: text,
    threadId: text,
    inReplyTo: text,
    engagement: null,
    links: ['javascript:alert(1)', 'data:text/html,x', 'https://x.example/'],
    media: [],
    private: false,
    raw: text,
  })
  /** What nobody seeks: a search that finds it was taken for more than words. */
  const unsought = 'Zwetschgenwasser'
  const tables = (): unknown[] =>
    connectionOf(test.engine.store)
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .pluck()
      .all()
  let before: unknown[] = []

  beforeAll(async () => {
    test = await openTestEngine()
    test.engine.board.start()
    officer = test.engine.client()
    before = tables()
    await test.engine.intake.push({
      sourceId: 'src',
      network: 'mastodon',
      drafts: [...hostile.map((text, n) => draft(n, `Kaffora ${text}`)), draft(99, unsought)],
    })
    await test.engine.idle()
  })
  afterAll(() => test.close())

  it('keeps each of them, and what leads somewhere leads to the web', async () => {
    const { items } = await officer.mentions.page({ filter })
    expect(items).toHaveLength(hostile.length + 1)
    expect(tables()).toEqual(before)
    for (const { mention } of items)
      for (const link of [mention.url, mention.author?.url, ...mention.links])
        if (link) expect(link).toMatch(/^https?:\/\//)
  })

  it('finds by words alone, whatever the search is written to be', async () => {
    const injected = [
      ...hostile,
      'body:kaffora',
      '^kaffora',
      'kaffora*"',
      '{body}: kaffora',
      'NEAR(kaffora x, 2)',
      'rowid:1',
      'kaffora" OR "a',
      "kaffora' OR '1'='1",
      'mention_fts MATCH x',
      'kaffora -- x',
      'kaffora; DELETE FROM mention',
      'author:"x\' OR 1=1"',
      'raw:"\' UNION SELECT * FROM settings"',
      'lang:"%"',
      'author:_*',
      'text:%',
    ]
    for (const query of injected) {
      const found = await officer.mentions
        .page({ filter: { ...filter, query } })
        .catch((error: { data?: { kind?: string } }) => error)
      if ('items' in found) expect(JSON.stringify(found.items), query).not.toContain(unsought)
      else expect(found.data?.kind, query).toBe('user')
    }
    for (const query of ['author:%', 'author:"_"', 'kaffora AND "\' OR 1=1 --nothing"', 'lang:%'])
      expect(
        await officer.mentions.page({ filter: { ...filter, query } }).then(
          ({ items }) => items,
          () => [],
        ),
        query,
      ).toEqual([])
    expect(tables()).toEqual(before)
    expect((await officer.mentions.page({ filter })).items).toHaveLength(hostile.length + 1)
  })

  it('finds no person by what only means something to a database', async () => {
    await officer.desks.savePerson({
      ...(await import('../engine/cases/house.ts')).somebody('Mira', { email: 'mira@example.org' }),
    })
    for (const search of ['%', '_', '%%', '__ra', "' OR '1'='1", '\\', '[a-z]*', '*'])
      expect((await officer.desks.people({ search })).items, search).toEqual([])
    expect((await officer.desks.people({ search: 'mir' })).items).toHaveLength(1)
  })

  it('keeps walls, listens and desks under any name as what they are called', async () => {
    const [layout] = await officer.station.layouts()
    const [desk] = await officer.desks.list()
    for (const [n, text] of hostile.entries()) {
      const name = text.slice(0, 60)
      const saved = await officer.listens
        .save({ name, colour: 1, query: 'kaffora', enabled: false, routed: false })
        .catch((error: { data?: { kind?: string } }) => expect(error.data?.kind, name).toBe('user'))
      if (saved)
        expect((await officer.listens.list()).find(({ id }) => id === saved.id)!.name).toBe(name.trim().toWellFormed())
      const id = ['__proto__', 'constructor', '../../x', `layout_${n}`][n % 4]!
      await officer.station
        .saveLayout({ ...layout!, id, name })
        .catch((error: { data?: { kind?: string } }) => expect(error.data?.kind, name).toBe('user'))
    }
    await officer.desks.save({ ...desk!.desk, name: hostile[0]! }).catch(() => null)
    expect((await officer.station.layouts()).map(({ id }) => id)).toContain(layout!.id)
    expect(tables()).toEqual(before)
    expect('polluted' in {}).toBe(false)
  })
})
