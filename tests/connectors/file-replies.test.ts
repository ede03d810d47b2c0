import { describe, expect, it } from 'vitest'
import { readContent } from './reading-files.ts'

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
