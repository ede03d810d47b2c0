import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLive, type Live } from '#engine/live/live.ts'
import { mentionsAfter } from '#engine/store/queries/mentions.ts'
import { createMentionDecisions } from '#engine/journal/mention-decisions.ts'
import { MentionFilter, type MentionPatch } from '#shared/contract/mentions.ts'
import { mentionSeq } from '#shared/util/ids.ts'
import { author, draft, openTestStation, type TestStation } from '#tests/engine/store/station.ts'

let station: TestStation
let live: Live
beforeEach(() => {
  station = openTestStation()
  live = createLive({ reads: station.store, clock: station.clock })
  station.intake.onStored((batch) => live.stored(batch))
  station.intake.setListens([{ id: 'lis_train', query: 'train', enabled: true }])
})
afterEach(async () => {
  live.close()
  await station.close()
})

const open = (filter: object = {}, liveFrom = 0) => live.subscribe(MentionFilter.parse(filter), liveFrom)
/** Lets time pass until the reader has its patch. */
async function next(pane: AsyncIterator<MentionPatch>): Promise<MentionPatch> {
  const patch = pane.next()
  station.clock.advance(100)
  const { value } = await patch
  return value as MentionPatch
}
const texts = (patch: MentionPatch): string[] => patch.added.map((card) => card.mention.text)

describe('a live pane', () => {
  it('gets what is stored, numbered, newest first, with where to go on', async () => {
    const pane = open()
    await station.push([draft({ text: 'first' }), draft({ text: 'second' })])
    const one = await next(pane)
    expect(one).toMatchObject({ seq: 1, liveFrom: 2, addedCount: 2, reset: false, changed: [] })
    expect(texts(one)).toEqual(['second', 'first'])
    await station.push([draft({ text: 'third' })])
    expect(await next(pane)).toMatchObject({ seq: 2, liveFrom: 3, addedCount: 1 })
  })

  it.each([
    ['listen', { listenIds: ['lis_train'] }, 'late train'],
    ['network', { networks: ['bluesky'] }, 'elsewhere'],
    ['query', { query: 'coffee -bad' }, 'good coffee'],
  ])('gets only what its %s asks for', async (_what, filter, expected) => {
    const pane = open(filter)
    await station.push([
      draft({ text: 'late train' }),
      draft({ text: 'good coffee' }),
      draft({ text: 'terrible, awful, bad coffee' }),
    ])
    await station.push([draft({ text: 'elsewhere' })], { sourceId: 'src_b', network: 'bluesky' })
    expect(texts(await next(pane))).toEqual([expected])
  })

  it('gets only what its label asks for', async () => {
    const pane = open({ sentiments: ['negative'] })
    await station.push([draft({ text: 'late train' }), draft({ text: 'terrible, awful, bad coffee' })])
    // Which ones are negative is the model's business.
    const negative = mentionsAfter(station.store, 0, 10).filter((mention) => mention.sentiment.label === 'negative')
    expect(texts(await next(pane)).sort()).toEqual(negative.map((mention) => mention.text).sort())
  })

  it('gets at most ten patches a second, and then everything at once', async () => {
    const pane = open()
    await station.push([draft()])
    const first = pane.next()
    station.clock.advance(1)
    await first
    const second = pane.next()
    let came = false
    void second.then(() => (came = true))
    await station.push([draft()])
    await station.push([draft()])
    station.clock.advance(98)
    await new Promise((resolve) => setImmediate(resolve))
    expect(came).toBe(false)
    station.clock.advance(1)
    expect((await second).value).toMatchObject({ seq: 2, addedCount: 2 })
  })

  it('that was away gets what it missed', async () => {
    await station.push([draft({ text: 'known' }), draft({ text: 'missed' }), draft({ text: 'missed too' })])
    expect(texts(await next(open({}, 1)))).toEqual(['missed too', 'missed'])
    const pane = open({}, 3)
    await station.push([draft({ text: 'new' })])
    expect(texts(await next(pane))).toEqual(['new'])
  })

  it('that was away too long, or comes from another station, begins anew', async () => {
    await station.push(Array.from({ length: 5100 }, () => draft()))
    expect(await next(open({}, 0))).toMatchObject({ reset: true, added: [] })
    expect(await next(open({}, 99_999))).toMatchObject({ reset: true })
  })

  it('that reads slowly gets the newest hundred and the count, and costs no more than that', async () => {
    const pane = open()
    await station.push(Array.from({ length: 1500 }, (_, i) => draft({ text: `post ${i}` })))
    const patch = await next(pane)
    expect(patch.addedCount).toBe(1500)
    expect(patch.added).toHaveLength(100)
    expect(patch.added[0]!.mention.text).toBe('post 1499')
    await station.push(Array.from({ length: 2500 }, () => draft()))
    expect(await next(pane)).toMatchObject({ reset: true, added: [], liveFrom: 4000 })
  })

  it('is told of cards that changed', async () => {
    await station.push([draft({ externalId: 'a', text: 'late train' })])
    const pane = open({ listenIds: ['lis_train'] }, 1)
    const decisions = createMentionDecisions({ store: station.store, clock: station.clock })
    decisions.onChanged((seqs) => live.changed(seqs))
    decisions.relabel(1, 'positive', { kind: 'officer', id: 'o', name: 'O' })
    const patch = await next(pane)
    expect(patch).toMatchObject({ addedCount: 0, added: [] })
    expect(patch.changed.map((card) => card.mention.sentiment.label)).toEqual(['positive'])
    await station.push([draft({ externalId: 'a', engagement: { likes: 5, reposts: null, replies: null } })])
    expect((await next(pane)).changed[0]!.mention.engagement?.likes).toBe(5)
  })

  it('is told of what changed while its page was read and on its way', async () => {
    await station.push([draft(), draft(), draft()])
    const { store, clock } = station
    const decisions = createMentionDecisions({ store, clock })
    decisions.onChanged((seqs) => live.changed(seqs))
    const relabel = (seq: number) => decisions.relabel(seq, 'positive', { kind: 'officer', id: 'o', name: 'O' })
    const pageOf = (meanwhile: () => void) =>
      live.page(async () => {
        const page = await store.reader.ask('mentions.page', { filter: MentionFilter.parse({}), before: null, limit: 60 }) // prettier-ignore
        meanwhile()
        return page
      })
    relabel(1)
    const first = await pageOf(() => relabel(2))
    const second = await pageOf(() => {})
    relabel(3)
    const changed = async (liveFrom: number) => (await next(open({}, liveFrom))).changed.map(({ mention }) => mentionSeq(station.store.stationId, mention.id)) // prettier-ignore
    expect(await changed(first.liveFrom)).toEqual([3, 2])
    expect(await changed(second.liveFrom)).toEqual([3])
    // Nobody takes up a page of a search; after a while it is forgotten.
    await pageOf(() => relabel(1))
    clock.advance(30_000)
    const late = open({}, 3)
    relabel(2)
    expect((await next(late)).changed.map(({ mention }) => mentionSeq(station.store.stationId, mention.id))).toEqual([
      2,
    ])
  })

  it('is told of no more changes at its beginning than a patch holds, of the newest rows', async () => {
    await station.push(Array.from({ length: 1500 }, (_, at) => draft({ publishedAt: 1_700_000_000_000 + at })))
    const liveFrom = 1500
    const changing = (count: number) =>
      live.page(async () => {
        live.changed(Array.from({ length: count }, (_, at) => 1400 - at))
        return { liveFrom }
      })
    await changing(150)
    const { reset, changed } = await next(open({}, liveFrom))
    expect(reset).toBe(false)
    expect(changed.map(({ mention }) => mentionSeq(station.store.stationId, mention.id))).toEqual(
      Array.from({ length: 100 }, (_, at) => 1400 - at),
    )
    await changing(1200)
    expect(await next(open({}, liveFrom))).toMatchObject({ reset: true, changed: [] })
    await expect(live.page(() => Promise.reject(new Error('no page')))).rejects.toThrow('no page')
  })

  it('hears nothing of muted authors', async () => {
    await station.push([draft({ author: author('loud') })])
    const pane = open({}, 1)
    createMentionDecisions({ store: station.store, clock: station.clock }).muteAuthor(1, {
      kind: 'officer',
      id: 'o',
      name: 'O',
    })
    await station.push([draft({ author: author('loud') }), draft({ text: 'calm', author: author('calm') })])
    expect(texts(await next(pane))).toEqual(['calm'])
  })

  it('of the unanswered shows mentions with an open case', async () => {
    await station.push([draft({ text: 'without a case' })])
    const pane = open({ unanswered: true }, 0)
    const second = pane.next()
    let came = false
    void second.then(() => (came = true))
    station.clock.advance(1000)
    await new Promise((resolve) => setImmediate(resolve))
    expect(came).toBe(false)
  })

  it('ends when its reader goes, in whatever way', async () => {
    const gone = new AbortController()
    const aborted = live.subscribe(MentionFilter.parse({}), 0, gone.signal)
    const returned = open()
    const waiting = aborted.next()
    expect(live.open).toBe(2)
    gone.abort()
    await returned.return?.()
    expect(live.open).toBe(0)
    expect(await waiting).toEqual({ done: true, value: undefined })
    expect(await aborted.next()).toEqual({ done: true, value: undefined })
  })
})
