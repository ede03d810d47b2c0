import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { afterAll, describe, expect, it } from 'vitest'
import { CsvSplitter, guessDelimiter } from '#engine/connectors/file/csv.ts'
import { isDropped } from '#engine/connectors/draft.ts'
import { rowToDraft } from '#engine/connectors/file/draft.ts'
import { JsonSplitter } from '#engine/connectors/file/json.ts'
import { openFile } from '#engine/connectors/file/open.ts'
import type { OpenOptions } from '#engine/connectors/file/open.ts'
import type { BadRow } from '#engine/connectors/file/table.ts'
import type { Draft } from '#shared/model/mention.ts'
import type { Dropped } from '#engine/connectors/connector.ts'
import { dataFolder } from '#tests/support/data-folder.ts'

const folder = mkdtempSync(join(tmpdir(), 'earshot-files-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Everything {
  drafts: Draft[]
  dropped: Dropped[]
  bad: BadRow[]
  mapping: Record<string, string>
  encoding: string
  delimiter: string | null
}

async function readPath(path: string, options: OpenOptions = {}): Promise<Everything> {
  const { table, draftOptions } = await openFile(path, path.split('/').at(-1)!, options)
  const everything: Everything = {
    drafts: [],
    dropped: [],
    bad: [],
    mapping: draftOptions.mapping,
    encoding: '',
    delimiter: table.delimiter,
  }
  for await (const block of table.blocks()) {
    everything.bad.push(...block.bad)
    for (const row of block.rows) {
      const draft = rowToDraft(row, draftOptions)
      if (isDropped(draft)) everything.dropped.push(draft)
      else everything.drafts.push(draft)
    }
  }
  return { ...everything, encoding: table.encoding() }
}

let files = 0
function read(content: string | Uint8Array, options: OpenOptions = {}): Promise<Everything> {
  const path = join(folder, `file-${files++}.txt`)
  writeFileSync(path, content)
  return readPath(path, options)
}

const rows =
  'id,created_at,author,text\n1,2026-03-01T10:00:00Z,mira,Grüße aus Köln – schön\n2,2026-03-01T11:00:00Z,jörg,"Zwei, mit ""Zitat"""\n'
const texts = ['Grüße aus Köln – schön', 'Zwei, mit "Zitat"']

describe('how a file may be saved', () => {
  it.each<[string, Uint8Array | string, string]>([
    ['UTF-8', rows, 'utf-8'],
    ['UTF-8 with a mark', `\uFEFF${rows}`, 'utf-8'],
    ['Windows-1252', iconv.encode(rows, 'windows-1252'), 'windows-1252'],
    ['UTF-16 little-endian with a mark', iconv.encode(rows, 'utf-16le', { addBOM: true }), 'utf-16le'],
    ['UTF-16 big-endian with a mark', iconv.encode(rows, 'utf-16be', { addBOM: true }), 'utf-16be'],
    ['UTF-16 little-endian without', iconv.encode(rows, 'utf-16le'), 'utf-16le'],
    ['UTF-32 with a mark', iconv.encode(rows, 'utf-32le', { addBOM: true }), 'utf-32le'],
    ['gzip', gzipSync(rows), 'utf-8'],
    ['gzip of Windows-1252', gzipSync(iconv.encode(rows, 'windows-1252')), 'windows-1252'],
    ['with carriage returns', rows.replaceAll('\n', '\r\n'), 'utf-8'],
    ['of an old Mac', rows.replaceAll('\n', '\r'), 'utf-8'],
    [
      'with semicolons',
      rows.replace('Zwei, mit', 'Zwei, mit').replace(/,(?=created|author|text|2026|mira|jörg|Gr|"Z)/g, ';'),
      'utf-8',
    ],
    ['with tabs', rows.replace(/,(?=created|author|text|2026|mira|jörg|Gr|"Z)/g, '\t'), 'utf-8'],
    ['without an end of its last line', rows.trimEnd(), 'utf-8'],
    ['with empty lines', rows.replaceAll('\n', '\n\n'), 'utf-8'],
    ['with empty columns at the end', rows.replaceAll('\n', ',,\n'), 'utf-8'],
    [
      'NDJSON',
      ['1', '2']
        .map((id, i) => JSON.stringify({ id, created_at: `2026-03-01T1${i}:00:00Z`, author: 'mira', text: texts[i] }))
        .join('\n'),
      'utf-8',
    ],
    [
      'a JSON array',
      JSON.stringify(
        ['1', '2'].map((id, i) => ({ id, created_at: `2026-03-01T1${i}:00:00Z`, author: 'mira', text: texts[i] })),
        null,
        2,
      ),
      'utf-8',
    ],
    [
      'objects over several lines',
      ['1', '2']
        .map((id, i) =>
          JSON.stringify({ id, created_at: 1772359200 + i * 3600, author: 'mira', text: texts[i] }, null, 2),
        )
        .join('\n'),
      'utf-8',
    ],
    [
      'an answer of an API',
      JSON.stringify({
        meta: { n: 2 },
        data: ['1', '2'].map((id, i) => ({
          id,
          created_at: `2026-03-01T1${i}:00:00Z`,
          author: { handle: 'mira' },
          text: texts[i],
        })),
      }),
      'utf-8',
    ],
  ])('%s', async (_, content, encoding) => {
    const read_ = await read(content)
    expect(read_.bad).toEqual([])
    expect(read_.dropped).toEqual([])
    expect(read_.drafts.map(({ text }) => text)).toEqual(texts)
    expect(read_.drafts.map(({ publishedAt }) => publishedAt)).toEqual([
      Date.parse('2026-03-01T10:00:00Z'),
      Date.parse('2026-03-01T11:00:00Z'),
    ])
    expect(read_.drafts.map(({ externalId }) => externalId)).toEqual(['1', '2'])
    expect(read_.drafts[0]!.author?.handle).toBe('mira')
    expect(read_.encoding).toBe(encoding)
  })

  it('is read the same however its bytes arrive', async () => {
    const bytes = Buffer.from(rows)
    for (let size = 1; size < 40; size += 3) {
      async function* pieces(): AsyncGenerator<Uint8Array> {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
      }
      const { table, draftOptions } = await openFile(pieces(), 'pieces.csv')
      const found: string[] = []
      for await (const block of table.blocks())
        for (const row of block.rows) found.push((rowToDraft(row, draftOptions) as Draft).text)
      expect(found).toEqual(texts)
    }
  })
})

describe('bad rows', () => {
  it('are named by line and column, and cost themselves only', async () => {
    const { drafts, bad, dropped } = await read(
      'id,date,text\n1,2026-03-01,one\n2,2026-03-01\n3,2026-03-01,three,four\n4,never,four\n5,2026-03-01,\n6,2026-03-01,six\n',
    )
    expect(drafts.map(({ externalId }) => externalId)).toEqual(['1', '6'])
    expect(bad).toEqual([
      {
        line: 3,
        reason: 'wrong number of cells',
        column: 'text',
        detail: '2 cells where the header has 3; missing from column "text"',
      },
      {
        line: 4,
        reason: 'wrong number of cells',
        column: 'text',
        detail: '4 cells where the header has 3; too many after column "text"',
      },
    ])
    expect(dropped).toEqual([
      { reason: 'no date', where: 'line 5', detail: 'column "date": "never" is no date' },
      { reason: 'empty', where: 'line 6', detail: 'no text in column "text"' },
    ])
  })

  it('with a quote that is never closed do not swallow the rest', async () => {
    const many = Array.from({ length: 200 }, (_, i) => `${i + 3},2026-03-01,row ${i + 3}`).join('\n')
    const { drafts, bad } = await read(`id,date,text\n1,2026-03-01,one\n2,2026-03-01,"open\n${many}\n`)
    expect(bad).toMatchObject([{ line: 3, reason: 'quote not closed', column: 'text' }])
    expect(drafts).toHaveLength(201)
    expect(drafts.at(-1)!.text).toBe('row 202')
  })

  it('may hold quotes in the middle, and line breaks in quotes', async () => {
    const { drafts, bad } = await read(
      'id,date,text\n1,2026-03-01,a 27" screen\n2,2026-03-01,"she said "no" twice"\n3,2026-03-01,"two\nlines"\n4,2026-03-01,"x" \n',
    )
    expect(bad).toEqual([])
    expect(drafts.map(({ text }) => text)).toEqual(['a 27" screen', 'she said "no" twice', 'two\nlines', 'x'])
  })

  it('of JSON cost a line, or an element', async () => {
    const good = (id: number): string => JSON.stringify({ id, date: '2026-03-01', text: `text ${id}` })
    const lines = await read(`${good(1)}\n{"id": 2, oops}\n"just text"\n${good(3)}\n`)
    expect(lines.drafts.map(({ externalId }) => externalId)).toEqual(['1', '3'])
    expect(lines.bad).toMatchObject([
      { line: 2, reason: 'not JSON' },
      { line: 3, reason: 'not an object' },
    ])
    const array = await read(`[\n${good(1)},\n{"id": 2 "oops"},\n7,\n${good(3)}\n]`)
    expect(array.drafts.map(({ externalId }) => externalId)).toEqual(['1', '3'])
    expect(array.bad).toMatchObject([{ line: 3 }, { line: 4 }])
    const cut = await read(`[${good(1)},${good(2)},{"id": 3, "te`)
    expect(cut.drafts).toHaveLength(2)
    expect(cut.bad).toMatchObject([{ reason: 'not JSON' }])
  })

  it('of JSON by the thousand, each cut off in the middle, cost no more than a look each', async () => {
    const good = JSON.stringify({ id: 0, date: '2026-03-01', text: 'the good one' })
    const cut = Array.from(
      { length: 30_000 },
      (_, i) => `{"id": ${i}, "date": "2026-03-01", "text": "cut off in the mid`,
    )
    const { drafts, bad } = await read([good, ...cut, good.replace('0', '1')].join('\n'))
    expect(drafts.map(({ externalId }) => externalId)).toEqual(['0', '1'])
    expect(bad).toHaveLength(30_000)
  })

  it('without an end are not kept in memory', async () => {
    const endless = 'x'.repeat(20 * 1024 * 1024)
    const csv = await read(`id,date,text\n1,2026-03-01,one\n2,2026-03-01,${endless}\n3,2026-03-01,three\n`)
    expect(csv.drafts.map(({ externalId }) => externalId)).toEqual(['1', '3'])
    expect(csv.bad).toMatchObject([{ line: 3, reason: 'line too long' }])
    const good = (id: number): string => JSON.stringify({ id, date: '2026-03-01', text: `text ${id}` })
    const json = await read(`${good(1)}\n{"id": 2, "text": "${endless}\n${good(3)}\n`)
    expect(json.drafts.map(({ externalId }) => externalId)).toEqual(['1', '3'])
    expect(json.bad).toMatchObject([{ line: 2, reason: 'line too long' }])
  })

  it('of a gzip file that is cut are those that cannot be unpacked', async () => {
    const all = `id,date,text\n${Array.from({ length: 20_000 }, (_, i) => `${i},2026-03-01,row ${i} ${Math.sin(i)}`).join('\n')}`
    const zipped = gzipSync(all)
    const { drafts, bad } = await read(zipped.subarray(0, zipped.length / 2))
    expect(drafts.length).toBeGreaterThan(5_000)
    expect(bad.some(({ reason }) => reason === 'file ends early')).toBe(true)
  })
})

describe('files that cannot be used', () => {
  it.each<[string, string, RegExp]>([
    ['empty', '', /is empty/],
    ['blank', ' \n\n ', /is empty/],
    ['only a header', 'id,date,text\n', /holds no rows/],
    [
      'without dates',
      'id,text\n1,one two three\n2,four five six\n',
      /no column looks like a date.*Columns: id, text.*publishedAt=COLUMN/,
    ],
    ['without text', 'id,date\n1,2026-03-01\n2,2026-03-01\n', /no column looks like the text/],
    ['the beginning of an archive', 'PK\u0003\u0004\u0000\u0000binary', /is damaged or was not copied to its end/],
    ['a PDF', '%PDF-1.7 whatever', /is no text/],
  ])('%s', async (_, content, message) => {
    await expect(read(content)).rejects.toThrow(message)
  })

  it('say what is wrong with a path or a mapping', async () => {
    await expect(readPath(join(folder, 'gone.csv'))).rejects.toThrow(/There is no file .*gone\.csv/)
    await expect(readPath(folder)).rejects.toThrow(/is not a file/)
    await expect(read(rows, { mapping: { text: 'words' } })).rejects.toThrow(
      /no column "words". Columns: id, created_at/,
    )
    await expect(read(rows, { mapping: { words: 'text' } })).rejects.toThrow(
      /no field "words". Fields: text, publishedAt/,
    )
  })
})

describe('what columns mean', () => {
  it.each<[string, string, Record<string, string>]>([
    [
      'names of Twitter exports',
      'tweet_id,tweet_created,airline,name,retweet_count,text\n1,2015-02-24 11:35:52 -0800,X,cai,0,hello there you',
      { externalId: 'tweet_id', publishedAt: 'tweet_created', author: 'name', reposts: 'retweet_count', text: 'text' },
    ],
    [
      'German names',
      'Datum;Benutzer;Kommentar\n31.12.2025 10:14;mira;Das ist ein Kommentar',
      { publishedAt: 'Datum', author: 'Benutzer', text: 'Kommentar' },
    ],
    [
      'content, where names say nothing',
      'a,b,c\n2026-03-01T10:00:00Z,x,this is a longer piece of text\n2026-03-01T11:00:00Z,y,and this is another one',
      { publishedAt: 'a', text: 'c' },
    ],
    [
      'content, where there is no header',
      '2026-03-01T10:00:00Z,x1,this is a longer piece of text\n2026-03-01T11:00:00Z,y1,and this is another one',
      { publishedAt: '1', text: '3' },
    ],
    [
      'paths of nested objects',
      JSON.stringify({
        id_str: '9',
        created_at: 'Tue Oct 31 22:10:47 +0000 2017',
        full_text: 'hello',
        user: { id_str: '7', screen_name: 'mira', followers_count: 5, name: 'Mira' },
      }),
      {
        externalId: 'id_str',
        publishedAt: 'created_at',
        text: 'full_text',
        author: 'user.screen_name',
        authorId: 'user.id_str',
        authorName: 'user.name',
        followers: 'user.followers_count',
      },
    ],
    [
      'a classic without a header, in Latin-1',
      '"0","1467810369","Mon Apr 06 22:19:45 PDT 2009","NO_QUERY","_Mira_","@kaffora that is a bummer, again"\n"4","1467810672","Mon Apr 06 22:19:49 PDT 2009","NO_QUERY","jo","is upset that it does not work today"',
      { externalId: '2', publishedAt: '3', text: '6' },
    ],
    [
      'reviews of an app shop',
      'reviewId,userName,content,score,thumbsUpCount,at,status\nr1,mira,Works well for me,5,3,2026-03-01 10:00:00,open\nr2,jo,Does not work at all,1,0,2026-03-01 11:00:00,closed',
      { externalId: 'reviewId', author: 'userName', text: 'content', likes: 'thumbsUpCount', publishedAt: 'at' },
    ],
    [
      'a label called status',
      'status,when,words\nopen,2026-03-01,hello there you\nclosed,2026-03-02,hello again you',
      { text: 'words' },
    ],
    [
      'posts deep inside objects',
      JSON.stringify({
        post: {
          uri: 'at://x/1',
          author: { did: 'did:plc:x', handle: 'ana.example', id: '9' },
          record: { text: 'hello there', createdAt: '2026-03-01T10:00:00Z' },
          likeCount: 3,
        },
      }),
      {
        externalId: 'post.uri',
        author: 'post.author.handle',
        text: 'post.record.text',
        publishedAt: 'post.record.createdAt',
        likes: 'post.likeCount',
      },
    ],
    [
      'a "date" that holds none',
      'date,when,text\nmonday,2026-03-01,hello there\ntuesday,2026-03-02,hello again',
      { publishedAt: 'when', text: 'text' },
    ],
  ])('%s', async (_, content, mapping) => {
    expect((await read(content)).mapping).toMatchObject(mapping)
  })

  it('is what the officer says', async () => {
    const { mapping, drafts } = await read('id,date,text,note\n1,2026-03-01,first,the real one', {
      mapping: { text: 'NOTE' },
    })
    expect(mapping['text']).toBe('note')
    expect(drafts[0]!.text).toBe('the real one')
  })

  it('includes the order of day and month, told by the whole column', async () => {
    const dates = async (...given: string[]): Promise<(string | undefined)[]> =>
      (await read(`date,text\n${given.map((date) => `${date},some text here`).join('\n')}`)).drafts.map(
        ({ publishedAt }) => new Date(publishedAt).toISOString().slice(0, 10),
      )
    expect(await dates('03/04/2026', '25/04/2026')).toEqual(['2026-04-03', '2026-04-25'])
    expect(await dates('03/04/2026', '04/25/2026')).toEqual(['2026-03-04', '2026-04-25'])
    expect(await dates('3.4.2026 10:00', '5.4.2026 11:00')).toEqual(['2026-04-03', '2026-04-05'])
    // Nothing tells: not guessed.
    expect(await dates('03/04/2026', '05/06/2026')).toEqual([])
    expect((await read('date,text\n03/04/2026,some text', { dateOrder: 'dmy' })).drafts[0]!.publishedAt).toBe(
      Date.UTC(2026, 3, 3),
    )
  })

  it('dates all rows when the officer says when they were written', async () => {
    const { drafts } = await read('id,text\n1,one two three\n', { date: 42_000_000_000 })
    expect(drafts[0]!.publishedAt).toBe(42_000_000_000)
  })

  it('gives rows without an id one that is theirs alone and stays', async () => {
    const content = 'date,text\n2026-03-01,same words\n2026-03-01,same words\n2026-03-01,other words\n'
    const [first, second] = [await read(content), await read(content)]
    const ids = first.drafts.map(({ externalId }) => externalId)
    expect(ids[0]).toBe(ids[1])
    expect(ids[0]).not.toBe(ids[2])
    expect(second.drafts.map(({ externalId }) => externalId)).toEqual(ids)
  })
})

describe('splitting', () => {
  it('gives back any cells that were written by the rules', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r\n', ' ', 'ä', '🌊'), maxLength: 12 })
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        fc.nat(30),
        (table, size) => {
          const text = `${table.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join('\n')}\n`
          const splitter = new CsvSplitter(',')
          const found: string[][] = []
          for (let at = 0; at < text.length; at += size + 1)
            found.push(...splitter.push(text.slice(at, at + size + 1), false).map(({ cells }) => cells))
          found.push(...splitter.push('', true).map(({ cells }) => cells))
          // A cell that a lenient reader takes to end early is the price of quotes in the middle; whole tables agree.
          fc.pre(!table.some((row) => row.some((one) => /"\s*(,|\n|\r)/.test(one))))
          expect(found).toEqual(table)
        },
      ),
    )
  })

  it('never throws and never stops, whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', '{', '}', '[', ']', '\\', ':'), maxLength: 80 }),
        fc.boolean(),
        (text, array) => {
          new CsvSplitter(',').push(text, true, 3)
          new JsonSplitter(array).push(text, true)
          expect([',', ';', '\t', '|']).toContain(guessDelimiter(text))
        },
      ),
      { numRuns: 500 },
    )
  })
})

const data = dataFolder('airline/airline-dev.csv')
describe.runIf(data !== null)('real files', () => {
  it.each([
    [
      'airline/airline-dev.csv',
      10_011,
      0,
      { externalId: 'tweet_id', publishedAt: 'created_at', author: 'name', text: 'text' },
    ],
    [
      'support/twcs-first-5000.csv',
      4_999,
      2,
      {
        externalId: 'tweet_id',
        publishedAt: 'created_at',
        authorId: 'author_id',
        text: 'text',
        inReplyTo: 'in_response_to_tweet_id',
      },
    ],
    [
      'support/spotify-dev.csv',
      7_593,
      4,
      { externalId: 'tweet_id', publishedAt: 'created_at', authorId: 'author_id', text: 'text' },
    ],
    ['brands/sanders.csv', 5_113, 0, { externalId: 'TweetId', publishedAt: 'TweetDate', text: 'TweetText' }],
  ])('%s', async (name, good, ragged, mapping) => {
    const read_ = await readPath(join(data!, '../..', name))
    expect(read_.mapping).toMatchObject(mapping)
    expect(read_.drafts).toHaveLength(good)
    expect(read_.bad).toHaveLength(ragged)
    expect(read_.dropped).toEqual([])
    expect(read_.drafts.some(({ text }) => text.includes('&amp;'))).toBe(false)
  })
})
