import { saying } from '#tests/support/saying.ts'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectionOf } from '#engine/store/connections.ts'
import { createMentionDecisions } from '#engine/journal/mention-decisions.ts'
import type { Draft, Mention } from '#shared/model/mention.ts'
import type { Actor } from '#shared/model/journal.ts'
import { placeOf, type Filter } from '#engine/store/queries/filter.ts'
import type { Page } from '#engine/store/queries/page.ts'
import { mentionsAfter } from '#engine/store/queries/mentions.ts'
import { author, draft, everything, noon, openTestStation, type TestStation } from './station.ts'

const lena: Actor = { kind: 'officer', id: 'lena', name: 'Lena' }
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
let station: TestStation
beforeEach(() => {
  station = openTestStation()
})
afterEach(() => station.close())

const listens = [
  { id: 'lis_train', query: 'train', enabled: true },
  { id: 'lis_bad', query: 'terrible OR awful', enabled: true },
]
const words = ['train late', 'terrible train', 'awful food', 'great coffee', 'the weather', 'thanks, great train']
const sources = [
  { sourceId: 'src_a', network: 'mastodon' },
  { sourceId: 'src_b', network: 'bluesky' },
  { sourceId: 'src_c', network: 'bluesky' },
]

/** Every page of a filter, one after the other. */
async function pages(filter: Partial<Filter>, limit = 7): Promise<Mention[]> {
  const found: Mention[] = []
  let before: string | null = null
  for (;;) {
    const page: Page = await station.store.reader.ask('mentions.page', {
      filter: { ...everything, ...filter },
      before: before === null ? null : placeOf(before)!,
      limit,
    })
    expect(page.items.length).toBeLessThanOrEqual(limit)
    found.push(...page.items.map((card) => card.mention))
    if (page.next === null) return found
    expect(page.items).toHaveLength(limit)
    before = page.next
  }
}

const all = (): Mention[] => mentionsAfter(station.store, 0, 10_000)
const newestFirst = (mentions: Mention[]): Mention[] =>
  [...mentions].sort((a, b) => b.publishedAt - a.publishedAt || b.seq - a.seq)
const ids = (mentions: Mention[]): string[] => mentions.map((mention) => mention.id)

async function fill(posts: [text: number, source: number, minutesAgo: number][]): Promise<void> {
  for (const [i, from] of sources.entries()) {
    const drafts = posts
      .filter(([, source]) => source === i)
      .map(([text, , ago]) => draft({ text: words[text]!, publishedAt: noon - ago * MINUTE }))
    if (drafts.length > 0) await station.push(drafts, from)
  }
}

const somePosts = fc.array(
  fc.tuple(fc.nat(words.length - 1), fc.nat(sources.length - 1), fc.nat(20 * 24 * 60)),
  { minLength: 30, maxLength: 80 },
) // prettier-ignore

describe('pages', () => {
  it('hold every mention once, newest first, whatever is asked for', async () => {
    station.intake.setListens(listens)
    const [posts] = fc.sample(somePosts, { numRuns: 1, seed: 42 })
    await fill(posts!)
    // Ties in time are the hard part of paging.
    await station.push(
      Array.from({ length: 20 }, (_, i) => draft({ text: words[i % 6]!, publishedAt: noon - 5 * MINUTE })),
    )
    await station.store.indexed()
    const mentions = all()
    const cases: [Partial<Filter>, (mention: Mention) => boolean][] = [
      [{}, () => true],
      [{ listenIds: ['lis_train'] }, (m) => m.listenIds.includes('lis_train')],
      [{ listenIds: ['lis_train', 'lis_bad'] }, (m) => m.listenIds.length > 0],
      [{ listenIds: ['lis_gone'] }, () => false],
      [{ networks: ['bluesky'] }, (m) => m.network === 'bluesky'],
      [{ sourceIds: ['src_b'], sentiments: ['negative'] }, (m) => m.sourceId === 'src_b' && m.sentiment.label === 'negative'],
      [{ sentiments: ['positive', 'neutral'] }, (m) => m.sentiment.label !== 'negative'],
      [{ from: noon - 3 * DAY, to: noon - DAY }, (m) => m.publishedAt >= noon - 3 * DAY && m.publishedAt < noon - DAY],
      [{ query: 'train' }, (m) => m.text.includes('train')],
      [{ query: 'train -late', listenIds: ['lis_bad'] }, (m) => m.text === 'terrible train'],
      [{ query: 'great', networks: ['mastodon'], to: noon - DAY }, (m) => m.text.includes('great') && m.network === 'mastodon' && m.publishedAt < noon - DAY],
      [{ query: 'terrible OR awful', sentiments: ['negative'] }, (m) => /terrible|awful/.test(m.text) && m.sentiment.label === 'negative'],
    ] // prettier-ignore
    for (const [filter, fits] of cases) {
      expect(ids(await pages(filter)), JSON.stringify(filter)).toEqual(ids(newestFirst(mentions.filter(fits))))
    }
  })

  it('say how many there are where that is known, and where live goes on', async () => {
    station.intake.setListens(listens)
    await fill([[0, 0, 1], [1, 0, 2], [3, 1, 3]]) // prettier-ignore
    const page = await station.store.reader.ask('mentions.page', {
      filter: { ...everything, listenIds: ['lis_train'] },
      before: null,
      limit: 1,
    })
    expect(page).toMatchObject({ total: 2, estimated: false, liveFrom: 3 })
  })

  it('mark the words that the listen or the search is about', async () => {
    station.intake.setListens(listens)
    await station.push([draft({ text: 'A terrible train' })])
    await station.store.indexed()
    const marks = async (query: string) => {
      const page = await station.store.reader.ask('mentions.page', {
        filter: { ...everything, query },
        before: null,
        limit: 1,
      })
      return page.items[0]!.marks.map(([start, end]) => 'A terrible train'.slice(start, end))
    }
    expect(await marks('')).toEqual(['terrible', 'train'])
    expect(await marks('train')).toEqual(['train'])
  })
})

describe('charts', () => {
  const count = (mentions: Mention[]) => ({
    negative: mentions.filter((m) => m.sentiment.label === 'negative').length,
    neutral: mentions.filter((m) => m.sentiment.label === 'neutral').length,
    positive: mentions.filter((m) => m.sentiment.label === 'positive').length,
  })

  it('agree with counting the mentions, for any period and width, also after relabelling', async () => {
    station.intake.setListens(listens)
    const [posts] = fc.sample(somePosts, { numRuns: 1, seed: 7 })
    await fill(posts!)
    const decisions = createMentionDecisions({ store: station.store, clock: station.clock })
    for (const seq of [1, 5, 9, 12]) decisions.relabel(seq, 'positive', lena)
    const mentions = all()
    const { reader } = station.store
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(1, 5, 60, 90, 180, 1440, 10_080),
        fc.nat(20 * 24 * 60),
        fc.integer({ min: 1, max: 3000 }),
        fc.constantFrom<string[]>([], ['lis_train'], ['lis_bad']),
        async (bucketMinutes, ago, length, listenIds) => {
          const from = noon - ago * MINUTE
          const to = Math.min(from + length * bucketMinutes * MINUTE, from + 1500 * bucketMinutes * MINUTE)
          const points = await reader.ask('charts.sentiment', { listenIds, from, to, bucketMinutes })
          const width = bucketMinutes * MINUTE
          expect(points.length).toBeLessThanOrEqual(2000)
          expect(points[0]!.at).toBe(Math.floor(from / width) * width)
          expect(points.at(-1)!.at).toBeLessThan(to)
          const heard = mentions.filter((m) => listenIds.length === 0 || m.listenIds.includes(listenIds[0]!))
          for (const { at, ...counts } of points) {
            if (counts.negative + counts.neutral + counts.positive === 0) continue
            expect(counts).toEqual(count(heard.filter((m) => m.publishedAt >= at && m.publishedAt < at + width)))
          }
          const drawn = points.reduce((sum, p) => sum + p.negative + p.neutral + p.positive, 0)
          const end = points.at(-1)!.at + width
          expect(drawn).toBe(heard.filter((m) => m.publishedAt >= points[0]!.at && m.publishedAt < end).length)
          const minute = { from: Math.floor(from / MINUTE) * MINUTE, to: Math.ceil(to / MINUTE) * MINUTE }
          const networks = await reader.ask('charts.networks', { listenIds, from, to })
          for (const { network, ...counts } of networks) {
            const here = heard.filter(
              (m) => m.network === network && m.publishedAt >= minute.from && m.publishedAt < minute.to,
            )
            const { negative, positive } = count(here)
            expect(counts).toEqual({ count: here.length, negative, positive })
          }
        },
      ),
      { numRuns: 40 },
    )
    expect((await station.store.verify()).problems).toEqual([])
  })

  it('refuse more points than can be drawn', async () => {
    const asked = station.store.reader.ask('charts.sentiment', { listenIds: [], from: 0, to: noon, bucketMinutes: 1 })
    await expect(asked).rejects.toMatchObject({ kind: 'user', message: saying(/2000 is the most/) })
  })

  it('compare with the usual: the same hours of earlier weeks, else of earlier days', async () => {
    const at = (when: number, n: number) => Array.from({ length: n }, () => draft({ publishedAt: when }))
    const period = { listenIds: [], from: noon - HOUR, to: noon, now: noon }
    const numbers = () => station.store.reader.ask('charts.numbers', period)
    expect(await numbers()).toMatchObject({ heard: 0, timesUsual: null, netSentiment: null })
    await station.push(at(noon - 10 * MINUTE, 6))
    expect(await numbers()).toMatchObject({ heard: 6, timesUsual: null })
    await station.push([...at(noon - DAY - 10 * MINUTE, 2), ...at(noon - 2 * DAY - 10 * MINUTE, 4)])
    expect((await numbers()).timesUsual).toBe(6 / ((2 + 4) / 2))
    await station.push([...at(noon - 7 * DAY - 10 * MINUTE, 3), ...at(noon - 7 * DAY - 12 * HOUR, 1)])
    expect((await numbers()).timesUsual).toBe(2)
  })

  it('know the hours of the week in the station’s zone, also when the clocks change', async () => {
    await station.push([
      draft({ publishedAt: Date.parse('2026-10-25T00:30:00Z') }), // 02:30 summer time in Berlin
      draft({ publishedAt: Date.parse('2026-10-25T01:30:00Z') }), // 02:30 again, winter time
      draft({ publishedAt: Date.parse('2026-10-25T22:30:00Z') }), // Sunday 23:30
      draft({ publishedAt: Date.parse('2026-10-25T23:30:00Z') }), // Monday 00:30
    ])
    const heat = await station.store.reader.ask('charts.heat', {
      listenIds: [],
      from: noon - 30 * DAY,
      to: noon,
      timeZone: 'Europe/Berlin',
    })
    expect(heat).toHaveLength(168)
    expect(heat.filter((cell) => cell.count > 0)).toEqual([
      { weekday: 1, hour: 0, count: 1 },
      { weekday: 7, hour: 2, count: 2 },
      { weekday: 7, hour: 23, count: 1 },
    ])
  })

  it('share the voice by brand: a mention that several listens of one heard counts once', async () => {
    station.intake.setListens(listens)
    await fill([[0, 0, 1], [1, 0, 2], [2, 0, 3], [5, 1, 4]]) // prettier-ignore
    const share = async (
      brands: { name: string; listenIds: string[] }[],
      listenIds: string[] = [],
      from = noon - HOUR,
    ) => {
      const asked = brands.map((one) => ({ ...one, ours: false }))
      const voice = await station.store.reader.ask('charts.voice', { listenIds, from, to: noon, brands: asked })
      return voice.map(({ name, count }) => [name, count])
    }
    const apart = listens.map(({ id }) => ({ name: id, listenIds: [id] }))
    expect((await share(apart)).slice(0, 2)).toEqual([
      ['lis_train', 3],
      ['lis_bad', 2],
    ])
    const both = { name: 'Rail', listenIds: ['lis_train', 'lis_bad'] }
    expect(await share([both])).toEqual([['Rail', 4]])
    expect(await share([{ ...both, listenIds: both.listenIds.toReversed() }], [], 0)).toEqual([['Rail', 4]])
    // Of some listens alone: as if the brand had no others.
    expect(await share([both, { name: 'Gone', listenIds: ['lis_gone'] }], ['lis_bad'])).toEqual([['Rail', 2]])
  })
})

describe('a new listen', () => {
  it('finds its history, newest first, as if it had always been there', async () => {
    const posts = Array.from({ length: 60 }, (_, i): [number, number, number] => [i % 6, i % 3, i * 31])
    await fill(posts)
    station.intake.setListens(listens)
    await station.push([draft({ text: 'one more terrible train', publishedAt: noon })])
    await station.intake.backfilled()
    expect(ids(await pages({ listenIds: ['lis_train'] }))).toEqual(
      ids(newestFirst(all().filter((m) => m.text.includes('train')))),
    )
    const brands = [{ name: 'Train', listenIds: ['lis_train'], ours: true }]
    const [train] = await station.store.reader.ask('charts.voice', { listenIds: [], from: 0, to: noon + 1, brands })
    expect(train!.count).toBe(31)
    expect((await station.store.verify()).problems).toEqual([])
  })

  it('goes on after a restart, and a changed query replaces what it heard', async () => {
    await fill(Array.from({ length: 60 }, (_, i): [number, number, number] => [i % 6, i % 3, i * 31]))
    station.intake.setListens(listens)
    await station.restart()
    await station.intake.backfilled()
    expect(await pages({ listenIds: ['lis_bad'] })).toHaveLength(20)
    station.intake.setListens([{ id: 'lis_bad', query: 'coffee', enabled: true }])
    await station.push([draft({ text: 'terrible coffee', publishedAt: noon })])
    await station.intake.backfilled()
    expect((await pages({ listenIds: ['lis_bad'] })).every((m) => m.text.includes('coffee'))).toBe(true)
    expect(await pages({ listenIds: ['lis_bad'] })).toHaveLength(11)
    expect(await pages({ listenIds: ['lis_train'] })).toEqual([])
    const left = connectionOf(station.store).prepare(
      'SELECT count(*) FROM heard h JOIN listen_no l ON l.no = h.listen WHERE l.retired > 0',
    )
    expect(left.pluck().get()).toBe(0)
    expect((await station.store.verify()).problems).toEqual([])
  })

  it('that is switched off hears nothing new and keeps what it heard', async () => {
    station.intake.setListens(listens)
    await station.push([draft({ text: 'train' })])
    station.intake.setListens(listens.map((listen) => ({ ...listen, enabled: false })))
    await station.push([draft({ text: 'another train' })])
    expect(await pages({ listenIds: ['lis_train'] })).toHaveLength(1)
  })
})

describe('decisions about mentions', () => {
  const card = async (seq: number) => (await station.store.reader.ask('mentions.card', { seq }))!
  const posts = (): Draft[] => [
    draft({ text: 'terrible train', author: author('lena'), externalId: 'r' }),
    draft({ text: 'great coffee', author: author('lena') }),
    draft({ text: 'answer', author: author('omar'), inReplyTo: 'r' }),
  ]

  it('a label moves panes and charts, and back when it is undone', async () => {
    station.intake.setListens(listens)
    await station.push(posts())
    const decisions = createMentionDecisions({ store: station.store, clock: station.clock })
    const told: number[] = []
    decisions.onChanged((seqs) => told.push(...seqs))
    const before = await card(1)
    const entry = decisions.relabel(1, 'positive', lena)
    expect((await card(1)).mention.sentiment).toEqual({
      label: 'positive',
      score: 1,
      confidence: 1,
      words: [],
      model: 'officer',
    })
    expect(await pages({ listenIds: ['lis_train'], sentiments: ['positive'] })).toHaveLength(1)
    expect((await station.store.verify()).problems).toEqual([])
    expect(decisions.undo(entry, lena)).toMatchObject({ undone: 'mention.relabelled', mentionSeq: 1 })
    expect(await card(1)).toEqual(before)
    expect((await station.store.verify()).problems).toEqual([])
    expect(told).toEqual([1, 1])
  })

  it('a muted author leaves the panes, not the search; undone he is back, and so on', async () => {
    await station.push(posts())
    await station.store.indexed()
    const decisions = createMentionDecisions({ store: station.store, clock: station.clock })
    const mute = decisions.muteAuthor(1, lena)
    expect((await pages({})).map((m) => m.seq)).toEqual([3])
    expect(await pages({ query: 'train OR coffee' })).toHaveLength(2)
    expect((await card(2)).muted).toBe(true)
    const undone = decisions.undo(mute, lena)!
    expect(await pages({})).toHaveLength(3)
    decisions.undo(undone.entry, lena)
    expect(await pages({})).toHaveLength(1)
  })

  it('a muted conversation takes its first mention and later answers with it', async () => {
    await station.push(posts())
    const decisions = createMentionDecisions({ store: station.store, clock: station.clock })
    decisions.muteThread(1, lena)
    await station.push([draft({ inReplyTo: 'r', text: 'a later answer' })])
    expect((await pages({})).map((m) => m.text)).toEqual(['great coffee'])
    expect((await station.store.verify()).problems).toEqual([])
  })
})
