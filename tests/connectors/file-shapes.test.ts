import { describe, expect, it } from 'vitest'
import { exportNamed } from '#engine/connectors/file/known-exports.ts'
import { readContent, times } from './reading-files.ts'

const texts = async (content: string): Promise<string[]> => (await readContent(content)).drafts.map(({ text }) => text)
const post = (i: number): object => ({
  id: String(i),
  created_at: `2026-11-20T10:00:0${i % 10}Z`,
  text: `a remark ${i}`,
})
const posts = (n: number): object[] => Array.from({ length: n }, (_, i) => post(i))

describe('tables with something before the header', () => {
  const table = 'Id;Date;Text\n1;2026-11-20;the first remark\n2;2026-11-21;the second remark\n'
  it.each<[string, string, number]>([
    ['sep=', `sep=;\n${table}`, 0],
    ['sep= with a mark', `\uFEFFsep=;\r\n${table}`, 0],
    ['a title', `Our mentions, 2026-11-20\n\n${table}`, 1],
    ['lines about the report', `Query:;coffee\nFrom:;2026-11-01\nBy;me\n\n${table}`, 3],
    ['lines filled up to the width', `Query: coffee;;\nFrom: 2026-11-01;;\n${table}`, 2],
  ])('%s', async (_, content, leadIn) => {
    const read = await readContent(content)
    expect(read.drafts.map(({ text }) => text)).toEqual(['the first remark', 'the second remark'])
    expect([read.leadIn, read.bad]).toEqual([leadIn, []])
  })

  it('quotes behind a backslash, and backslashes that mean nothing', async () => {
    expect(await texts('id,date,text\n1,2026-11-20,"a \\"b\\", c"\n2,2026-11-20,"d\\\\"\n')).toEqual([
      'a "b", c',
      'd\\',
    ])
    expect(await texts('id,date,text\n1,2026-11-20,"in C:\\"\n2,2026-11-20,"and ""so"""\n')).toEqual([
      'in C:\\',
      'and "so"',
    ])
  })
})

describe('much of what says nothing before the rows', () => {
  const table = 'id,date,text\n1,2026-11-20,a remark\n'
  it.each<[string, string, string[]]>([
    ['empty lines above a table', `${'\n'.repeat(300)}${table}`, ['a remark']],
    ['blank lines above a stream', `${'  \r\n'.repeat(300)}data: ${JSON.stringify(post(1))}\n`, ['a remark 1']],
    ['empty lines above a stream of events', `${'\n'.repeat(300)}data: ${JSON.stringify(post(1))}\n`, ['a remark 1']],
    ['comments above a list', `${'/**/'.repeat(300)}${JSON.stringify(posts(2))}`, ['a remark 0', 'a remark 1']],
    [
      'comments with stars above a list',
      `${'/* ** a */ // b\n'.repeat(300)}${JSON.stringify(posts(1))}`,
      ['a remark 0'],
    ],
  ])('%s', async (_, content, wanted) => {
    expect(await texts(content)).toEqual(wanted)
  })
  it('empty lines within the fence of a chat', async () => {
    expect(await texts(`\`\`\`json\n${'\n'.repeat(60_000)}${JSON.stringify(posts(1))}\n\`\`\`\n`)).toEqual([
      'a remark 0',
    ])
    await expect(texts(`\`\`\`json\n${'\n'.repeat(60_000)}some words\n`)).rejects.toThrow()
  })
  it('comments above what is no JSON', async () => {
    await expect(texts(`${'/**/'.repeat(300)}some words\n`)).rejects.toThrow()
  })
})

describe('rows anywhere in a document', () => {
  it.each<[string, unknown, number]>([
    ['three levels down', { a: { b: { c: posts(3) } } }, 3],
    ['behind a long preface', { about: 'x'.repeat(300_000), result: { hits: posts(4) } }, 4],
    ['more than is looked at first', { meta: {}, data: posts(3_000) }, 3_000],
    ['each in a wrapper', { hits: { hits: posts(3).map((_source, i) => ({ _id: i, _source })) } }, 3],
    ['in the lists of a list', { chats: { list: [{ messages: posts(2) }, { messages: posts(3) }] } }, 5],
    ['in two places', { chats: { list: [{ messages: posts(2) }] }, left: { list: [{ messages: posts(1) }] } }, 3],
    [
      'beside a longer list of something else',
      { tags: Array.from({ length: 9 }, (_, i) => ({ name: `t${i}` })), posts: posts(2) },
      2,
    ],
    ['in a list of listings', [{ kind: 'x' }, { data: { children: posts(3).map((data) => ({ data })) } }], 3],
    ['by their keys', { '-N1': post(1), '-N2': post(2) }, 2],
  ])('%s', async (_, document, n) => {
    expect((await readContent(JSON.stringify(document))).drafts).toHaveLength(n)
    expect((await readContent(JSON.stringify(document, null, 1))).drafts).toHaveLength(n)
  })

  it.each<[string, string]>([
    ['a variable', `var posts = ${JSON.stringify(posts(2))};`],
    [
      'a member',
      `window.YTD.like.part1 = ${JSON.stringify(
        posts(2).map((tweet) => ({ tweet })),
        null,
        2,
      )}`,
    ],
    ['an answer to a script', `callback(${JSON.stringify({ data: posts(2) })});`],
    ['a module', `export default ${JSON.stringify(posts(2))}`],
    ['a guard', `)]}'\n${JSON.stringify(posts(2))}`],
  ])('in JavaScript: %s', async (_, content) => {
    expect(await texts(content)).toEqual(['a remark 0', 'a remark 1'])
  })

  it('names what is cut off, and keeps what came before', async () => {
    const { drafts, bad } = await readContent(JSON.stringify({ data: posts(5) }).slice(0, -30))
    expect([drafts.length, bad.length]).toEqual([4, 1])
  })
})

describe('objects as other languages print them', () => {
  it.each<[string, string, string]>([
    [
      'NaN and Infinity',
      '{"date": "2026-11-20", "text": "one two three", "likes": NaN, "x": -Infinity}',
      'one two three',
    ],
    ['Python', "{'date': '2026-11-20', 'text': \"it's here\", 'likes': None, 'ok': True, 'at': (1, 2)}", "it's here"],
    [
      'Python dates',
      "{'created': datetime.datetime(2026, 11, 20, 9, 5), 'text': 'one \\'two\\' \\u00fc'}",
      "one 'two' ü",
    ],
    ['JavaScript', "{date: '2026-11-20', text: 'one two three', tags: ['a',],}", 'one two three'],
    ['Ruby', '{:date=>"2026-11-20", "text"=>"one two three", :likes=>nil}', 'one two three'],
    [
      'a shell of MongoDB',
      '{"created": ISODate("2026-11-20T09:05:00Z"), "text": "one two three", "_id": ObjectId("5f")}',
      'one two three',
    ],
  ])('%s', async (_, line, text) => {
    const { drafts, bad } = await readContent(`${line}\n${line}\n`)
    expect([drafts[0]?.text, bad]).toEqual([text, []])
    expect(new Date(drafts[0]!.publishedAt).getUTCFullYear()).toBe(2026)
  })
})

describe('text in pieces', () => {
  const one = async (text: unknown): Promise<string> =>
    (await texts(JSON.stringify({ id: '1', created_at: '2026-11-20T10:00:00Z', text, author: 'a' })))[0]!
  it.each<[string, unknown, string]>([
    ['strings and objects', ['The ', { type: 'bold', text: 'grinder' }, ' leaks'], 'The grinder leaks'],
    ['lines', ['One, two', 'three four'], 'One, two\nthree four'],
    [
      'blocks of blocks',
      [
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: 'See ' },
                { type: 'link', url: 'https://x.example/a' },
              ],
            },
          ],
        },
        { type: 'section', text: { type: 'mrkdwn', text: 'and more' } },
      ],
      'See https://x.example/a\nand more',
    ],
    [
      'what an editor inserts',
      [{ insert: 'The grinder ' }, { insert: 'leaks', attributes: { bold: true } }],
      'The grinder leaks',
    ],
  ])('%s', async (_, given, text) => {
    expect(await one(given)).toBe(text)
  })
})

describe('numbers', () => {
  const followers = async (...cells: string[]): Promise<(number | null)[]> =>
    (
      await readContent(
        `id;created_at;text;user;followers\n${cells.map((cell, i) => `${i};2026-11-20;one two three ${i};u;${cell}`).join('\n')}`,
      )
    ).drafts.map(({ author }) => author!.followers)
  it('grouped by dots, commas, blanks or apostrophes, with decimals where the column has them', async () => {
    expect(await followers('12.345', '1.200.345', '987')).toEqual([12345, 1200345, 987])
    expect(await followers('12,345', '7')).toEqual([12345, 7])
    expect(await followers('12.0', '3.0')).toEqual([12, 3])
    expect(await followers('12 345', "1'204", '1\u202f204')).toEqual([12345, 1204, 1204])
    expect(await followers('1.234,5', '12,0')).toEqual([1234, 12])
    expect(await followers('1,20,345', '1.2K', '3,4 Mio.', '2万')).toEqual([120345, 1200, 3400000, 20000])
    expect(await followers('1.2E+04', '5')).toEqual([12000, 5])
  })

  it('ids that a spreadsheet rounded tell nobody apart alone', async () => {
    const rows = [0, 1, 2].map((i) => `2.11668E+18,2026-11-01 00:0${i}:00,remark number ${i},u${i}`)
    const { drafts } = await readContent(`Tweet Id,Date,Text,Username\n${[...rows, rows[2]].join('\n')}`)
    expect(new Set(drafts.map(({ externalId }) => externalId)).size).toBe(3)
    const zeros = [0, 1, 2].map((i) => `176502123456789000,2026-11-01 00:0${i}:00,remark number ${i},u${i}`)
    const zeroed = await readContent(`Tweet Id,Date,Text,Username\n${zeros.join('\n')}`)
    expect(new Set(zeroed.drafts.map(({ externalId }) => externalId)).size).toBe(3)
  })

  it('keep all their digits', async () => {
    const { drafts } = await readContent(
      '{"id": 1765021234567890123, "created_at": "2026-11-20T10:00:00Z", "text": "one two three", "conversation": {"id": 9007199254740993}, "likes": 3}',
    )
    expect(drafts[0]).toMatchObject({ externalId: '1765021234567890123', engagement: { likes: 3 } })
    expect(drafts[0]!.raw).toContain('9007199254740993')
  })
})

describe('letters that were read wrongly once', () => {
  it.each<[string, string]>([
    ['Latin-1', Buffer.from('schön 😢 Ñ').toString('latin1')],
    ['Windows-1252', 'schÃ¶n â€“ â€œgutâ€\u009d'],
  ])('as %s', async (_, spoiled) => {
    const [text] = await texts(
      JSON.stringify([{ sender_name: 'A', timestamp_ms: 1763643900000, content: `one two ${spoiled}` }]),
    )
    expect(text).toMatch(/^one two schön (😢 Ñ|– “gut”)$/)
  })

  it('leaves what is right, and names as they are', async () => {
    expect(await texts('id,date,text\n1,2026-11-20,Café Ærø søger Ãrvore')).toEqual(['Café Ærø søger Ãrvore'])
  })
})

describe('exports of networks and tools', () => {
  it.each<[string, object, object]>([
    [
      'YouTube',
      {
        textOriginal: 'a remark of mine',
        authorDisplayName: '@mira',
        publishedAt: '2026-11-20T10:00:00Z',
        likeCount: 2,
      },
      { text: 'textOriginal', author: 'authorDisplayName', publishedAt: 'publishedAt', likes: 'likeCount' },
    ],
    [
      'Slack',
      { type: 'message', client_msg_id: 'x-1', user: 'U1', ts: '1795179600.000100', text: 'a remark of mine' },
      { publishedAt: 'ts', author: 'user', text: 'text' },
    ],
    [
      'Discord',
      {
        id: '1',
        timestamp: '2026-11-20T10:00:00+00:00',
        timestampEdited: null,
        content: 'a remark',
        author: { id: '7', name: 'mira', nickname: 'Mira' },
      },
      { text: 'content', publishedAt: 'timestamp', author: 'author.name', authorId: 'author.id' },
    ],
    [
      'Reddit',
      {
        subreddit: 'coffee',
        created_utc: 1795179600,
        selftext: 'a remark of mine',
        title: 'Grinder',
        author: 'mira',
        num_comments: 3,
      },
      { text: 'selftext', title: 'title', publishedAt: 'created_utc', author: 'author', replies: 'num_comments' },
    ],
  ])('%s', async (name, row, mapping) => {
    const read = await readContent([0, 1].map((i) => JSON.stringify({ ...row, n: i })).join('\n'))
    expect([exportNamed(read.columns), read.drafts.length]).toEqual([name, 2])
    expect(read.mapping).toMatchObject(mapping)
  })

  it('kinds are kept under the names that tools give them', async () => {
    const kinds = ['chat', 'survey', 'Review', 'Retweet', 'Direct Message', 'forum', 'seance']
    const rows = kinds.map((kind, i) => `2026-11-20,one two three ${i},${kind}`)
    const { drafts } = await readContent(`date,text,type\n${rows.join('\n')}`)
    expect(drafts.map(({ kind }) => kind)).toEqual(['message', 'review', 'review', 'repost', 'message', 'post', 'post'])
  })

  it('names of countries and languages are read, in the common languages', async () => {
    const { drafts } = await readContent(
      'date,text,Country,Language\n2026-11-20,one two three,Germany,English\n2026-11-20,one two four,Frankreich,Deutsch\n2026-11-20,one two five,USA,pt-BR',
    )
    expect(drafts.map(({ country, lang }) => [country, lang])).toEqual([
      ['DE', 'en'],
      ['FR', 'de'],
      ['US', 'pt-BR'],
    ])
    expect(times({ drafts } as never)[0]).toBe('2026-11-20T00:00:00Z')
  })
})
