import { cpSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CountedSeriesDraft } from '#shared/model/counted-series.ts'
import { entriesAfter } from '#engine/store/queries/journal.ts'
import { firstValue } from '#engine/store/connections.ts'
import { openAlerts } from '#engine/store/queries/alerts.ts'
import { createEngine } from '#engine/engine.ts'
import { openTestEngine, temporaryFolder, testDeps } from '#tests/support/engine.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'

const MINUTE = 60_000
const DAY = 1_440
const draft = (changes: Partial<CountedSeriesDraft> = {}): CountedSeriesDraft => ({
  id: null,
  name: 'Abandoned calls',
  unit: 'calls',
  kind: 'sum',
  everyMinutes: 1,
  bad: 'up',
  sensitivity: null,
  listenId: null,
  enabled: true,
  ...changes,
})

describe('numbers that are counted elsewhere', () => {
  let clock: ManualClock
  let test: Awaited<ReturnType<typeof openTestEngine>>
  beforeEach(async () => {
    clock = new ManualClock('2026-11-20T10:00:00Z')
    test = await openTestEngine({ clock, timeZone: 'UTC' })
  })
  afterEach(() => test.close())

  const officer = () => test.engine.client('officer', { kind: 'officer', id: 'officer:Mara', name: 'Mara' })
  const made = async (changes: Partial<CountedSeriesDraft> = {}) => (await officer().series.save(draft(changes))).series
  const standing = async () => (await officer().series.list()).series[0]!
  const take = async (id: string, values: Iterable<readonly [at: number, value: number]>) => {
    const text = Array.from(values, ([at, value]) => `${new Date(at).toISOString()},${value}`).join('\n')
    return (await officer().series.take({ id, text, reading: null, firstLine: 1 })).taken
  }
  /** Minutes before now, the oldest first. */
  const past = (minutes: number, value: (ago: number) => number, from = clock.now()) =>
    Array.from({ length: minutes }, (_, at) => [from - (minutes - at) * MINUTE, value(minutes - at)] as const)
  const cards = () => openAlerts(test.engine.store).map(({ kind, what, state }) => [kind, what.code, state])
  /** A busy, uneven habit: 4 … 8. */
  const usual = (ago: number) => 4 + ((ago * 7) % 5)
  /** Minute by minute. */
  const live = async (id: string, minutes: number, value: (at: number) => number | null) => {
    for (let at = 0; at < minutes; at++) {
      const now = value(at)
      if (now !== null) await take(id, [[clock.now(), now]])
      clock.advance(MINUTE)
      test.engine.watch.look()
    }
  }

  it('are kept by the minute: sent again they change nothing, another number replaces, a backwards one finds its place', async () => {
    const { id } = await made()
    expect((await standing()).state).toBe('empty')
    const lines = past(10, usual)
    expect(await take(id, lines)).toMatchObject({ lines: 10, stored: 10, changed: 0, same: 0, left: 0 })
    expect(await take(id, lines.toReversed())).toMatchObject({ stored: 0, changed: 0, same: 10 })
    expect(await take(id, [[lines[0]![0], 99], lines[1]!])).toMatchObject({ changed: 1, same: 1 })
    expect(
      await take(id, [
        [lines[0]![0], 1],
        [lines[0]![0], 2],
      ]),
    ).toMatchObject({ changed: 2 })
    expect(await standing()).toMatchObject({
      state: 'learning',
      since: lines[0]![0],
      last: { at: lines.at(-1)![0] },
    })
    const { points, width } = await officer().series.chart({ id, from: lines[0]![0], to: clock.now() })
    expect([width, points.map(({ n }) => n)]).toEqual([1, [2, ...lines.slice(1).map(([, value]) => value)]])
  })

  it('of a time to come, and of one too long ago, are left out and said', async () => {
    const { id } = await made()
    const taken = await take(id, [
      [clock.now() + 10 * MINUTE, 1],
      [clock.now() - 500 * DAY * MINUTE, 1],
      [clock.now(), 1],
    ])
    expect(taken).toMatchObject({
      stored: 1,
      tooOld: 1,
      left: 1,
      faults: [{ line: 1, why: { code: 'counted.ahead' } }],
    })
  })

  it('raise a card when they leave their habit, and none as history', async () => {
    const { id } = await made()
    // Four weeks with a wild hour in them, imported at once.
    await take(
      id,
      past(28 * DAY, (ago) => (ago > 3_000 && ago < 3_060 ? 90 : usual(ago))),
    )
    test.engine.watch.look()
    await live(id, 30, usual)
    expect(cards()).toEqual([])
    await live(id, 20, () => 40)
    expect(cards()).toEqual([['counted', 'alert.countedRise', 'raised']])
    const [card] = (await officer().alerts.list({})).alerts
    expect(card).toMatchObject({ about: { kind: 'series', id, name: 'Abandoned calls' }, learning: false })
    const { chart } = await officer().alerts.one({ id: card!.id })
    expect(chart.points.at(-1)).toMatchObject({ n: 40 })
    expect(chart.points.at(-1)!.high!).toBeLessThan(40)
    // What is imported afterwards raises nothing, however wild it is.
    await take(
      id,
      past(600, () => 500, clock.now() - 2 * DAY * MINUTE),
    )
    await live(id, 10, usual)
    expect(cards()).toHaveLength(1)
  })

  it('that fall are said where that is bad, and not where it is not', async () => {
    const up = await made()
    const down = await made({ name: 'Orders', bad: 'down' })
    for (const { id } of [up, down])
      await take(
        id,
        past(21 * DAY, (ago) => usual(ago) * 5),
      )
    test.engine.watch.look()
    for (let at = 0; at < 70; at++) {
      for (const { id } of [up, down]) await take(id, [[clock.now(), 0]])
      clock.advance(MINUTE)
      test.engine.watch.look()
    }
    expect(openAlerts(test.engine.store).map(({ about, what }) => [about.name, what.code])).toEqual([
      ['Orders', 'alert.silence'],
    ])
  })

  it('of a level are said as their mean', async () => {
    const { id } = await made({ name: 'Queue', kind: 'level' })
    await take(id, past(21 * DAY, usual))
    test.engine.watch.look()
    await live(id, 15, () => 60)
    const [card] = openAlerts(test.engine.store)
    expect(card!.what.code).toBe('alert.levelRise')
    expect(card!.observed).toBeLessThanOrEqual(60)
    expect(card!.expected).toBeLessThan(10)
  })

  it('that come no more are an ear that is quiet, no drop, and the ear is well again with the next', async () => {
    const { id } = await made({ bad: 'both' })
    await take(
      id,
      past(21 * DAY, (ago) => usual(ago) * 5),
    )
    await live(id, 5, (at) => usual(at) * 5)
    await live(id, 40, () => null)
    expect(cards()).toEqual([['ear', 'alert.seriesQuiet', 'raised']])
    expect(openAlerts(test.engine.store)[0]).toMatchObject({
      formula: { code: 'alert.formulaSeriesQuiet' },
      silentIf: { code: 'alert.silentSeriesQuiet' },
    })
    expect((await standing()).state).toBe('quiet')
    await live(id, 70, (at) => usual(at) * 5)
    expect(cards()).toEqual([])
  })

  it('that nobody feeds by itself are no quiet ear', async () => {
    const { id } = await made()
    await take(id, past(21 * DAY, usual, clock.now() - DAY * MINUTE))
    await live(id, 30, () => null)
    expect(cards()).toEqual([])
    expect((await standing()).state).toBe('live')
  })

  it('wait for one that comes late, and go on without one that does not come', async () => {
    const { id } = await made()
    await take(id, past(21 * DAY, usual))
    test.engine.watch.look()
    for (let at = 0; at < 30; at++) {
      // Two minutes late, in pairs that are turned round, and each tenth never.
      const from = clock.now() - 2 * MINUTE
      await take(id, at % 10 === 9 ? [] : [[from, 40]])
      clock.advance(MINUTE)
      test.engine.watch.look()
    }
    expect(cards()).toEqual([['counted', 'alert.countedRise', 'raised']])
  })

  it('survive all zeros and one huge number', async () => {
    const { id } = await made({ bad: 'both' })
    await take(
      id,
      past(21 * DAY, () => 0),
    )
    test.engine.watch.look()
    await live(id, 60, () => 0)
    expect(cards()).toEqual([])
    await live(id, 2, (at) => (at === 0 ? 1e12 : 0))
    expect(cards()).toEqual([['counted', 'alert.countedRise', 'raised']])
  })

  it('go on where they were after a restart', async () => {
    const { id } = await made({ everyMinutes: 5 })
    await take(
      id,
      past(21 * DAY, usual).filter((_, at) => at % 5 === 0),
    )
    test.engine.watch.look()
    await live(id, 30, (at) => (at % 5 === 0 ? usual(at) : null))
    await test.engine.stop()
    const engine = await createEngine(testDeps(test.dataDir, { clock, timeZone: 'UTC' }))
    test = { ...test, engine, close: () => engine.stop() }
    await live(id, 30, (at) => (at % 5 === 0 ? 60 : null))
    expect(cards()).toEqual([['counted', 'alert.countedRise', 'raised']])
    expect(openAlerts(test.engine.store)[0]!.learning).toBe(false)
    expect((await test.engine.store.verify()).problems).toEqual([])
  })

  it('are neither doubled nor lost when the station dies between two messages', async () => {
    const { id } = await made()
    await take(id, past(21 * DAY, usual))
    test.engine.watch.look()
    await live(id, 30, usual)
    await live(id, 3, () => 60)
    await take(id, [[clock.now(), 61]])
    const before = openAlerts(test.engine.store).map(({ id: card }) => card)
    expect(before).toHaveLength(1)
    // What lies on the disk at this moment is all that is left: nothing was closed, nothing kept at a stop.
    const left = temporaryFolder('counted-killed')
    cpSync(test.dataDir, left.path, { recursive: true })
    await test.close()
    const engine = await createEngine(testDeps(left.path, { clock, timeZone: 'UTC' }))
    test = {
      engine,
      dataDir: left.path,
      async close() {
        await engine.stop()
        left.remove()
      },
    }
    const numbers = () => firstValue(engine.store, 'SELECT count(*) FROM counted_value')
    expect(numbers()).toBe(21 * DAY + 34)
    // The program does not know whether its last message arrived, and sends it again.
    await take(id, [[clock.now(), 61]])
    expect(numbers()).toBe(21 * DAY + 34)
    clock.advance(MINUTE)
    engine.watch.look()
    await live(id, 3, () => 60)
    expect(openAlerts(engine.store).map(({ id: card }) => card)).toEqual(before)
    expect((await engine.store.verify()).problems).toEqual([])
  })

  it('belong to a series that is changed, removed and taken back', async () => {
    const { id } = await made()
    await take(id, past(10, usual))
    const changed = await officer().series.save(draft({ id, name: 'Lost calls' }))
    await officer().cases.undo({ entry: changed.undo })
    expect((await standing()).series.name).toBe('Abandoned calls')
    const { undo } = await officer().series.remove({ id })
    expect((await officer().series.list()).series).toEqual([])
    await expect(take(id, past(1, usual))).rejects.toMatchObject({ data: { code: 'counted.gone' } })
    await officer().cases.undo({ entry: undo })
    expect(await standing()).toMatchObject({ since: clock.now() - 10 * MINUTE, series: { name: 'Abandoned calls' } })
    await expect(officer().series.save(draft({ name: 'ABANDONED calls' }))).rejects.toMatchObject({
      data: { code: 'counted.sameName', values: { field: 'name' } },
    })
    expect((await test.engine.store.verify()).problems).toEqual([])
  })

  it('go when they are too old, and with their series once the day is over', async () => {
    const { id } = await made()
    const [one, other] = [await made({ name: 'Other' }), await made({ name: 'Gone' })]
    await take(id, past(300, usual, clock.now() - 399 * DAY * MINUTE))
    await take(one.id, past(10, usual))
    await take(other.id, past(10, usual))
    await officer().series.remove({ id: other.id })
    const rows = () => firstValue<number>(test.engine.store, 'SELECT count(*) FROM counted_value')
    await live(one.id, 10, usual)
    expect(rows()).toBe(300 + 20 + 10)
    clock.advance(Date.parse('2026-11-22T00:00:00Z') - clock.now())
    await live(one.id, 10, usual)
    expect(rows()).toBe(30)
    expect((await officer().series.list()).series.map(({ state, since }) => [state, since === null])).toEqual([
      ['empty', true],
      ['learning', false],
    ])
  })

  it('are taken from a program that has the key, which no journal knows', async () => {
    const { id } = await made()
    const { door } = test.engine.board.counted
    expect(door.take(id, '', 'application/json', '1').status).toBe(404)
    const { key } = await officer().series.newKey({ id })
    expect(door.take(id, key, 'application/json', '{"value": 3}')).toMatchObject({ status: 200, taken: { stored: 1 } })
    expect(door.take(id, key, 'application/json', '{"add": 2}')).toMatchObject({ status: 200, taken: { changed: 1 } })
    expect((await standing()).last?.value).toBe(5)
    expect(door.take(id, `${key}x`, 'application/json', '1').status).toBe(404)
    expect(door.take('ser_none', key, 'application/json', '1').status).toBe(404)
    expect(door.take(id, key, 'application/json', '{"value": -1}').status).toBe(400)
    const next = await officer().series.newKey({ id })
    expect(door.take(id, key, 'application/json', '1').status).toBe(404)
    expect(door.take(id, next.key, 'application/json', '1').status).toBe(200)
    const told = JSON.stringify(entriesAfter(test.engine.store, 0, 1_000))
    expect(told).toContain('series.saved')
    expect([told.includes(key), told.includes(next.key)]).toEqual([false, false])
    const wall = test.engine.client('wall')
    await expect(wall.series.list()).rejects.toBeDefined()
    await expect(wall.series.chart({ id, from: 0, to: 1 })).rejects.toMatchObject({ data: { code: 'wall.notHung' } })
  })
})
