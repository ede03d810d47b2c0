import { describe, expect, it } from 'vitest'
import { pack, unpack } from '#engine/alerts/kept-states.ts'
import { createCrises, type Judged } from '#engine/alerts/crises.ts'
import { judgedListens } from '#engine/alerts/listen-watch.ts'
import type { SeriesBook } from '#engine/alerts/series-book.ts'
import { createShareBook } from '#engine/alerts/share-book.ts'
import { noCause } from '#engine/alerts/cause.ts'
import { freshSeries, observe, type SeriesReading } from '#engine/alerts/detect/series.ts'
import { openTestEngine } from '#tests/support/engine.ts'

/** Of an hour in which sixty are usual. */
const drop: SeriesReading = {
  rise: null,
  fall: { minutes: 60, observed: 2, expected: 60, variance: 70, rarity: 12, daysBetween: 400, patience: 1 },
  days: 20,
}

async function verdictsWith(brokenShare: number) {
  const test = await openTestEngine()
  try {
    const { store } = test.engine
    const push = (sourceId: string, from: number, n: number) =>
      test.engine.intake.push({
        sourceId,
        network: 'mastodon',
        drafts: Array.from({ length: n }, (_, i) => ({
          externalId: `${sourceId}${from + i}`,
          kind: 'post' as const,
          text: `Tea and more tea ${from + i}`,
          title: null,
          url: null,
          author: null,
          publishedAt: Date.UTC(2026, 10, 20, 9),
          lang: 'en',
          country: null,
          threadId: null,
          inReplyTo: null,
          engagement: null,
          links: [],
          media: [],
          private: false,
          raw: null,
        })),
      })
    await push('fails', 0, Math.round(100 * brokenShare))
    await push('works', 1000, Math.round(100 * (1 - brokenShare)))
    await test.engine.idle()
    const series = {
      take: () => ({ all: 0, negative: 0 }),
      look: () => drop,
    } as unknown as SeriesBook
    const deps = {
      series,
      shares: createShareBook(store),
      sensitivityOf: () => 'normal' as const,
      causeFrom: () => noCause,
      subjectsOf: () => [],
    }
    const minute = Date.UTC(2026, 10, 20, 10) / 60_000
    const look = { minute, caughtUp: true, heard: true, broken: ['fails'] }
    // Number 0 is everything.
    const judged = [...judgedListens(store, deps, [{ no: 0, id: 'all', name: 'All' }], look)]
    return new Map(judged.map(({ key, verdict }) => [key.split(' ')[0], verdict]))
  } finally {
    await test.close()
  }
}

describe('what is said of a listen', () => {
  it('tells of a drop while all that it hears by works', async () => {
    expect((await verdictsWith(0)).get('fall')).toMatchObject({ detector: 'fall', observed: 2, expected: 60 })
  })
  it('says nothing of a drop when an ear is broken that brings a part of it, and nothing at all when it brings most', async () => {
    const some = await verdictsWith(0.3)
    expect(some.get('fall')).toBeUndefined()
    expect(some.get('rise')).toBeNull()
    const most = await verdictsWith(0.7)
    expect([...most.values()]).toEqual([undefined, undefined, undefined, undefined])
  })
})

describe('what is kept of a series', () => {
  it('is the same when it is read again, and a tenth of its size', () => {
    const state = freshSeries(1)
    for (let minute = 0; minute < 3000; minute++) observe(state, minute, minute % 17 === 0 ? 1 : 0)
    const kept = pack(state)
    expect(kept.length).toBeLessThan(JSON.stringify(state).length / 2)
    const again = unpack<typeof state>(kept)
    expect(again.counts).toEqual(state.counts)
    expect(observe(again, 3000, 4)!.rise!.observed).toBe(observe(state, 3000, 4)!.rise!.observed)
  })
})

describe('crises', () => {
  const verdict = (strength: number) => ({
    detector: 'problem' as const,
    what: { code: 'alert.problemNew' as const, values: { n: 3 } },
    formula: { code: 'alert.formulaProblem' as const, values: { mean: 1, rarity: 3 } },
    silentIf: { code: 'alert.silentPeople' as const, values: { n: 3 } },
    observed: 9,
    expected: 1,
    low: 0,
    high: 3,
    minutes: 60,
    daysBetween: null,
    strength,
    learning: false,
  })
  const judged = (no: number, strength: number): Judged => ({
    key: `problem problem:${no}`,
    verdict: verdict(strength),
    about: { kind: 'problem', id: `p${no}`, name: `Problem ${no}` },
    subjects: () => [`problem:${no}`],
    cause: () => ({ ...noCause, readFirst: [`m${no}`] }),
  })

  it('stay the card that was raised first, and in hand, when one of its late signs turns out to be what another tells of', async () => {
    const test = await openTestEngine()
    try {
      let joined: string[] = []
      const crises = createCrises(test.engine.store, test.engine.alerts, {
        areOne: (fault, other) => joined.includes(fault) && joined.includes(other),
        silenced: () => null,
        coolMinutes: () => 720,
      })
      const minute = (at: number, ...faults: number[]) => {
        for (const no of faults) crises.step(judged(no, 4), at, false)
        crises.calm(at)
      }
      const client = test.engine.client('officer')
      const list = async () => (await client.alerts.list({ resolvedSince: 0 })).alerts
      minute(60_000, 1)
      const [first] = await list()
      await client.alerts.take({ id: first!.id })
      minute(120_000, 1, 2)
      joined = ['problem:1', 'problem:3']
      minute(180_000, 1, 2, 3)
      // The third, a sign of the first card, is younger than the second, which is a card of its own.
      joined = ['problem:2', 'problem:3']
      for (let at = 240_000; at <= 420_000; at += 60_000) minute(at, 1, 2, 3)
      const [card, duplicate, ...more] = await list()
      expect(more).toEqual([])
      expect(card).toMatchObject({ id: first!.id, state: 'taken' })
      expect(duplicate).toMatchObject({ state: 'resolved', closedReason: 'duplicate', about: { name: 'Problem 2' } })
    } finally {
      await test.close()
    }
  })

  it('that come back while they cool down are the same and say nothing, as long as that is set', async () => {
    const test = await openTestEngine()
    try {
      let coolMinutes = 180
      const crises = createCrises(test.engine.store, test.engine.alerts, {
        areOne: () => false,
        silenced: () => null,
        coolMinutes: () => coolMinutes,
      })
      const MINUTE = 60_000
      const from = (first: number, minutes: number, isLoud: boolean) => {
        for (let at = first; at < first + minutes; at++) {
          if (isLoud) crises.step(judged(1, 4), at * MINUTE, false)
          crises.calm(at * MINUTE)
        }
      }
      const states = async () =>
        (await test.engine.client('officer').alerts.list({ resolvedSince: 0 })).alerts.map(({ state }) => state)
      from(0, 5, true)
      from(5, 100, false)
      expect(await states()).toEqual(['resolved'])
      from(105, 5, true)
      expect(await states()).toEqual(['resolved'])
      coolMinutes = 60
      from(110, 100, false)
      from(210, 5, true)
      expect(await states()).toEqual(['raised', 'resolved'])
    } finally {
      await test.close()
    }
  })

  it('are one card when two faults turn out to be one, led by the louder, and the younger is a duplicate', async () => {
    const test = await openTestEngine()
    try {
      let one = false
      const crises = createCrises(test.engine.store, test.engine.alerts, {
        areOne: () => one,
        silenced: () => null,
        coolMinutes: () => 720,
      })
      const minute = (at: number) => {
        crises.step(judged(1, 4), at, false)
        crises.step(judged(2, 7), at, false)
        crises.calm(at)
      }
      minute(60_000)
      const list = async () => (await test.engine.client('officer').alerts.list({ resolvedSince: 0 })).alerts
      expect((await list()).map(({ state }) => state)).toEqual(['raised', 'raised'])
      one = true
      minute(120_000)
      const [card, duplicate, ...more] = await list()
      expect(more).toEqual([])
      expect(card).toMatchObject({ state: 'raised', about: { name: 'Problem 2' }, strength: 7, readFirst: ['m2'] })
      expect(card!.signs.map(({ about }) => about.name)).toEqual(['Problem 1'])
      expect(duplicate).toMatchObject({ state: 'resolved', closedReason: 'duplicate' })
      minute(180_000)
      expect(await list()).toHaveLength(2)
      expect((await test.engine.store.verify()).problems).toEqual([])
    } finally {
      await test.close()
    }
  })
})
