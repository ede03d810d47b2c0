import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { JetstreamEvent } from '#engine/connectors/bluesky/post.ts'
import { freshText } from '#engine/connectors/email/quoted/fresh-text.ts'
import { markedHtml } from '#engine/connectors/email/quoted/marked-html.ts'
import { kindOf } from '#engine/connectors/email/machine.ts'
import { readMessage } from '#engine/connectors/email/message.ts'
import { isAutomatic, readBounce, readReport } from '#engine/connectors/email/report.ts'
import { writerOf } from '#engine/connectors/email/writer.ts'
import { parseFeedText } from '#engine/connectors/feed/parse.ts'
import { readHit } from '#engine/connectors/hackernews/hit.ts'
import { readStatus } from '#engine/connectors/mastodon/status.ts'
import { parseDate } from '#engine/connectors/text/dates.ts'
import { htmlToText, linksInText, looseText } from '#engine/connectors/text/html-to-text.ts'
import { markdownSafe, oneLine, quoted, trackerSafe } from '#engine/handoffs/neutral.ts'
import { cleanText } from '#engine/intake/normalise.ts'
import { readQueryList } from '#engine/listens/query-list.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { createHttp } from '#engine/platform/http-client.ts'
import { linkRelations, rateLimit, retryAfterMs } from '#engine/platform/http-headers.ts'
import { csvCell } from '#engine/review/csv.ts'
import { tokenize as wordsOf } from '#engine/understanding/tokens.ts'
import { harmless } from '#hosts/cli/terminal.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { tokenize } from '#shared/query/tokenize.ts'
import { urlsIn } from '#shared/query/urls.ts'
import { mastodonLength, weightedLength } from '#shared/util/text-length.ts'
import { readContent } from '#tests/connectors/reading-files.ts'
import { loopback } from '#tests/support/loopback.ts'
import { cell, texts, xlsxOf, zipOf } from '#tests/support/workbooks.ts'

/**
 * Seconds of this thread's processor. What grows with the length of its input takes a tenth of it at most, what grows with the square
 * many times as much: no clock on a wall decides.
 */
const MOST_SECONDS = 2.5
async function secondsOf(work: () => unknown): Promise<number> {
  const before = process.threadCpuUsage()
  await work()
  return process.threadCpuUsage(before).user / 1e6
}

/** Repeated to a hundred thousand characters. Each was made to have a pattern begin again at each of its signs. */
const hostile = [
  '\n',
  '\r\n>',
  '\n\n> > ',
  '@a.',
  'a@b.',
  'https://a/(',
  'www.',
  '(',
  '[a](',
  '*',
  '`',
  '<',
  '<a b=',
  '<!--',
  '<![CDATA[',
  '<!',
  '<iframe>',
  '<table><tr><td>',
  '&#',
  '&amp;lt;',
  '"',
  '=?utf-8?q?a?= ',
  '- ',
  '\u0301',
  '👩\u200d',
  'a.b-',
  '1,',
  '1:',
  '\u001b[',
  '\ud800',
  'On a ',
  ' a écrit :\n',
  'From: a\n',
  '{{a}}',
  '(a OR ',
  '!a',
  'GH-',
  'İ',
  'Jan 1 ',
  '<blockquote>',
  '\n--\n',
  '__________\n',
  'http://a/issues/',
]
const head = 'From: a@b.example\r\nSubject: x\r\nDate: Thu, 01 Jan 2026 10:00:00 GMT\r\n'
async function readMail(text: string): Promise<void> {
  const mail = await readMessage(Buffer.from(text))
  kindOf(mail)
  isAutomatic(mail)
  readReport(mail)
  readBounce(mail, true)
  writerOf(mail, 'care@example.org')
}
const account = (text: string) => ({ id: '1', acct: text, username: text, display_name: text, url: text })
const readers: [what: string, read: (text: string) => unknown, most?: number][] = [
  [
    'what leaves for a tracker, a chat, a table, a terminal',
    (text) => [trackerSafe, markdownSafe, oneLine, csvCell, harmless].map((make) => make(text)),
  ],
  ['a quotation', (text) => quoted(text, trackerSafe)],
  ['what is new in a mail', (text) => [freshText(text, { signature: true }), markedHtml(text)]],
  ['a mail', (text) => readMail(`${head}Content-Type: text/html; charset=utf-8\r\n\r\n${text}`)],
  [
    'the head of a mail',
    (text) =>
      readMail(`From: ${text}\r\nReply-To: ${text}\r\nSubject: ${text}\r\nReferences: ${text}\r\n\r\nx`).catch(
        (error: Error) => expect(error.message).toContain('header'),
      ),
    20_000,
  ],
  ['markup', (text) => [htmlToText(text), looseText(text), linksInText(text)]],
  ['a post', (text) => [cleanText(text), tokenize(text), wordsOf(text), urlsIn(text)]],
  [
    'a status',
    (text) =>
      readStatus(
        {
          id: '1',
          created_at: '2026-01-01T00:00:00Z',
          content: text,
          spoiler_text: text,
          language: text,
          url: text,
          account: account(text),
        },
        'a.example',
        0,
      ),
  ],
  [
    'a comment',
    (text) =>
      readHit({ objectID: '1', created_at_i: 1, comment_text: text, author: text, url: text, _tags: ['comment'] }, 0),
  ],
  [
    'a feed',
    (text) => [
      parseFeedText(text),
      parseFeedText(
        `<rss ${text}><channel><item><title>a</title><description>${text}</description></item></channel></rss>`,
      ),
    ],
  ],
  ['a query', (text) => [parseQuery(text), readQueryList(text)], 16_384],
  ['a date', (text) => parseDate(text)],
  [
    'a head of an answer',
    (text) => [
      linkRelations({ link: text }, 'http://a/'),
      retryAfterMs({ 'retry-after': text }, 0),
      rateLimit({ 'x-ratelimit-reset': text }, 0),
    ],
    32_768,
  ],
  ['a length', (text) => [mastodonLength(text), weightedLength(text)]],
  ['a table', (text) => readContent(`id,text,date\n1,${text},2026-01-05\n`).catch(() => null)],
]

describe('a hundred thousand hostile characters', () => {
  it.each(readers)('in %s take no longer than their length', async (_what, read, most = 100_000) => {
    for (const unit of hostile) {
      const text = (length: number): string => unit.repeat(Math.ceil(length / unit.length)).slice(0, length)
      // What takes no more than this of a quarter cannot take too much of the whole, though it grow with the cube.
      if ((await secondsOf(() => read(text(most / 4)))) < MOST_SECONDS / 4 ** 3) continue
      expect(await secondsOf(() => read(text(most))), JSON.stringify(unit)).toBeLessThan(MOST_SECONDS)
    }
  })
})

describe('what is nested without an end', () => {
  const DEPTH = 100_000
  const nested = (open: string, close: string, inner = '1'): string => open.repeat(DEPTH) + inner + close.repeat(DEPTH)
  const documents = [nested('[', ']'), nested('{"a":', '}'), '['.repeat(DEPTH), '{"a":['.repeat(DEPTH)]

  it('ends no reader of a network', () => {
    for (const text of documents.slice(0, 2)) {
      const deep: unknown = JSON.parse(text)
      const status = readStatus(
        {
          id: '1',
          created_at: '2026-01-01T00:00:00Z',
          content: 'words',
          account: account('mira'),
          application: deep,
          media_attachments: deep,
          tags: deep,
        },
        'a.example',
        0,
      )
      expect(status).toMatchObject({ text: 'words', raw: null })
      const hit = readHit(
        {
          objectID: '1',
          created_at_i: 1,
          comment_text: 'words',
          author: 'mira',
          _tags: ['comment'],
          _highlightResult: deep,
        },
        0,
      )
      expect(hit).toMatchObject({ text: 'words', raw: null })
      expect(() =>
        JetstreamEvent.safeParse({ kind: 'commit', time_us: 1, did: 'did:plc:a', commit: deep }),
      ).not.toThrow()
    }
  })

  it.each([
    ['a feed', (text: string) => parseFeedText(text)],
    [
      'a feed in JSON',
      (text: string) => parseFeedText(`{"version":"https://jsonfeed.org/version/1.1","items":${text}}`),
    ],
    ['a file', (text: string) => readContent(text)],
    [
      'a line of a file',
      (text: string) =>
        readContent(`{"id":"1","text":"one two three","date":"2026-01-05"}\n{"id":"2","text":${text}}\n`),
    ],
    [
      'a cell of a file',
      (text: string) => readContent(`id,text,date,author\n1,"${text.replaceAll('"', '""')}",2026-01-05,mira\n`),
    ],
  ])('ends no reading of %s', async (_what, read) => {
    for (const text of documents) {
      const seconds = await secondsOf(async () => {
        try {
          await read(text)
        } catch (error) {
          expect(error, (error as Error).message).not.toBeInstanceOf(RangeError)
        }
      })
      expect(seconds).toBeLessThan(MOST_SECONDS)
    }
  })

  it('is read as far as it is worth it: markup, letters, parts of letters', async () => {
    for (const tag of ['div', 'b', 'blockquote', 'table', 'a href="http://a/"', 'svg', 'p']) {
      const text = `first ${`<${tag}>`.repeat(DEPTH)} last`
      expect(await secondsOf(() => expect(htmlToText(text).text).toMatch(/^first/)), tag).toBeLessThan(MOST_SECONDS)
      expect(await secondsOf(() => markedHtml(text)), tag).toBeLessThan(MOST_SECONDS)
    }
    const parts = Array.from(
      { length: 5_000 },
      (_, n) => `Content-Type: multipart/mixed; boundary="b${n}"\r\n\r\n--b${n}\r\n`,
    )
    const letters = Array.from({ length: 5_000 }, () => 'Content-Type: message/rfc822\r\n\r\nFrom: a@b.example\r\n')
    const names = `Content-Type: text/plain${Array.from({ length: 20_000 }, (_, n) => `;\r\n name*${n}*=a`).join('')}\r\n\r\nx`
    const groups = `To: ${'a:'.repeat(20_000)}b@c.example${';'.repeat(20_000)}\r\n\r\nx`
    const comments = `To: ${'('.repeat(50_000)}b@c.example\r\n\r\nx`
    for (const rest of [parts.join(''), letters.join(''), names, groups, comments]) {
      const read = (): Promise<unknown> =>
        readMail(head + rest).catch((error: unknown) => expect(error).not.toBeInstanceOf(RangeError))
      expect(await secondsOf(read), rest.slice(0, 40)).toBeLessThan(MOST_SECONDS)
    }
  })
})

describe('a packed answer', () => {
  const zeros = Buffer.alloc(64 * 1024 ** 2)
  const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }
  /** Blocks that hold nothing: a layer within that never gives anything, however long it is. */
  const hollow = Buffer.concat([
    gzipSync('').subarray(0, 10),
    Buffer.alloc(40 * 1024 ** 2, Buffer.from([0, 0, 0, 0xff, 0xff])),
  ])
  const twice = gzipSync(gzipSync(zeros))
  const answers: Record<string, [encoding: string, body: Buffer]> = {
    gzip: ['gzip', gzipSync(zeros)],
    'gzip under another name': ['X-GZIP', gzipSync(zeros)],
    deflate: ['deflate', deflateSync(zeros)],
    brotli: ['br', brotliCompressSync(zeros, quick)],
    'gzip in gzip': ['gzip, gzip', twice],
    'gzip in brotli': ['gzip, br', brotliCompressSync(gzipSync(zeros), quick)],
    'nothing in much, packed': ['gzip, gzip', gzipSync(hollow)],
    'a thousand layers': [Array.from({ length: 1000 }, () => 'gzip').join(','), twice],
    'four layers': ['gzip, gzip, gzip, gzip', twice],
    'much, unpacked': ['', zeros],
  }
  const http = createHttp({ clock: systemClock, spacingMs: 0, allowPrivate: ['127.0.0.1'] })
  afterAll(() => http.close())

  it.each(Object.keys(answers))('is cut off while it unfolds: %s', async (name) => {
    const [encoding, body] = answers[name]!
    const server = await loopback((_request, response) => {
      response.on('error', () => {})
      response.writeHead(200, encoding === '' ? {} : { 'content-encoding': encoding }).end(body)
    })
    const before = process.memoryUsage().rss
    await expect(http.fetch({ url: server.url, maxBytes: 1024 ** 2 })).rejects.toMatchObject({ reason: 'tooLarge' })
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 ** 2)
    await server.close()
  })

  it('of two layers that is honest is read', async () => {
    const server = await loopback(
      (_request, response) =>
        void response.writeHead(200, { 'content-encoding': 'gzip, br' }).end(brotliCompressSync(gzipSync('packed'))),
    )
    expect(Buffer.from((await http.fetch({ url: server.url, maxBytes: 6 })).body).toString()).toBe('packed')
    await server.close()
  })

  it('whose head has no end is no answer', async () => {
    for (const header of [
      `x: ${'y'.repeat(100_000)}`,
      Array.from({ length: 20_000 }, (_, n) => `x${n}: y`).join('\r\n'),
    ]) {
      const server = await loopback((request) => {
        request.socket.on('error', () => {})
        request.socket.end(`HTTP/1.1 200 OK\r\n${header}\r\n\r\nbody`)
      })
      await expect(http.fetch({ url: server.url })).rejects.toMatchObject({ reason: 'tooLarge' })
      await server.close()
    }
  })
})

describe('a file that was made to fill the machine', () => {
  const laughs = `<!DOCTYPE x [<!ENTITY a "${'ha'.repeat(500)}">${Array.from({ length: 12 }, (_, n) => `<!ENTITY a${n} "${`&a${n === 0 ? '' : n - 1};`.repeat(20)}">`).join('')}<!ENTITY f SYSTEM "file:///etc/passwd">]>`
  const row = [cell.shared(0), cell.shared(1), cell.shared(2), cell.shared(3)]
  const more = (count: number): string =>
    Array.from({ length: count }, (_, n) => `text ${n} ${'x'.repeat(60)}`).join('</t></si><si><t>')
  const shared = (...strings: string[]): string =>
    `<?xml version="1.0"?>${laughs}<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${strings.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`

  it('has no entity of its own told, and none fetched', async () => {
    const strings = shared('id-1', '2026-01-05T10:00:00Z', 'mira', 'words &a11; and &f; end')
    const book = xlsxOf([{ name: 'A', rows: [texts('id', 'created_at', 'author', 'text'), row] }], {
      files: { 'xl/sharedStrings.xml': strings },
    })
    const { drafts } = await readContent(book)
    expect(drafts[0]!.text.length).toBeLessThan(200)
    expect(drafts[0]!.text).not.toMatch(/haha|root:/)
  })

  it('with very many texts is read once', async () => {
    const many = shared('id-1', '2026-01-05T10:00:00Z', 'mira', 'words and more words', more(200_000))
    const book = xlsxOf([{ name: 'A', rows: [texts('id', 'created_at', 'author', 'text'), row] }], {
      files: { 'xl/sharedStrings.xml': many },
    })
    expect((await readContent(book)).drafts).toHaveLength(1)
  })

  it('holds archives in archives, and is not gone into', async () => {
    let inner: Buffer = zipOf({ 'a.csv': `id,text,date\n${'1,a,2026-01-05\n'.repeat(10)}` })
    for (let depth = 0; depth < 50; depth++) inner = zipOf({ 'inner.zip': inner })
    await expect(readContent(inner)).rejects.toMatchObject({ kind: 'user' })
  })

  // No longer than it must be to show how its time grows; a row of every few signs is shown by less.
  it.each([
    ...['x', '"', '1', '[', ' ', '\u0000', '"",', '"a"b",'].map((sign) => [sign, 4] as const),
    ...[',', '"\r",', '"\n",', 'a\n'].map((sign) => [sign, 1] as const),
  ])('is %j for %d MiB', async (sign, size) => {
    const line = sign.repeat(Math.ceil((size * 1024 ** 2) / sign.length))
    const read = async (): Promise<void> => {
      const found = await readContent(`id,text,date\n1,words and words,2026-01-05\n2,${line}`).catch(
        (error: unknown) => error,
      )
      expect(found).not.toBeInstanceOf(RangeError)
    }
    // What would take four times as many seconds of twice or thrice as much, if it grew with the square.
    expect(await secondsOf(read)).toBeLessThan(MOST_SECONDS)
  })
})
