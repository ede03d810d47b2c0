import { afterEach, describe, expect, it } from 'vitest'
import { MentionFilter } from '#shared/contract/mentions.ts'
import { draftOf } from '#engine/connectors/draft.ts'
import type { Client } from '#engine/api/router.ts'
import type { Draft } from '#shared/model/mention.ts'
import { elapsed, isRecent } from '#shared/util/elapsed.ts'
import { createBuckets } from '#hosts/station/buckets.ts'
import { createRateLimit } from '#hosts/station/desk/rate-limit.ts'
import { openTestEngine } from '#tests/support/engine.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const filter = MentionFilter.parse({})

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** Negative by nature: how a text feels. */
const may = /score$|\.weight$|netSentiment$/i

/** Where a number below zero stands; instants are none. */
function negative(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return value < 0 && !may.test(path) ? [`${path}: ${value}`] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => negative(each, `${path}.${key}`))
}

/** Everything that tells of times, as an officer sees it. */
async function readings(officer: Client, now: number): Promise<Record<string, unknown>> {
  const year = { listenIds: [], from: now - 400 * DAY, to: now + 400 * DAY }
  const shifts = await officer.review.shifts()
  const shift = shifts[0]!.shift
  return {
    numbers: await officer.charts.numbers(year),
    lately: await officer.charts.numbers({ listenIds: [], from: now - DAY, to: now + MINUTE }),
    sentiment: await officer.charts.sentiment({ ...year, bucketMinutes: 1440 }),
    heat: await officer.charts.heat(year),
    waiting: await officer.charts.waiting({ limit: 50 }),
    shifts,
    timelines: await Promise.all(shifts.map((one) => officer.review.timeline({ id: one.shift.id, buckets: 30 }))),
    moment: await officer.review.at({ id: shift.id, at: now }),
    cases: await officer.cases.page({ filter: {} }),
    mentions: await officer.mentions.page({ filter }),
    problems: await officer.problems.list({ since: 0 }),
    desks: await officer.desks.list(),
    sources: await officer.sources.list(),
    scorecard: await officer.desks.scorecard({ from: now - 400 * DAY, to: now + 400 * DAY }),
  }
}

describe('a clock that jumps during a shift', () => {
  it.each([
    ['back by two days', [-2 * DAY]],
    ['back by a minute, again and again', [-MINUTE, -MINUTE, -MINUTE]],
    ['on by three days and back again', [3 * DAY, -3 * DAY]],
    ['on by a year, then back by a year and an hour', [365 * DAY, -365 * DAY - HOUR]],
  ])('%s makes no time that anybody reads negative', async (_how, jumps) => {
    // The last Sunday of October: daylight saving ends in the night after.
    const clock = new ManualClock('2026-10-24T21:30:00Z')
    const { engine, close } = await openTestEngine({ clock })
    closing.push(close)
    engine.board.start()
    const officer = engine.client('officer')
    const [desk] = await officer.desks.list()
    let told = 0
    const draft = (): Draft => {
      const text = `Terrible, my parcel ${++told} is broken, refund`
      return draftOf({
        externalId: `${told}`,
        kind: 'post',
        text,
        publishedAt: clock.now() - MINUTE,
        lang: 'en',
        raw: null,
      })
    }
    const hear = async (): Promise<string[]> => {
      await engine.intake.push({ sourceId: 'src', network: 'mastodon', drafts: [draft(), draft(), draft()] })
      await engine.idle()
      const { items } = await officer.mentions.page({ filter })
      const ids: string[] = []
      for (const { mention, case: known } of items.slice(0, 3))
        ids.push(
          known?.id ?? (await officer.cases.open({ mentionId: mention.id, deskId: desk!.desk.id })).card.case!.id,
        )
      return ids
    }
    const shift = await officer.review.start({ name: 'Night' })
    const waiting = [...(await hear()), ...(await hear())]
    clock.advance(10 * MINUTE)
    for (const jump of jumps) {
      clock.set(jump)
      const id = waiting.shift()!
      await officer.cases.accept({ id }).catch(() => undefined)
      await officer.cases.reply({ id, text: 'Sorry, we look into it.' })
      expect(negative(await readings(officer, clock.now()))).toEqual([])
      clock.advance(5 * MINUTE)
      await officer.cases.close({ id: waiting.shift()!, reason: 'spam' })
      waiting.push(...(await hear()))
    }
    const ended = await officer.review.end({ id: shift.id, note: '' })
    expect(ended.endedAt).toBeGreaterThanOrEqual(ended.startedAt)
    const after = await readings(officer, clock.now())
    expect(negative(after)).toEqual([])
  })
})

describe('what counts by the clock', () => {
  it('takes a stretch between instants in any order, never as less than nothing', () => {
    expect([elapsed(5, 9), elapsed(9, 5), elapsed(5, 5)]).toEqual([4, 0, 0])
    expect([isRecent(5, 9, 5), isRecent(5, 9, 4), isRecent(9, 5, 100), isRecent(-Infinity, 5, 100)]).toEqual([
      true,
      false,
      false,
      false,
    ])
  })

  it.each([-2 * DAY, -MINUTE, 2 * DAY])('locks nobody out when it is set by %d', (jump) => {
    const clock = new ManualClock()
    const buckets = createBuckets({ perSecond: 10, burst: 20, now: () => clock.now() })
    const limit = createRateLimit({ most: 3, windowMs: MINUTE, now: () => clock.now() })
    for (let n = 0; n < 20; n++) buckets.take('wall')
    for (let n = 0; n < 4; n++) limit.take('desk')
    expect([buckets.take('wall') > 0, limit.take('desk')]).toEqual([true, false])
    clock.set(jump)
    expect(limit.take('desk')).toBe(true)
    buckets.take('wall')
    clock.advance(1000)
    expect(buckets.take('wall')).toBe(0)
  })
})
