import { saying } from '#tests/support/saying.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectionOf } from '#engine/store/connections.ts'
import { itself, recordSource } from '#engine/collect/record-source.ts'
import type { StoredBatch } from '#engine/intake/intake.ts'
import { lastSeq, mentionBySeq, mentionsAfter } from '#engine/store/queries/mentions.ts'
import { readCursor, writeCursor } from '#engine/store/queries/cursors.ts'
import type { Draft, Mention } from '#shared/model/mention.ts'
import { author, draft, everything, noon, openTestStation, type TestStation } from '#tests/engine/store/station.ts'

let station: TestStation
beforeEach(() => {
  station = openTestStation()
  const { store, clock } = station
  const made = { id: 'src_a', connector: 'mastodon', name: 'A', enabled: true, config: {}, createdAt: 1 }
  store.transaction(() =>
    recordSource({ store, clock }, null, { source: made, network: 'mastodon', secretKeys: [] }, itself),
  )
})
afterEach(() => station.close())

const all = (): Mention[] => mentionsAfter(station.store, 0, 10_000)
const source = { sourceId: 'src_a', network: 'mastodon' }

describe('a push', () => {
  it('accounts for every draft', async () => {
    const result = await station.push([
      draft({ externalId: 'a', publishedAt: noon - 5000 }),
      draft({ externalId: 'a' }),
      draft({ externalId: '' }),
      draft({ publishedAt: 0 }),
      draft({ publishedAt: noon - 1000 }),
    ])
    expect(result).toEqual({
      stored: 2,
      history: 0,
      duplicates: 1,
      dropped: { 'no id': 1, 'date before 1990': 1 },
      newestPublishedAt: noon - 1000,
    })
    expect(lastSeq(station.store)).toBe(2)
  })

  it('keeps every fact of a draft', async () => {
    const full: Draft = {
      externalId: 'https://ruhr.social/@lena/1',
      kind: 'reply',
      text: 'Das ist furchtbar & <b>schlecht</b> "wirklich"',
      title: 'Titel',
      url: 'https://ruhr.social/@lena/1',
      author: {
        id: 'lena',
        handle: '@lena@ruhr.social',
        name: 'Lena',
        url: 'https://ruhr.social/@lena',
        followers: 86,
      },
      publishedAt: noon - 1234,
      lang: 'de',
      country: 'DE',
      threadId: 't1',
      inReplyTo: 'p1',
      engagement: { likes: 0, reposts: null, replies: 2 },
      links: ['https://example.org/a?b=c'],
      media: ['image', 'video'],
      private: true,
      raw: '{"id":1}',
    }
    await station.push([full])
    const [mention] = all()
    const { raw: _raw, lang: _lang, ...facts } = full
    expect(mention).toMatchObject({ ...facts, sourceId: 'src_a', network: 'mastodon', seenAt: noon })
    expect(mention!.id).toBe(`${station.store.stationId}-1`)
    expect(mention!.sentiment.label).toBe('negative')
    expect(mention!.sentiment.words.every(({ word, start, end }) => full.text.slice(start, end) === word)).toBe(true)
    expect(connectionOf(station.store).prepare('SELECT raw FROM mention_raw').pluck().get()).toBe(full.raw)
  })

  it('of nothing still moves the cursor', async () => {
    const result = await station.intake.push({
      ...source,
      drafts: [],
      commit: (db) => writeCursor(db, 'src_a', 'c1', 1),
    })
    expect(result).toMatchObject({ stored: 0, duplicates: 0 })
    expect(readCursor(station.store, 'src_a')).toBe('c1')
  })

  it('larger than a batch is stored whole, its cursor with the last part', async () => {
    const counts: number[] = []
    const result = await station.intake.push({
      ...source,
      drafts: Array.from({ length: 3500 }, () => draft()),
      commit: (writes) =>
        counts.push(connectionOf(writes).prepare('SELECT count(*) FROM mention').pluck().get() as number),
    })
    expect(result.stored).toBe(3500)
    expect(counts).toEqual([3500])
  })

  it('keeps the order of pushes that nobody waited for', async () => {
    const order: string[] = []
    const pushes = Array.from({ length: 12 }, (_, i) =>
      station.intake.push({
        ...source,
        drafts: Array.from({ length: 300 }, (_, n) => draft({ externalId: `${i}-${n}` })),
        commit: () => order.push(`${i}`),
      }),
    )
    await Promise.all(pushes)
    expect(order).toEqual(Array.from({ length: 12 }, (_, i) => `${i}`))
    expect(all().map((mention) => mention.externalId)).toEqual(
      Array.from({ length: 12 }, (_, i) => Array.from({ length: 300 }, (_, n) => `${i}-${n}`)).flat(),
    )
  })

  it('is announced after it is committed, in order', async () => {
    const batches: StoredBatch[] = []
    station.intake.onStored((batch) => {
      expect(connectionOf(station.store).inTransaction).toBe(false)
      expect(lastSeq(station.store)).toBe(batch.lastSeq)
      batches.push(batch)
    })
    await Promise.all([station.push(Array.from({ length: 1500 }, () => draft())), station.push([draft()])])
    expect(batches[0]!.firstSeq).toBe(1)
    for (const [i, batch] of batches.entries()) if (i > 0) expect(batch.firstSeq).toBe(batches[i - 1]!.lastSeq + 1)
    expect(batches.at(-1)!.lastSeq).toBe(1501)
  })
})

describe('a mention that is known', () => {
  it('is not doubled, also after a restart', async () => {
    await station.push([draft({ externalId: 'a' }), draft({ externalId: 'b' })])
    expect(await station.push([draft({ externalId: 'b' }), draft({ externalId: 'c' })])).toMatchObject({
      stored: 1,
      duplicates: 1,
    })
    await station.restart()
    expect(await station.push([draft({ externalId: 'a' }), draft({ externalId: 'c' })])).toMatchObject({
      stored: 0,
      duplicates: 2,
    })
    expect(all()).toHaveLength(3)
  })

  it('is another one in another source', async () => {
    await station.push([draft({ externalId: 'a' })])
    expect(await station.push([draft({ externalId: 'a' })], { sourceId: 'src_b', network: 'mastodon' })).toMatchObject({
      stored: 1,
    })
  })

  it('follows its counts and keeps its text', async () => {
    const updated: number[][] = []
    station.intake.onStored((batch) => updated.push(batch.updated))
    const engagement = { likes: 1, reposts: 0, replies: null }
    await station.push([draft({ externalId: 'a', text: 'as it was', engagement })])
    await station.push([draft({ externalId: 'a', text: 'as it was', engagement })])
    await station.push([draft({ externalId: 'a', text: 'edited', engagement: { ...engagement, likes: 9 } })])
    expect(all()[0]).toMatchObject({ text: 'as it was', engagement: { likes: 9, reposts: 0, replies: null } })
    expect(updated).toEqual([[], [1]])
  })

  it('that comes twice while it is on its way is stored once', async () => {
    const results = await Promise.all([
      station.push([draft({ externalId: 'a' })]),
      station.push([draft({ externalId: 'a' })]),
      station.push(Array.from({ length: 1200 }, (_, i) => draft({ externalId: `n${i}` }))),
      station.push([draft({ externalId: 'a' }), draft({ externalId: 'n7' })]),
    ])
    expect(results.map((result) => result.stored)).toEqual([1, 0, 1200, 0])
    expect(results.map((result) => result.duplicates)).toEqual([0, 1, 0, 2])
  })
})

describe('equal words', () => {
  it('lead to the first mention that had them', async () => {
    const text = 'The same long complaint about the delayed night train to Vienna'
    await station.push([draft({ text }), draft({ text: 'Something else altogether, with other words in it' })])
    await station.push([draft({ text: `RT @someone ${text} https://t.example/abc` }), draft({ text })])
    const [first, other, copy, again] = all()
    expect([first!.duplicateOf, other!.duplicateOf]).toEqual([null, null])
    expect([copy!.duplicateOf, again!.duplicateOf]).toEqual([first!.id, first!.id])
  })

  it('are known again after a restart', async () => {
    const text = 'The same long complaint about the delayed night train to Vienna'
    await station.push([draft({ text })])
    await station.restart()
    await station.push([draft({ text: `${text} !!` })])
    expect(all()[1]!.duplicateOf).toBe(all()[0]!.id)
  })

  it('in one batch lead to its first', async () => {
    const text = 'Thousands of people post exactly this sentence today'
    await station.push([draft({ text }), draft({ text }), draft({ text })])
    expect(all().map((mention) => mention.duplicateOf)).toEqual([null, all()[0]!.id, all()[0]!.id])
  })
})

describe('authors and conversations', () => {
  it('say what came before, by the same author on the same network', async () => {
    await station.push([
      draft({ author: author('lena') }),
      draft({ author: author('omar') }),
      draft({ author: author('lena') }),
    ])
    await station.push([draft({ author: author('lena') })], { sourceId: 'src_b', network: 'bluesky' })
    await station.push([draft({ author: author('lena') })])
    const earlier = async (seq: number) => (await station.store.reader.ask('mentions.card', { seq }))!.earlier.mentions
    expect(await Promise.all([1, 2, 3, 4, 5].map(earlier))).toEqual([0, 0, 1, 0, 2])
    const others = await station.store.reader.ask('mentions.byAuthor', { seq: 3, limit: 10 })
    expect(others.map((card) => card.mention.seq)).toEqual([5, 1])
  })

  it('a conversation is found from each of its members, whatever came first', async () => {
    await station.push([
      draft({ externalId: 'reply-to-reply', inReplyTo: 'reply', publishedAt: noon - 1000 }),
      draft({ externalId: 'alone', publishedAt: noon - 500 }),
    ])
    await station.push([draft({ externalId: 'root', publishedAt: noon - 9000 })])
    await station.push([draft({ externalId: 'reply', inReplyTo: 'root', publishedAt: noon - 5000 })])
    await station.push([draft({ externalId: 'later', inReplyTo: 'reply', publishedAt: noon - 100 })])
    const thread = async (seq: number): Promise<string[]> =>
      (await station.store.reader.ask('mentions.thread', { seq, seed: station.store.hashSeed })).map(
        (card) => card.mention.externalId,
      )
    expect(await thread(3)).toEqual(['root', 'reply', 'later'])
    expect(await thread(5)).toEqual(['root', 'reply', 'later'])
    expect(await thread(2)).toEqual(['alone'])
  })

  it('a thread id joins across sources of a network', async () => {
    await station.push([draft({ externalId: 't9', publishedAt: noon - 3000 })])
    await station.push([draft({ externalId: 'c1', threadId: 't9', publishedAt: noon - 2000 })], {
      sourceId: 'src_b',
      network: 'mastodon',
    })
    await station.push([draft({ externalId: 'x', threadId: 't9', publishedAt: noon - 1000 })], {
      sourceId: 'src_c',
      network: 'bluesky',
    })
    const cards = await station.store.reader.ask('mentions.thread', { seq: 2, seed: station.store.hashSeed })
    expect(cards.map((card) => card.mention.externalId)).toEqual(['t9', 'c1'])
  })
})

describe('a write that fails', () => {
  it('loses nothing: the push is refused, cursors stay, and the next one stores', async () => {
    await station.push([draft({ externalId: 'before' })])
    const failing = station.intake.push({
      ...source,
      drafts: [draft({ externalId: 'a' })],
      commit(db) {
        writeCursor(db, 'src_a', 'too far', 1)
        throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
      },
    })
    const behind = station.intake.push({
      ...source,
      drafts: Array.from({ length: 2000 }, () => draft()),
      commit: (db) => writeCursor(db, 'src_a', 'further', 1),
    })
    behind.catch(() => {})
    await expect(failing).rejects.toMatchObject({ kind: 'operational', message: saying(/disk is full/) })
    await expect(behind).rejects.toMatchObject({ kind: 'operational' })
    expect(station.store.problem).toEqual(saying(/Free some space/))
    expect(readCursor(station.store, 'src_a')).toBeNull()
    expect(all().map((mention) => mention.externalId)).toEqual(['before'])
    const again = await station.intake.push({
      ...source,
      drafts: [draft({ externalId: 'before' }), draft({ externalId: 'a' })],
      commit: (db) => writeCursor(db, 'src_a', 'c2', 2),
    })
    expect(again).toMatchObject({ stored: 1, duplicates: 1 })
    expect(readCursor(station.store, 'src_a')).toBe('c2')
    expect(station.store.problem).toBeNull()
    expect((await station.store.verify()).problems).toEqual([])
  })

  it('does not let a copy count as known that was on its way with it', async () => {
    const failing = station.intake.push({
      ...source,
      drafts: [draft({ externalId: 'a' })],
      commit() {
        throw new Error('a fault of the program')
      },
    })
    const copy = station.push([draft({ externalId: 'a' })])
    const results = await Promise.allSettled([failing, copy])
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected'])
    expect(await station.push([draft({ externalId: 'a' })])).toMatchObject({ stored: 1, duplicates: 0 })
    expect(await station.push([draft({ externalId: 'a' })])).toMatchObject({ stored: 0, duplicates: 1 })
  })

  it('of one source is not the end of another one', async () => {
    const broken = station.intake.push({
      ...source,
      drafts: [draft({ externalId: 'a' })],
      commit() {
        throw new Error('a fault of the program')
      },
    })
    broken.catch(() => {})
    const behind = station.push([draft({ externalId: 'b' })])
    behind.catch(() => {})
    await expect(broken).rejects.toThrow('a fault of the program')
    expect(await station.push([draft({ externalId: 'c' })], { sourceId: 'src_b', network: 'feed' })).toMatchObject({
      stored: 1,
    })
    expect(await station.push([draft({ externalId: 'a' })])).toMatchObject({ stored: 1 })
    expect(station.store.problem).toBeNull()
  })

  it('by a disk that is really full is the same', async () => {
    await station.push([draft({ externalId: 'before' })])
    const db = connectionOf(station.store)
    const pages = db.pragma('page_count', { simple: true }) as number
    db.pragma(`max_page_count = ${pages + 4}`)
    const many = Array.from({ length: 500 }, (_, i) => draft({ externalId: `m${i}`, text: `${i} `.repeat(500) }))
    await expect(station.push(many)).rejects.toMatchObject({ kind: 'operational' })
    expect(lastSeq(db)).toBe(1)
    db.pragma('max_page_count = 1000000')
    expect(await station.push(many)).toMatchObject({ stored: 500 })
    expect((await station.store.verify()).problems).toEqual([])
  })
})

describe('text that wants to do harm', () => {
  it.each([
    '<script>alert(1)</script>', "'; DROP TABLE mention; --", '"><img src=x onerror=alert(1)>', '\u202e\u0000\ud800',
    '😀'.repeat(5000), 'NEAR( OR AND NOT " * ^ : {', '‖'.repeat(50),
  ])('is text: %s', async (text) => {
    await station.push([draft({ externalId: text.slice(0, 40) || 'x', text: `x ${text}`, author: { ...author('a')!, handle: text, name: text } })])
    expect(all()).toHaveLength(1)
    await station.store.indexed()
    expect((await station.store.verify()).problems).toEqual([])
    const page = await station.store.reader.ask('mentions.page', { filter: everything, before: null, limit: 10 })
    expect(page.items).toHaveLength(1)
  }) // prettier-ignore
})

it('rows say what they were when they are read again', async () => {
  await station.push([draft({ text: 'terrible, awful service' })])
  const before = mentionBySeq(station.store, 1)
  await station.restart()
  expect(mentionBySeq(station.store, 1)).toEqual(before)
})
