import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Client } from '#engine/api/router.ts'
import type { MentionPatch } from '#shared/contract/mentions.ts'
import { openTestEngine } from '#tests/support/engine.ts'
import { author, draft, noon } from '#tests/engine/store/station.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'

let opened: Awaited<ReturnType<typeof openTestEngine>>
let clock: ManualClock
let officer: Client
let wall: Client
beforeEach(async () => {
  clock = new ManualClock(noon)
  opened = await openTestEngine({ clock })
  officer = opened.engine.client('officer')
  wall = opened.engine.client('wall')
})
afterEach(() => opened.close())

const push = async (...drafts: ReturnType<typeof draft>[]): Promise<void> => {
  await opened.engine.intake.push({ sourceId: 'src_a', network: 'mastodon', drafts })
  await opened.engine.idle()
}

describe('mentions', () => {
  it('are listed, found, opened, followed to their author and conversation', async () => {
    await push(
      draft({ externalId: 'a', text: 'the night train is late', author: author('lena') }),
      draft({ externalId: 'b', text: 'which one?', author: author('omar'), inReplyTo: 'a', publishedAt: noon }),
      draft({ externalId: 'c', text: 'thanks', author: author('lena'), publishedAt: noon - 1 }),
    )
    await opened.engine.store.indexed()
    const page = await officer.mentions.page({ filter: {}, limit: 2 })
    expect(page).toMatchObject({ total: 3, liveFrom: 3 })
    expect(page.items.map((card) => card.mention.externalId)).toEqual(['b', 'c'])
    const rest = await officer.mentions.page({ filter: {}, before: page.next, limit: 2 })
    expect(rest.items.map((card) => card.mention.externalId)).toEqual(['a'])
    const [found] = (await officer.mentions.page({ filter: { query: '"night train"' } })).items
    expect(found!.marks).toEqual([[4, 15]])
    const { id } = found!.mention
    expect((await officer.mentions.get({ id })).mention.text).toBe('the night train is late')
    expect((await officer.mentions.thread({ id })).map((card) => card.mention.externalId)).toEqual(['a', 'b'])
    expect((await officer.mentions.byAuthor({ id })).map((card) => card.mention.externalId)).toEqual(['c'])
  })

  it.each([
    ['a query', () => officer.mentions.page({ filter: { query: 'late AND (' } }), 'query.wrong'],
    ['a cursor', () => officer.mentions.page({ filter: {}, before: 'nonsense' }), 'mention.foreignCursor'],
    ['an id of another station', () => officer.mentions.get({ id: 'zzzzz-1' }), 'mention.unknownId'],
    [
      'an id of nothing',
      () => officer.mentions.get({ id: `${opened.engine.store.stationId}-zz` }),
      'mention.notStored',
    ],
    [
      'a conversation of nothing',
      () => officer.mentions.thread({ id: `${opened.engine.store.stationId}-zz` }),
      'mention.notStored',
    ],
    ['a live query', () => officer.mentions.live({ filter: { query: '(((' }, liveFrom: 0 }), 'query.wrong'],
  ])('say what is wrong with %s', async (_what, call, code) => {
    await expect(call()).rejects.toMatchObject({ data: { code } })
  })

  it('are relabelled and muted by officers alone, and what was done is taken back', async () => {
    await push(draft({ text: 'terrible train', author: author('lena') }))
    const [card] = (await officer.mentions.page({ filter: {} })).items
    const { id } = card!.mention
    // A row means something in one file only.
    expect(card!.mention).not.toHaveProperty('seq')
    await expect(wall.mentions.relabel({ id, label: 'positive' })).rejects.toMatchObject({
      data: { code: 'wall.onlyShows' },
    })
    await expect(wall.mentions.muteAuthor({ id })).rejects.toMatchObject({ data: { code: 'wall.onlyShows' } })
    expect((await officer.mentions.relabel({ id, label: 'positive' })).mention.sentiment.label).toBe('positive')
    const { undo } = await officer.mentions.muteAuthor({ id })
    expect((await officer.mentions.page({ filter: {} })).items).toEqual([])
    await officer.cases.undo({ entry: undo })
    expect((await officer.mentions.page({ filter: {} })).items).toHaveLength(1)
  })

  it('come into a pane of those that wait when their case is opened, and say when it is answered', async () => {
    await push(draft({ text: 'xyzzy' }))
    const [card] = (await officer.mentions.page({ filter: {} })).items
    const { id } = card!.mention
    if (card!.case) await officer.cases.close({ id: card!.case.id, reason: 'noAction' })
    const filter = { unanswered: true }
    expect((await officer.mentions.page({ filter })).items).toEqual([])
    const reader = (await officer.mentions.live({ filter, liveFrom: 1 }))[Symbol.asyncIterator]()
    const next = async (): Promise<MentionPatch> => {
      const patch = reader.next()
      await clock.run(200, 50)
      return (await patch).value as MentionPatch
    }
    const made = card!.case
      ? await officer.cases.reopen({ id: card!.case.id })
      : await officer.cases.open({ mentionId: id, deskId: null })
    expect((await next()).added.map((one) => one.mention.id)).toEqual([id])
    expect((await officer.mentions.page({ filter })).items).toHaveLength(1)
    await officer.cases.close({ id: made.card.case!.id, reason: 'noAction' })
    expect((await next()).changed.map((one) => one.case!.state)).toEqual(['closed'])
    expect((await officer.mentions.page({ filter })).items).toEqual([])
    await reader.return?.()
  })

  it('arrive in a live pane, with their case when one is opened', async () => {
    const patches = await officer.mentions.live({ filter: {}, liveFrom: 0 })
    const reader = patches[Symbol.asyncIterator]()
    const next = async (): Promise<MentionPatch> => {
      const patch = reader.next()
      await clock.run(200, 50)
      return (await patch).value as MentionPatch
    }
    await push(draft({ text: 'hello' }))
    const first = await next()
    expect(first.added.map((card) => card.mention.text)).toEqual(['hello'])
    const { id } = first.added[0]!.mention
    if (!first.added[0]!.case) await officer.cases.open({ mentionId: id, deskId: null })
    else await officer.cases.prioritise({ id: first.added[0]!.case.id, priority: 'urgent' })
    const second = await next()
    expect(second.changed.map((card) => card.case?.mentionId)).toEqual([id])
    await reader.return?.()
  })
})

describe('charts', () => {
  it('share the voice also under a name, and of so many listens, as nobody would write by hand', async () => {
    await officer.station.saveSettings({ brand: 'K'.repeat(180) })
    for (let n = 0; n < 201; n++)
      await officer.listens.save({ name: `L${n}`, colour: 1, query: `word${n}`, enabled: true, routed: true })
    const [ours] = await officer.charts.voice({ listenIds: [], from: noon - 60_000, to: noon })
    expect(ours).toMatchObject({ name: 'K'.repeat(180), ours: true, count: 0 })
    expect(ours!.listenIds.length).toBeGreaterThan(200)
  })

  it('answer every call, on a store with and without mentions', async () => {
    const period = { listenIds: [], from: noon - 86_400_000, to: noon }
    const ask = async () => ({
      sentiment: await wall.charts.sentiment({ ...period, bucketMinutes: 60 }),
      networks: await wall.charts.networks(period),
      numbers: await wall.charts.numbers(period),
      waiting: await wall.charts.waiting({ limit: 10 }),
      voice: await wall.charts.voice(period),
      heat: await wall.charts.heat(period),
    })
    const empty = await ask()
    expect(empty.networks).toEqual([])
    expect(empty.numbers).toMatchObject({ heard: 0, timesUsual: null, netSentiment: null, waiting: 0 })
    await push(draft({ text: 'the night train is late', author: author('lena') }))
    const [card] = (await officer.mentions.page({ filter: {} })).items
    const [desk] = await officer.desks.list()
    if (!card!.case) await officer.cases.open({ mentionId: card!.mention.id, deskId: desk?.desk.id ?? null })
    const full = await ask()
    expect(full.numbers).toMatchObject({ heard: 1, waiting: 1 })
    expect(full.waiting).toMatchObject([
      { mentionId: card!.mention.id, author: '@lena', text: 'the night train is late' },
    ])
    if (desk) expect(full.waiting[0]!.deskName).not.toBe('')
    expect(full.sentiment.reduce((n, at) => n + at.negative + at.neutral + at.positive, 0)).toBe(1)
  })
})
