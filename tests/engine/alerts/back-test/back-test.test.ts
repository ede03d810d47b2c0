import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AlertDefinition, BackTest } from '#shared/model/back-test.ts'
import type { Draft } from '#shared/model/mention.ts'
import { readListens } from '#engine/store/queries/listens.ts'
import { openTestEngine } from '#tests/support/engine.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const now = Date.parse('2026-11-20T10:00:00Z')

describe('trying an alert on the past', () => {
  let clock: ManualClock
  let test: Awaited<ReturnType<typeof openTestEngine>>
  let written = 0
  const officer = () => test.engine.client('officer', { kind: 'officer', id: 'officer:mara', name: 'Mara' })

  beforeEach(async () => {
    clock = new ManualClock(now)
    test = await openTestEngine({ clock })
    await officer().listens.save({ name: 'Ours', colour: 1, query: 'kaffora', enabled: true, routed: true })
  })
  afterEach(() => test.close())

  const draft = (at: number, text = 'A cup of kaffora'): Draft => ({
    externalId: `m${++written}`,
    kind: 'post',
    text,
    title: null,
    url: null,
    author: { id: `a${written}`, handle: `@a${written}`, name: null, url: null, followers: 10 },
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
  })
  async function hear(drafts: Draft[], more = {}): Promise<void> {
    for (let at = 0; at < drafts.length; at += 1_000)
      await test.engine.intake.push({
        sourceId: 'src',
        network: 'mastodon',
        drafts: drafts.slice(at, at + 1_000),
        historyBefore: clock.now(),
        ...more,
      })
    await test.engine.idle()
  }
  /** One each `every` minutes. */
  const steady = (from: number, to: number, every: number, but: (at: number) => boolean = () => true): Draft[] => {
    const drafts: Draft[] = []
    for (let at = from; at < to; at += every * MINUTE) if (but(at)) drafts.push(draft(at))
    return drafts
  }
  const burst = (at: number, n = 60, text?: string): Draft[] =>
    Array.from({ length: n }, (_, i) => draft(at + (i % 5) * MINUTE, text))

  async function tryOut(definition: Partial<AlertDefinition> = {}, days?: number) {
    const steps = await officer().alerts.tryOut({
      about: { kind: 'station', id: null },
      detector: 'rise',
      ...definition,
      ...(days !== undefined && { days }),
    })
    const seen: { done: number; total: number }[] = []
    let result: BackTest | null = null
    for await (const step of steps) {
      seen.push({ done: step.done, total: step.total })
      result = step.result ?? result
    }
    return { seen, result: result! }
  }

  it('marks a burst of the past once, with when, how strong and how long, at each sensitivity, and knows it from the quiet days', async () => {
    const at = now - 3 * DAY
    await hear([...steady(now - 20 * DAY, now, 20), ...burst(at)])
    const { result, seen } = await tryOut()
    for (const sensitivity of ['low', 'normal', 'high'] as const) {
      const { count, marks, perWeek } = result.bySensitivity[sensitivity]
      expect([sensitivity, count, marks.length]).toEqual([sensitivity, 1, 1])
      expect(perWeek).toBe(0.4)
      expect(marks[0]!.at).toBeGreaterThan(at)
      expect(marks[0]!.at).toBeLessThan(at + 6 * MINUTE)
      expect(marks[0]!.lastAt).toBeGreaterThan(at + 30 * MINUTE)
      expect(marks[0]!.observed).toBeGreaterThan(50)
      expect(marks[0]!.expected).toBeLessThan(15)
      expect(marks[0]!.strength).toBeGreaterThanOrEqual(6)
      expect(marks[0]!.learning).toBe(false)
    }
    expect(result.heard).toBe(20 * 72 + 60)
    expect(result.chart.points.length).toBeLessThanOrEqual(481)
    const peak = result.chart.points.reduce((most, one) => ((one.n ?? 0) > (most.n ?? 0) ? one : most))
    expect(peak.n).toBeGreaterThan(peak.high!)
    expect(result.chart.points.filter(({ n, high }) => n !== null && high !== null && n > high)).toHaveLength(1)
    expect(seen.length).toBeGreaterThan(20)
    expect(seen.at(-1)).toMatchObject({ done: seen[0]!.total })
    expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).toSorted((a, b) => a - b))
  })

  it('writes nothing', async () => {
    await hear([...steady(now - 5 * DAY, now, 30), ...burst(now - DAY)])
    const { store } = test.engine
    const before = await test.engine.stats()
    const { result } = await tryOut()
    expect(result.bySensitivity.normal.count).toBeGreaterThan(0)
    expect((await test.engine.stats()).journalEntries).toBe(before.journalEntries)
    expect((await officer().alerts.list({ resolvedSince: 0 })).alerts).toEqual([])
    expect((await store.verify()).problems).toEqual([])
  })

  it('fires for what the station itself would have raised, and not where it stays silent', async () => {
    await hear(steady(now - 10 * DAY, now, 20))
    const { result } = await tryOut()
    expect(result.bySensitivity.high.marks).toEqual([])
    expect(result.bySensitivity.normal.perWeek).toBe(0)
  })

  it('says that what is usual is still being learned while history is short, and no number a week of two days', async () => {
    await hear([...steady(now - 2 * DAY, now, 10), ...burst(now - 6 * HOUR)])
    const { result } = await tryOut()
    expect(result.knownAt).toBe(null)
    expect(result.learnedDays).toBe(0)
    expect(result.bySensitivity.normal.marks.map(({ learning }) => learning)).toEqual([true])
    expect(result.bySensitivity.normal.perWeek).toBe(null)
  })

  it('is learning for exactly as long as its verdicts say', async () => {
    const bursts = [5, 12, 13.8, 14.3, 18].map((day) => now - (20 - day) * DAY)
    await hear([...steady(now - 20 * DAY, now, 20), ...bursts.flatMap((at) => burst(at, 90))])
    const { result } = await tryOut()
    const { marks } = result.bySensitivity.high
    expect(marks.length).toBeGreaterThanOrEqual(4)
    expect(result.knownAt).not.toBe(null)
    for (const { at, learning } of marks) expect(learning).toBe(at - MINUTE < result.knownAt!)
  })

  it('knows from the days before those that are tried', async () => {
    await hear([...steady(now - 25 * DAY, now, 20), ...burst(now - 2 * DAY)])
    const { result } = await tryOut({}, 4)
    expect(result.period).toEqual({ from: now - 4 * DAY, to: now })
    expect(result.learnedDays).toBeGreaterThan(20)
    expect(result.knownAt).toBe(now - 4 * DAY)
    expect(result.bySensitivity.low.marks.map(({ learning }) => learning)).toEqual([false])
  })

  it('takes a night in which the station slept as no drop, and a listen that fell silent as one', async () => {
    const slept = (at: number) => at < now - 3 * DAY || at >= now - 3 * DAY + 5 * HOUR
    await hear(steady(now - 20 * DAY, now, 2, slept))
    const asleep = (await tryOut({ detector: 'fall' })).result
    expect(asleep.gapMinutes).toBeGreaterThan(290)
    expect(asleep.gaps).toHaveLength(1)
    expect(asleep.bySensitivity.high.marks).toEqual([])
    expect(asleep.chart.points.some(({ n }) => n === null)).toBe(true)

    const others: Draft[] = []
    for (let at = now - 3 * DAY; at < now - 3 * DAY + 5 * HOUR; at += 2 * MINUTE) others.push(draft(at, 'Tea'))
    await hear(others)
    const [listen] = readListens(test.engine.store)
    const silent = (await tryOut({ detector: 'fall', about: { kind: 'listen', id: listen!.id } })).result
    expect(silent.gapMinutes).toBe(0)
    const [mark, ...more] = silent.bySensitivity.normal.marks
    expect(more).toEqual([])
    expect(mark!.at).toBeGreaterThan(now - 3 * DAY)
    expect(mark!.at).toBeLessThan(now - 3 * DAY + 5 * HOUR)
    expect(mark!.observed).toBeLessThan(mark!.expected / 2)
  })

  it('sees a mood that dips, in percent', async () => {
    const bad = burst(now - 2 * DAY, 80, 'Kaffora is terrible, awful and broken, I hate it')
    await hear([...steady(now - 20 * DAY, now, 15), ...bad])
    const { result } = await tryOut({ detector: 'mood' })
    expect(result.negative).toBeGreaterThan(60)
    const [mark, ...more] = result.bySensitivity.normal.marks
    expect(more).toEqual([])
    expect(mark!.what.code).toBe('alert.mood')
    const worst = Math.max(...result.chart.points.map(({ n }) => n ?? 0))
    expect(worst).toBeGreaterThan(60)
    expect(worst).toBeLessThanOrEqual(100)
  })

  it('tells which cards stood then, what became of them, and cases around it', async () => {
    await hear(steady(now - 3 * DAY, now - HOUR, 20))
    test.engine.board.start()
    clock.advance(30 * MINUTE)
    test.engine.watch.look()
    await hear(burst(clock.now(), 40, 'Kaffora: my payment was declined, please help me!'), {
      historyBefore: undefined,
    })
    for (let i = 0; i < 4; i++) {
      clock.advance(MINUTE)
      test.engine.watch.look()
    }
    const [card] = (await officer().alerts.list({ resolvedSince: 0 })).alerts
    await officer().alerts.take({ id: card!.id })
    await officer().alerts.close({ id: card!.id, reason: 'falseAlarm', note: '' })
    clock.advance(10 * MINUTE)
    const [listen] = readListens(test.engine.store)
    const { result } = await tryOut({ about: { kind: 'listen', id: listen!.id } })
    const mark = result.bySensitivity.normal.marks.at(-1)!
    expect(mark.done.alerts[0]).toMatchObject({ id: card!.id, takenBy: 'Mara', closedReason: 'falseAlarm', same: true })
    expect(mark.done.casesOpened).toBe((await test.engine.stats()).cases)
    expect(mark.done.casesOpened).toBeGreaterThan(0)
    expect(mark.done.casesReplied).toBe(0)
  })

  it('has nothing to say of an empty station, and refuses what is not there', async () => {
    const { result } = await tryOut()
    expect(result).toMatchObject({ period: null, judgedMinutes: 0 })
    for (const about of [
      { kind: 'listen', id: 'gone' },
      { kind: 'source', id: null },
    ] as const)
      await expect(tryOut({ about })).rejects.toMatchObject({ data: { kind: 'user', code: 'alarm.tryGone' } })
    await expect(tryOut({}, 29)).rejects.toThrow()
  })

  it('tries what was imported as old years ago, up to where it ends', async () => {
    const end = Date.parse('2020-05-01T12:00:00Z')
    await hear([...steady(end - 30 * DAY, end, 30), ...burst(end - 2 * DAY)])
    const { result } = await tryOut()
    expect(result.period!.to).toBe(Date.parse('2020-05-02T00:00:00Z'))
    expect(result.bySensitivity.normal.count).toBe(1)
  })

  it('ends when nobody reads on, and runs no more than two at once', async () => {
    await hear(steady(now - 20 * DAY, now, 30))
    const ask = () => officer().alerts.tryOut({ about: { kind: 'station', id: null }, detector: 'rise' })
    const [one, two, three] = [await ask(), await ask(), await ask()]
    await one.next()
    await two.next()
    await expect(three.next()).rejects.toMatchObject({ data: { kind: 'operational', code: 'alarm.tryBusy' } })
    await one.return!()
    const again = await ask()
    expect((await again.next()).done).toBe(false)
    await again.return!()
    await two.return!()
  })
})
