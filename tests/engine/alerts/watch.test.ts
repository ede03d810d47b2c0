import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Draft } from '#shared/model/mention.ts'
import { createEngine } from '#engine/engine.ts'
import { watchStates } from '#engine/store/queries/alerts.ts'
import { readListens } from '#engine/store/queries/listens.ts'
import { openTestEngine, temporaryFolder, testDeps } from '#tests/support/engine.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'

const MINUTE = 60_000

describe('the watch', () => {
  let clock: ManualClock
  let test: Awaited<ReturnType<typeof openTestEngine>>
  const officer = () => test.engine.client('officer', { kind: 'officer', id: 'officer:mara', name: 'Mara' })
  let written = 0

  beforeEach(async () => {
    clock = new ManualClock('2026-11-20T10:00:00Z')
    test = await openTestEngine({ clock })
    await officer().listens.save({ name: 'Ours', colour: 1, query: 'kaffora', enabled: true, routed: true })
    test.engine.board.start()
  })
  afterEach(() => test.close())

  const draft = (text: string, at = clock.now(), more: Partial<Draft> = {}): Draft => ({
    externalId: `m${++written}`,
    kind: 'post',
    text,
    title: null,
    url: null,
    author: { id: `a${written}`, handle: `@a${written}`, name: `Ann ${written}`, url: null, followers: 10 },
    publishedAt: at,
    lang: 'en',
    country: null,
    threadId: null,
    inReplyTo: null,
    engagement: null,
    links: [],
    media: [],
    private: false,
    raw: null,
    ...more,
  })
  const hear = async (drafts: Draft[], more = {}): Promise<void> => {
    await test.engine.intake.push({ sourceId: 'src', network: 'mastodon', drafts, ...more })
    await test.engine.idle()
  }
  const pass = (minutes: number): void => {
    for (let i = 0; i < minutes; i++) {
      clock.advance(MINUTE)
      test.engine.watch.look()
    }
  }
  const cards = async () => (await officer().alerts.list({ resolvedSince: 0 })).alerts

  const cardsOf = async (...kinds: string[]) => (await cards()).filter(({ kind }) => kinds.includes(kind))
  const burst = (at = clock.now(), n = 30): Draft[] =>
    Array.from({ length: n }, (_, i) => draft(`Kaffora card payment declined at the till, number ${i}`, at))
  const notices = async () => {
    const stream = await officer().cases.notices()
    const { value } = await stream.next()
    await stream.return?.()
    return (value as { notices: { alertId: string | null; text: string }[] }).notices.filter(
      ({ alertId }) => alertId !== null,
    )
  }

  it('raises one card for a burst, with what drives it from what was said in it, and says so', async () => {
    pass(90)
    await hear([...burst(), draft('Something else about tea', clock.now(), { lang: 'de' })])
    pass(3)
    const [card, ...more] = await cardsOf('problem', 'rise', 'negative')
    expect(more).toEqual([])
    expect(card).toMatchObject({
      kind: 'problem',
      state: 'raised',
      observed: 30,
      late: false,
      about: { kind: 'problem' },
    })
    expect(card!.signs.map(({ kind }) => kind).sort()).toEqual(['negative', 'rise'])
    const terms = card!.causes.filter(({ kind }) => kind === 'term').map(({ label }) => label)
    expect(terms).toEqual(expect.arrayContaining(['payment', 'declined']))
    expect(terms).not.toContain('kaffora')
    const { mentions, chart } = await officer().alerts.one({ id: card!.id })
    expect(mentions).toHaveLength(5)
    expect(mentions.every(({ mention }) => mention.text.includes('declined'))).toBe(true)
    expect(Math.max(...chart.points.map(({ n }) => n ?? 0))).toBe(30)
    expect((await notices()).map(({ alertId }) => alertId)).toContain(card!.id)
    await officer().problems.rename({ id: card!.about.id!, label: 'Tills refuse cards' })
    expect((await officer().alerts.one({ id: card!.id })).alert.about.name).toBe('Tills refuse cards')
    await officer().alerts.mute({ id: card!.id, until: clock.now() + 60 * MINUTE })
    expect((await notices()).map(({ alertId }) => alertId)).not.toContain(card!.id)
  })

  it('says when it is over, and rebuilds every card from the journal', async () => {
    pass(90)
    await hear(burst())
    pass(200)
    expect((await cardsOf('problem')).map(({ state }) => state)).toEqual(['resolved'])
    expect((await test.engine.store.verify()).problems).toEqual([])
  })

  it('raises nothing for history, however much of it', async () => {
    pass(90)
    const old = Array.from({ length: 400 }, (_, n) =>
      draft(`Kaffora card payment declined, number ${n}`, clock.now() - (60 + n) * MINUTE),
    )
    await hear(old, { historyBefore: clock.now() })
    pass(5)
    expect(await cards()).toEqual([])
  })

  it('counts a listen anew that was changed, and raises nothing for it', async () => {
    await hear(Array.from({ length: 300 }, (_, n) => draft(`A word about tea ${n}`, clock.now() - n * MINUTE)))
    pass(90)
    const [listen] = readListens(test.engine.store)
    await officer().listens.save({ ...listen!, query: 'kaffora OR tea' })
    await test.engine.idle()
    pass(10)
    expect(await cardsOf('rise', 'negative', 'fall')).toEqual([])
  })

  it('says what stood out while nobody looked, and tells nobody', async () => {
    pass(90)
    await hear(burst())
    clock.advance(40 * MINUTE)
    test.engine.watch.look()
    const found = await cardsOf('problem', 'rise', 'negative')
    expect(found).toMatchObject([{ late: true, state: 'raised' }])
    expect((await notices()).filter(({ alertId }) => alertId === found[0]!.id)).toEqual([])
  })

  it('leaves what somebody closed closed, until it is far worse', async () => {
    pass(90)
    await hear(burst(clock.now(), 5))
    pass(3)
    const [card] = await cardsOf('problem')
    await officer().alerts.close({ id: card!.id, reason: 'falseAlarm', note: '' })
    pass(5)
    expect((await cardsOf('problem')).map(({ state }) => state)).toEqual(['resolved'])
    await hear(burst(clock.now(), 60))
    pass(3)
    const [again, ...others] = await cardsOf('problem')
    expect(again).toMatchObject({ state: 'raised', about: { id: card!.about.id } })
    expect(again!.strength).toBeGreaterThanOrEqual(card!.strength + 2)
    expect(others.map(({ id }) => id)).toEqual([card!.id])
    expect((await test.engine.store.verify()).problems).toEqual([])
  })

  it('keeps silent in a planned silence, keeps the card, and tells of what still stands when that is over', async () => {
    const plan = (id: string, from: number, to: number) => ({
      id,
      from,
      to,
      listenIds: [],
      reason: 'Release 4.2',
      by: '',
    })
    await expect(
      officer().station.saveSettings({ plannedSilences: [plan('past', clock.now() - 20, clock.now() - 10)] }),
    ).rejects.toThrow('still to come')
    pass(90)
    const to = clock.now() + 10 * MINUTE
    const { plannedSilences } = await officer().station.saveSettings({
      plannedSilences: [plan('one', clock.now(), to)],
    })
    expect(plannedSilences).toMatchObject([{ id: 'one', by: 'Mara' }])
    await hear(burst())
    pass(3)
    const [card] = await cardsOf('problem')
    expect(card).toMatchObject({ state: 'raised', silenced: 'Release 4.2' })
    expect((await notices()).map(({ alertId }) => alertId)).not.toContain(card!.id)
    pass(10)
    expect((await cardsOf('problem'))[0]).toMatchObject({ id: card!.id, silenced: null })
    expect((await notices()).map(({ alertId }) => alertId)).toContain(card!.id)
    expect((await test.engine.store.verify()).problems).toEqual([])
  })

  it('speaks as readily as the station, and a listen of its own, are told to', async () => {
    const [listen] = readListens(test.engine.store)
    await officer().station.saveSettings({
      alertSensitivity: 'low',
      listenSensitivities: { [listen!.id]: 'low' },
    })
    pass(90)
    await hear(burst(clock.now(), 5))
    pass(3)
    expect(await cardsOf('problem', 'rise')).toEqual([])
    await officer().station.saveSettings({ alertSensitivity: 'high' })
    pass(1)
    expect(await cardsOf('problem')).toHaveLength(1)
  })

  it('sees the same words from many accounts, and not who shares a post openly', async () => {
    const words = 'Everybody knows that the tea of this house is made from the leaves of last year, pass it on'
    pass(90)
    await hear(Array.from({ length: 9 }, () => draft(words, clock.now(), { kind: 'repost' })))
    pass(2)
    expect(await cardsOf('copies')).toEqual([])
    await hear(Array.from({ length: 9 }, () => draft(words, clock.now())))
    pass(2)
    const [card, ...more] = await cardsOf('copies')
    expect(card).toMatchObject({ state: 'raised', about: { kind: 'station' } })
    expect(card!.observed).toBeGreaterThanOrEqual(8)
    expect(more).toEqual([])
  })

  it('takes what an import brings of the last minutes for history', async () => {
    pass(90)
    await hear(burst(clock.now() - 5 * MINUTE, 60), { historyBefore: clock.now() })
    pass(10)
    expect(await cardsOf('rise', 'negative', 'mood')).toEqual([])
  })

  it('lets go of what it knew of a listen that is switched off', async () => {
    const known = (): number => watchStates(test.engine.store, 'series ').length
    pass(10)
    const before = known()
    const [listen] = readListens(test.engine.store)
    await officer().listens.save({ ...listen!, enabled: false })
    pass(10)
    expect(known()).toBeLessThan(before)
  })

  it('goes on when the clock is set back, a little or by days', async () => {
    pass(90)
    clock.set(-5 * MINUTE)
    pass(10)
    clock.set(-3 * 24 * 60 * MINUTE)
    pass(10)
    await hear(burst())
    pass(3)
    expect(await cardsOf('problem', 'rise', 'negative')).toHaveLength(1)
  })

  it('goes on after a restart with what it had learned and raised, and raises nothing twice', async () => {
    const folder = temporaryFolder()
    const first = await createEngine(testDeps(folder.path, { clock }))
    await test.close()
    test = { engine: first, dataDir: folder.path, close: async () => {} }
    await officer().listens.save({ name: 'Ours', colour: 1, query: 'kaffora', enabled: true, routed: true })
    first.board.start()
    pass(90)
    await hear(burst())
    pass(3)
    const before = (await cards()).map(({ id }) => id)
    await first.stop()
    const second = await createEngine(testDeps(folder.path, { clock }))
    test = {
      engine: second,
      dataDir: folder.path,
      async close() {
        await second.stop()
        folder.remove()
      },
    }
    pass(5)
    expect((await cards()).map(({ id }) => id)).toEqual(before)
    expect(before.length).toBeGreaterThan(0)
  })
})
