import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { afterEach, describe, expect, it } from 'vitest'
import { barBounds, offsetIn } from '#engine/store/queries/local-time.ts'
import { medianMinutesToReply } from '#engine/store/queries/case-counts.ts'
import { deskReplyMinutes } from '#engine/store/queries/desks.ts'
import type { Reads } from '#engine/store/reads.ts'
import { connectionOf } from '#engine/store/connections.ts'
import { draft, openTestStation, type TestStation } from './station.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
let opened: TestStation | undefined
const station = (): TestStation => (opened ??= openTestStation())
afterEach(async () => {
  await opened?.close()
  opened = undefined
})

const zoned = (at: number, zone: string) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
const local = (text: string, zone: string) => Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds
const heard = (times: number[]) => station().push(times.map((publishedAt) => draft({ publishedAt })))
const zones = [
  'UTC', 'Europe/Berlin', 'Asia/Kolkata', 'Asia/Kathmandu', 'America/St_Johns', 'Australia/Lord_Howe', 'America/Havana',
  'Africa/Cairo', 'Pacific/Chatham', 'America/Los_Angeles', 'Atlantic/Azores', 'Asia/Beirut', 'America/Nuuk', 'America/Scoresbysund',
  'Africa/Casablanca', 'Antarctica/Troll', 'Pacific/Norfolk', 'America/Asuncion', 'Pacific/Apia', 'Asia/Gaza',
] // prettier-ignore

describe('hours of the week', () => {
  const heat = async (timeZone: string, from: string, to: string) => {
    const hours = await station().store.reader.ask('charts.heat', {
      listenIds: [],
      timeZone,
      from: local(from, timeZone),
      to: local(to, timeZone),
    })
    return Object.fromEntries(
      hours.filter(({ count }) => count).map((one) => [`${one.weekday}/${one.hour}`, one.count]),
    )
  }
  it.each(['UTC', 'Asia/Kolkata', 'Asia/Kathmandu', 'America/St_Johns'])(
    'are those that the clocks of %s show',
    async (zone) => {
      await heard(
        ['21:59', '22:00', '22:14', '22:31', '22:46', '22:59', '23:00'].map((one) => local(`2026-11-18T${one}`, zone)),
      )
      expect(await heat(zone, '2026-11-16T00:00', '2026-11-20T00:00')).toEqual({ '3/21': 1, '3/22': 5, '3/23': 1 })
    },
  )
  it('cost as much as there is to count, however many centuries are asked for', async () => {
    await heard([local('2026-11-18T21:59', 'UTC')])
    expect(await heat('Asia/Kolkata', '0001-01-02T00:00', '9998-12-30T00:00')).toEqual({ '4/3': 1 })
  })
  it('know the hour that is skipped and the one that comes twice', async () => {
    const zone = 'Europe/Berlin'
    const night = Date.UTC(2026, 9, 25)
    await heard([night + 20 * MINUTE, night + HOUR + 20 * MINUTE, night + 2 * HOUR])
    expect(await heat(zone, '2026-10-25T00:00', '2026-10-26T00:00')).toEqual({ '7/2': 2, '7/3': 1 })
  })
})

describe('bars', () => {
  const bars = async (timeZone: string, from: string, to: string, bucketMinutes: number) => {
    const points = await station().store.reader.ask('charts.sentiment', {
      listenIds: [],
      timeZone,
      bucketMinutes,
      from: local(from, timeZone),
      to: local(to, timeZone),
    })
    return points.map(({ at, ...counts }) => ({
      at: zoned(at, timeZone).toPlainDateTime().toString().slice(5, 16),
      n: counts.negative + counts.neutral + counts.positive,
    }))
  }
  it.each(zones)('of days begin at midnight in %s, also where the clocks change', (zone) => {
    const days = ['2026-03-07', '2026-03-08', '2026-03-29', '2026-04-05', '2026-10-25', '2026-11-01', '2026-09-27']
    for (const day of days) {
      const end = Temporal.PlainDate.from(day).add({ days: 1 })
      const [from, to] = [local(`${day}T12:00`, zone), local(`${end.toString()}T12:00`, zone)]
      const bounds = barBounds(from, to, 1440, offsetIn(zone)).slice(0, -1)
      const starts = [day, end.toString()].map((one) =>
        Temporal.PlainDate.from(one).toZonedDateTime(zone).toPlainDateTime().toString().slice(5, 16),
      )
      expect(bounds.map((at) => zoned(at, zone).toPlainDateTime().toString().slice(5, 16))).toEqual(starts)
    }
  })
  it('of days hold what was said on that day, all of its 23 or 25 hours', async () => {
    await heard([
      local('2026-03-29T00:00', 'Europe/Berlin'),
      local('2026-03-29T23:59', 'Europe/Berlin'),
      local('2026-03-30T00:00', 'Europe/Berlin'),
      local('2026-10-25T23:59', 'Europe/Berlin'),
    ])
    const spring = await bars('Europe/Berlin', '2026-03-28T05:00', '2026-03-31T00:00', 1440)
    expect(spring.map(({ n }) => n)).toEqual([0, 2, 1])
    const autumn = await bars('Europe/Berlin', '2026-10-24T05:00', '2026-10-27T00:00', 1440)
    expect(autumn.map(({ n }) => n)).toEqual([0, 1, 0])
  })
  it('of days hold the same where midnight is between two hours of UTC', async () => {
    const zone = 'America/St_Johns'
    await heard(['2026-11-17T23:59', '2026-11-18T00:00', '2026-11-18T23:59'].map((one) => local(one, zone)))
    expect(await bars(zone, '2026-11-17T00:00', '2026-11-19T00:00', 1440)).toEqual([
      { at: '11-17T00:00', n: 1 },
      { at: '11-18T00:00', n: 2 },
    ])
  })
  it('of weeks begin on Mondays, those of hours on the hour', async () => {
    const weeks = await bars('Asia/Kolkata', '2026-11-04T10:00', '2026-11-18T00:00', 10_080)
    expect(weeks.map(({ at }) => at)).toEqual(['11-02T00:00', '11-09T00:00', '11-16T00:00'])
    const hours = await bars('Asia/Kathmandu', '2026-11-18T10:10', '2026-11-18T13:00', 60)
    expect(hours.map(({ at }) => at)).toEqual(['11-18T10:00', '11-18T11:00', '11-18T12:00'])
  })
  it('of hours are 23 and 25 where a day has as many', () => {
    const of = (day: string, width: number) =>
      barBounds(
        local(`${day}T00:00`, 'Europe/Berlin'),
        local(`${day}T23:59`, 'Europe/Berlin'),
        width,
        offsetIn('Europe/Berlin'),
      ).length - 1
    expect([of('2026-03-29', 60), of('2026-10-25', 60), of('2026-10-24', 60)]).toEqual([23, 25, 24])
    expect([of('2026-03-29', 240), of('2026-10-25', 240)]).toEqual([6, 6])
  })
  it('end with a day whose last hour the clocks skip', () => {
    const zone = 'America/Scoresbysund'
    const midnight = local('2026-03-29T00:00', zone)
    for (const width of [1, 5, 15, 30, 60]) {
      const bounds = barBounds(midnight - 90 * MINUTE, midnight + HOUR, width, offsetIn(zone))
      expect(bounds).toContain(midnight)
      for (const [at, bound] of bounds.slice(1).entries()) expect(bound - bounds[at]!).toBe(width * MINUTE)
    }
    expect(barBounds(midnight - 23 * HOUR, midnight, 120, offsetIn(zone)).at(-1)).toBe(midnight)
  })

  it('never overlap, leave nothing out and begin at round local times', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom(1, 5, 15, 30, 60, 120, 240, 720, 1440, 10_080),
        fc.integer({ min: Date.UTC(2025, 11, 1), max: Date.UTC(2027, 0, 1) }),
        fc.integer({ min: 1, max: 12 }),
        (zone, width, from, bars) => {
          const to = from + bars * width * MINUTE
          const bounds = barBounds(from, to, width, offsetIn(zone))
          expect(bounds[0]!).toBeLessThanOrEqual(from)
          expect(bounds[1]!).toBeGreaterThan(from)
          expect(bounds.at(-1)!).toBeGreaterThanOrEqual(to)
          expect(bounds.at(-2)!).toBeLessThan(to)
          for (const [i, at] of bounds.entries()) {
            if (i > 0) expect(at).toBeGreaterThan(bounds[i - 1]!)
            const wall = zoned(at, zone)
            const startsDay = wall.startOfDay().epochMilliseconds === at
            const { hour, minute, offsetNanoseconds } = wall
            const changed = offsetNanoseconds !== zoned(at - 12 * HOUR, zone).offsetNanoseconds
            if (width >= 1440) expect(startsDay).toBe(true)
            else if (!startsDay && !changed) expect((hour * 60 + minute) % width).toBe(0)
          }
        },
      ),
      { numRuns: 120 },
    )
  })
})

describe('a clock that was set back', () => {
  it('makes no answer older than its question', () => {
    const db = connectionOf(station().store)
    const columns = (
      db.prepare('SELECT name FROM pragma_table_info(\'cases\') WHERE "notnull" = 1').all() as { name: string }[]
    ).map(({ name }) => name)
    expect(columns).toContain('seen_at')
    db.exec('CREATE TEMP TABLE cases (desk_id TEXT, seen_at INTEGER, routed_at INTEGER, replied_at INTEGER)')
    db.exec(`INSERT INTO temp.cases VALUES ('d', 172800000, 172800000, 60000), ('d', 172800000, 172800000, 172860000)`)
    expect(medianMinutesToReply(db as Reads, 0, 1e15)).toBe(0.5)
    expect(deskReplyMinutes(db as Reads, 0).get('d')).toBe(0.5)
  })
})
