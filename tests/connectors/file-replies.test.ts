import { describe, expect, it } from 'vitest'
import { exportNamed } from '#engine/connectors/file/known-exports.ts'
import { readContent, times } from './reading-files.ts'

const at = 1_795_179_600
const comment = (id: string, parent: string, body: string, replies: unknown = ''): object => ({
  kind: 't1',
  data: {
    id,
    name: `t1_${id}`,
    parent_id: parent,
    link_id: 't3_k3x9q',
    author: `user_${id}`,
    body,
    created_utc: at + id.length,
    score: 2,
    permalink: `/r/coffee/comments/k3x9q/_/${id}/`,
    replies,
  },
})
const listing = (...children: object[]): object => ({ kind: 'Listing', data: { after: null, children } })
const post = {
  kind: 't3',
  data: {
    id: 'k3x9q',
    name: 't3_k3x9q',
    subreddit: 'coffee',
    author: 'mira',
    title: 'My grinder stopped',
    selftext: 'It hums and does not turn any more.',
    created_utc: at,
    num_comments: 5,
    permalink: '/r/coffee/comments/k3x9q/',
    score: 7,
  },
}
const more = { kind: 'more', data: { count: 3, id: 'zzz1', name: 't1_zzz1', parent_id: 't1_c1', children: ['a', 'b'] } }

describe('answers inside the posts that they answer', () => {
  const tree = listing(
    comment(
      'c1',
      't3_k3x9q',
      'Mine did that too, take it apart',
      listing(
        comment(
          'c11',
          't1_c1',
          'How do I open it then?',
          listing(comment('c111', 't1_c11', 'Four screws below the rubber')),
        ),
        comment('c12', 't1_c1', 'Do not, you lose the guarantee'),
        more,
      ),
    ),
    comment('c2', 't3_k3x9q', 'Write to them, they were kind to me'),
  )

  it('of a page of Reddit are mentions each, with their parent and their thread', async () => {
    const read = await readContent(JSON.stringify([listing(post), tree], null, 2))
    expect(read.drafts.map(({ externalId, inReplyTo, kind }) => [externalId, inReplyTo, kind])).toEqual([
      ['k3x9q', null, 'post'],
      ['c1', 'k3x9q', 'comment'],
      ['c11', 'c1', 'comment'],
      ['c111', 'c11', 'comment'],
      ['c12', 'c1', 'comment'],
      ['c2', 'k3x9q', 'comment'],
    ])
    expect(read.drafts[0]).toMatchObject({
      text: 'It hums and does not turn any more.',
      title: 'My grinder stopped',
      engagement: { replies: 5 },
    })
    expect(read.drafts[3]).toMatchObject({ text: 'Four screws below the rubber', author: { handle: 'user_c111' } })
    expect(read.drafts.slice(1).map(({ threadId }) => threadId)).toEqual(Array(5).fill('k3x9q'))
    // What Reddit left out ("3 more") has no words and is counted as such.
    expect(read.dropped.map(({ reason }) => reason)).toEqual(['empty'])
    expect(read.drafts[1]!.raw).not.toContain('guarantee')
  })

  it('are all found where most of them are deep', async () => {
    const deep = Array.from({ length: 40 }, (_, i) => comment(`d${i}`, 't1_c1', `Answer number ${i} of all of them`))
    const read = await readContent(
      JSON.stringify(listing(comment('c1', 't3_k3x9q', 'Say all of you', listing(...deep)))),
    )
    expect(read.drafts).toHaveLength(41)
  })

  it('may stand one post a line', async () => {
    const lines = [
      comment('c1', 't3_k3x9q', 'Mine did that too', listing(comment('c11', 't1_c1', 'And did you mend it?'))),
      comment('c2', 't3_k3x9q', 'Write to them, they were kind to me'),
    ]
    const read = await readContent(lines.map((one) => JSON.stringify(one)).join('\n'))
    expect(read.drafts.map(({ externalId }) => externalId)).toEqual(['c1', 'c11', 'c2'])
  })

  it('of a forum that says no parent get the id of what holds them', async () => {
    const read = await readContent(
      JSON.stringify([
        {
          id: 71,
          created_at: '2026-11-20T10:00:00Z',
          author: 'mira',
          text: 'Is the station in Porto open?',
          children: [
            {
              id: 72,
              created_at: '2026-11-20T10:05:00Z',
              author: 'teo',
              text: 'It is, since Monday',
              children: [
                { id: 73, created_at: '2026-11-20T10:07:00Z', author: 'mira', text: 'Thanks for that', children: [] },
              ],
            },
          ],
        },
        { id: 74, created_at: '2026-11-20T11:00:00Z', author: 'ana', text: 'Nobody answers the phone', children: [] },
      ]),
    )
    expect(read.drafts.map(({ externalId, inReplyTo }) => [externalId, inReplyTo])).toEqual([
      ['71', null],
      ['72', '71'],
      ['73', '72'],
      ['74', null],
    ])
  })

  it('that are something else than their posts leave a file as it was read before', async () => {
    const read = await readContent(
      JSON.stringify({
        threads: [
          {
            title: 'Grinders',
            created: '2026-11-01',
            comments: [
              { cid: 'k1', when: '2026-11-20T10:00:00Z', who: 'a', message: 'The grinder hums all day' },
              { cid: 'k2', when: '2026-11-20T10:01:00Z', who: 'b', message: 'Mine does not hum at all' },
            ],
          },
        ],
      }),
    )
    expect(read.drafts.map(({ text }) => text)).toEqual(['The grinder hums all day', 'Mine does not hum at all'])
  })
})

describe('comments of YouTube', () => {
  const snippet = (author: string, text: string, minute: number, more = {}): object => ({
    channelId: 'UCfilm',
    videoId: 'film1',
    textDisplay: `<b>${text}</b>`,
    textOriginal: text,
    authorDisplayName: `@${author}`,
    authorProfileImageUrl: 'https://img.example/a.jpg',
    authorChannelUrl: `http://www.youtube.com/@${author}`,
    authorChannelId: { value: `UC${author}` },
    canRate: true,
    viewerRating: 'none',
    likeCount: 3,
    publishedAt: `2026-11-20T10:0${minute}:05Z`,
    updatedAt: `2026-11-21T10:0${minute}:05Z`,
    ...more,
  })
  const comment = (id: string, about: object): object => ({
    kind: 'youtube#comment',
    etag: `e-${id}`,
    id,
    snippet: about,
  })
  const thread = (id: string, about: object, answers: object[]): object => ({
    kind: 'youtube#commentThread',
    etag: `t-${id}`,
    id,
    snippet: {
      channelId: 'UCfilm',
      videoId: 'film1',
      topLevelComment: comment(id, about),
      canReply: true,
      totalReplyCount: answers.length,
      isPublic: true,
    },
    ...(answers.length > 0 && { replies: { comments: answers } }),
  })
  const answer = (id: string, author: string, text: string, minute: number): object =>
    comment(`Ug1.${id}`, snippet(author, text, minute, { parentId: 'Ug1' }))
  const page = (...items: object[]): object => ({
    kind: 'youtube#commentThreadListResponse',
    etag: 'x',
    nextPageToken: 'y',
    pageInfo: { totalResults: items.length, resultsPerPage: 100 },
    items,
  })
  const threads = [
    thread('Ug1', snippet('mira', 'It hums all day', 1), [
      answer('a', 'kaffa', 'Which one do you have?', 2),
      answer('b', 'mira', 'The small one', 3),
      answer('c', 'teo', 'Mine too', 4),
    ]),
    thread('Ug2', snippet('ana', 'A lovely film', 5), []),
  ]
  const rows = [
    ['Ug1', null, 'Ug1', '@mira', 'It hums all day', '2026-11-20T10:01:05Z'],
    ['Ug1.a', 'Ug1', 'Ug1', '@kaffa', 'Which one do you have?', '2026-11-20T10:02:05Z'],
    ['Ug1.b', 'Ug1', 'Ug1', '@mira', 'The small one', '2026-11-20T10:03:05Z'],
    ['Ug1.c', 'Ug1', 'Ug1', '@teo', 'Mine too', '2026-11-20T10:04:05Z'],
    ['Ug2', null, 'Ug2', '@ana', 'A lovely film', '2026-11-20T10:05:05Z'],
  ]

  it.each<[string, string]>([
    ['one page', JSON.stringify(page(...threads), null, 2)],
    ['pages in a list', JSON.stringify(threads.map((one) => page(one)))],
    ['the threads alone', JSON.stringify(threads)],
    ['a thread a line', threads.map((one) => JSON.stringify(one)).join('\n')],
  ])('of its interface join: %s', async (_, content) => {
    const read = await readContent(content)
    const found = read.drafts.map(({ externalId, inReplyTo, threadId, author, text, publishedAt }) => [
      externalId,
      inReplyTo,
      threadId,
      author?.handle,
      text,
      new Date(publishedAt).toISOString().replace('.000Z', 'Z'),
    ])
    expect(found).toEqual(rows)
    expect(exportNamed(read.columns)).toBe('YouTube')
    expect(read.drafts[0]).toMatchObject({ author: { id: 'UCmira' }, engagement: { likes: 3, replies: 3 } })
  })

  it('of Google Takeout say their parent, in pieces or in words', async () => {
    const head =
      'Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Post ID,Video ID,Comment Text,Top-Level Comment ID'
    const rows = (text: (words: string) => string): string =>
      [
        ['Ug1', 'UCmira', '2026-11-20T10:01:05.123456+00:00', '0', '', '', 'film1', text('It hums all day'), ''],
        ['Ug1.b', 'UCmira', '2026-11-20T10:03:05+00:00', '0', 'Ug1', '', 'film1', text('The "small" one, yes'), 'Ug1'],
        ['Ug9', 'UCmira', '2026-11-20T10:06:05+00:00', '0', '', 'Ugk77', '', text('A lovely post'), ''],
      ]
        .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
        .join('\n')
    const pieces = (words: string): string =>
      words
        .split(/(?<= )/)
        .map((word) => JSON.stringify({ text: word }))
        .join(',')
    for (const text of [(words: string) => words, pieces]) {
      const read = await readContent(`${head}\n${rows(text)}\n`)
      expect(exportNamed(read.columns)).toBe('Google Takeout')
      expect(read.drafts.map((one) => [one.externalId, one.inReplyTo, one.threadId, one.author?.id, one.text])).toEqual(
        [
          ['Ug1', null, null, 'UCmira', 'It hums all day'],
          ['Ug1.b', 'Ug1', 'Ug1', 'UCmira', 'The "small" one, yes'],
          ['Ug9', null, null, 'UCmira', 'A lovely post'],
        ],
      )
      expect(times(read)[1]).toBe('2026-11-20T10:03:05Z')
    }
  })

  it('of a download stand beside what is said of the film', async () => {
    const one = (id: string, parent: string, author: string, text: string, minute: number): object => ({
      id,
      parent,
      text,
      like_count: 1,
      author_id: `UC${author}`,
      author: `@${author}`,
      author_thumbnail: 'https://img.example/a.jpg',
      author_is_uploader: false,
      author_url: `https://www.youtube.com/@${author}`,
      is_favorited: false,
      timestamp: 1_795_169_045 + minute * 60,
    })
    const film = {
      id: 'film1',
      title: 'How to clean a grinder',
      description: 'All that you need to know about it.',
      channel: 'Kaffa',
      timestamp: 1_795_100_000,
      comments: [
        one('Ug1', 'root', 'mira', 'It hums all day', 0),
        one('Ug1.a', 'Ug1', 'teo', 'Mine too', 1),
        one('Ug2', 'root', 'ana', 'A lovely film', 2),
      ],
    }
    const { drafts } = await readContent(JSON.stringify(film))
    expect(drafts.map(({ externalId, inReplyTo, text }) => [externalId, inReplyTo, text])).toEqual([
      ['film1', null, expect.any(String)],
      ['Ug1', null, 'It hums all day'],
      ['Ug1.a', 'Ug1', 'Mine too'],
      ['Ug2', null, 'A lovely film'],
    ])
  })
})
