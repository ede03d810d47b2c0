import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { draft, everything, noon, openTestStation, type TestStation } from './station.ts'

const hour = 3_600_000
const listen = (id: string, query: string) => ({ id, query, enabled: true })
let station: TestStation

/** Everything that is derived, to compare. */
function derived(): unknown[] {
  const db = new Database(station.store.file, { readonly: true })
  try {
    return [
      db.prepare('SELECT * FROM heard ORDER BY 1, 2, 3').raw().all(),
      db.prepare('SELECT * FROM rollup WHERE negative + neutral + positive <> 0 ORDER BY 1, 2, 3, 4').raw().all(),
    ]
  } finally {
    db.close()
  }
}
/** As a bad sector, or another program, leaves it. */
function spoil(...sql: string[]): void {
  const db = new Database(station.store.file)
  for (const one of sql) expect(db.prepare(one).run().changes).toBeGreaterThan(0)
  db.close()
}

beforeEach(async () => {
  station = openTestStation()
  const early = listen('l1', 'late')
  station.intake.setListens([early] as never)
  for (const sourceId of ['src_a', 'src_b'])
    await station.push(
      Array.from({ length: 40 }, (_, i) =>
        draft({
          text: i % 3 === 0 ? `The train ${i} is awful, I hate it` : `Lovely tram ${i}, ${i % 2 ? 'late' : 'on time'}`,
          publishedAt: noon - i * hour,
        }),
      ),
      { sourceId, network: 'mastodon' },
    )
  // This one heard everything by its back-fill alone.
  station.intake.setListens([early, listen('l2', 'tram')] as never)
  await station.intake.backfilled()
})
afterEach(() => station.close())

describe('panes and charts that do not follow from the mentions', () => {
  it('are left alone where they do', async () => {
    expect((await station.store.verify()).problems).toEqual([])
    expect(await station.intake.mend()).toBeNull()
    expect(station.intake.mended).toBeNull()
  })

  it.each<[name: string, sql: string[]]>([
    ['entries of everything are lost', ['DELETE FROM heard WHERE listen = 0 AND seq % 3 = 1']],
    ['all entries of everything are lost', ['DELETE FROM heard WHERE listen = 0']],
    ['entries of a listen are lost', ['DELETE FROM heard WHERE listen = 1 AND seq > 10']],
    ['entries that only its history knows are lost', ['DELETE FROM heard WHERE listen = 2 AND seq % 2 = 0']],
    [
      'a whole pane and its charts are gone',
      ['DELETE FROM heard WHERE listen = 1', 'DELETE FROM rollup WHERE listen = 1'],
    ],
    ['entries have another mood', ['UPDATE heard SET sentiment = 2 - sentiment WHERE seq < 20 AND sentiment <> 1']],
    ['entries have another source', ['UPDATE heard SET source = 77 WHERE seq < 9']],
    ['entries stand at another time', [`UPDATE heard SET published_at = published_at - ${5 * hour} WHERE seq = 4`]],
    ['entries are of no mention', [`INSERT INTO heard VALUES (0, ${noon}, 9999, 1, 0), (1, ${noon}, 9998, 1, 2)`]],
    ['minutes are miscounted', ['UPDATE rollup SET negative = negative + 3 WHERE step = 1 AND bucket % 2 = 0']],
    ['hours are miscounted', ['UPDATE rollup SET neutral = 0, positive = 8 WHERE step = 60 AND listen = 0']],
    ['days are miscounted', ['UPDATE rollup SET positive = 500 WHERE step = 1440']],
    ['charts are gone', ['DELETE FROM rollup']],
    ['charts count a source that there is not', [`INSERT INTO rollup VALUES (1, 0, 50, ${noon / 60_000}, 4, 0, 0)`]],
    [
      'all at once',
      [
        'DELETE FROM heard WHERE seq % 5 = 0',
        'DELETE FROM rollup WHERE bucket % 3 = 0',
        'UPDATE heard SET sentiment = 1',
      ],
    ],
  ])('are made anew where %s', async (_name, sql) => {
    const before = derived()
    spoil(...sql)
    const found = (await station.store.verify()).problems
    expect(found.join('\n')).toMatch(/^(panes|roll-ups): .*made anew from the mentions/m)
    const mended = await station.intake.mend()
    expect(mended!.entries + mended!.buckets).toBeGreaterThan(0)
    expect(station.intake.mended).toEqual(mended)
    await station.intake.backfilled()
    expect(derived()).toEqual(before)
    expect((await station.store.verify()).problems).toEqual([])
    expect(await station.intake.mend()).toBeNull()
  })

  it('are mended while mentions keep coming, and what comes is counted once', async () => {
    spoil('DELETE FROM heard WHERE listen = 0 AND seq % 2 = 0', 'DELETE FROM rollup WHERE step = 1')
    const mending = station.intake.mend()
    for (let i = 0; i < 5; i++) await station.push([draft({ text: `Another late tram ${i}` })])
    await mending
    await station.intake.backfilled()
    expect((await station.store.verify()).problems).toEqual([])
    const page = await station.store.reader.ask('mentions.page', {
      filter: everything,
      before: null,
      limit: 200,
    } as never)
    expect(page.items).toHaveLength(85)
  })
})
