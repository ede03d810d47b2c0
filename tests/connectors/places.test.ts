import { afterEach, describe, expect, it } from 'vitest'
import { feedFixture } from './fixtures/feed.ts'
import { readAll, type Item, type Network } from './fixtures/fixture.ts'
import { hackernewsFixture } from './fixtures/hackernews.ts'
import { mastodonFixture } from './fixtures/mastodon.ts'

const noon = Date.parse('2026-11-20T12:00:00Z')
const MINUTE = 60_000

interface Look {
  /** Minutes after noon. */
  at: number
  /** Dated so many minutes after noon, and listed then, or as `listed` says. */
  put: { key: string; dated: number; listed?: number }[]
}
/** Many at a time, one a second. */
const many = (n: number, key: string, dated: number) =>
  Array.from({ length: n }, (_, i) => ({ key: `${key}${i}`, dated: dated + i / 60 }))

const scenarios: [what: string, looks: Look[]][] = [
  [
    'a page of posts dated ahead',
    [
      { at: 0, put: [...many(45, 'ahead', 180)] },
      { at: 10, put: [{ key: 'x', dated: 3 }] },
      { at: 20, put: [{ key: 'y', dated: 12 }] },
    ],
  ],
  [
    'a page dated a year ahead',
    [
      { at: 0, put: many(45, 'ahead', 525_600) },
      {
        at: 30,
        put: [
          { key: 'x', dated: 2 },
          { key: 'y', dated: 28 },
        ],
      },
    ],
  ],
  [
    'one ahead in the middle of many',
    [
      { at: 0, put: many(30, 'a', -40) },
      { at: 10, put: [...many(50, 'b', 1), { key: 'ahead', dated: 400, listed: 1.5 }] },
      { at: 20, put: [{ key: 'x', dated: 11 }] },
    ],
  ],
  [
    'posts of one and the same second',
    [
      { at: 0, put: [{ key: 'a', dated: -5 }] },
      { at: 5, put: Array.from({ length: 70 }, (_, i) => ({ key: `s${i}`, dated: 2 })) },
    ],
  ],
  [
    'one dated years back',
    [
      { at: 0, put: many(5, 'a', -10) },
      {
        at: 5,
        put: [
          { key: 'old', dated: -2_000_000, listed: 4 },
          { key: 'x', dated: 4.5 },
        ],
      },
    ],
  ],
  [
    'a long pause',
    [
      { at: 0, put: many(5, 'a', -10) },
      { at: 600, put: many(150, 'b', 20) },
    ],
  ],
  [
    'nothing for some looks',
    [
      { at: 0, put: [] },
      { at: 5, put: [] },
      { at: 10, put: [{ key: 'x', dated: 9 }] },
    ],
  ],
  [
    'a leap day',
    [
      { at: 0, put: many(3, 'a', -3) },
      { at: 679_680, put: [{ key: 'leap', dated: 679_670 }] },
    ],
  ],
]

describe.each([mastodonFixture, hackernewsFixture, feedFixture])('$connector.id keeps its place through', (fixture) => {
  // Hacker News dates what it lists itself.
  const itsOwn =
    fixture === hackernewsFixture ? scenarios.filter(([what]) => what !== 'one dated years back') : scenarios
  const networks: Network[] = []
  afterEach(async () => {
    for (const network of networks.splice(0)) await network.close()
  })

  it.each(itsOwn)('%s', async (_what, looks) => {
    const network = await fixture.open()
    networks.push(network)
    const wanted: string[] = []
    let made = 0
    const heard = new Set<string>()
    let cursor: string | null = null
    let gaps = 0
    for (const { at, put } of looks) {
      network.put(
        put.map(({ key, dated, listed }): Item => ({
          // The fixtures make ids of the first letter.
          key: String.fromCodePoint(0x4e00 + made++),
          at: noon + dated * MINUTE,
          ...(listed !== undefined && { listedAt: noon + listed * MINUTE }),
          text: `Post ${key} about coffee`,
        })),
      )
      // The first look takes what is there, as far as one page goes.
      if (cursor !== null) wanted.push(...put.map(({ key }) => `Post ${key} about coffee`))
      const read = await readAll(network, fixture.connector, 0, {
        cursor,
        overlapMs: 2 * MINUTE,
        now: () => noon + at * MINUTE,
      })
      for (const { text } of read.drafts) heard.add(text)
      cursor = read.cursor
      gaps += read.gaps
    }
    expect(wanted.filter((text) => !heard.has(text))).toEqual([])
    expect(gaps).toBe(0)
  })
})
