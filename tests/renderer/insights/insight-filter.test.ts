import { describe, expect, it } from 'vitest'
import { zoneOffset } from '#renderer/composables/time/zone-offset.ts'
import {
  endOf,
  fromField,
  readFilter,
  stretchOf,
  toField,
  writeFilter,
} from '#renderer/features/insights/insight-filter.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const berlin = zoneOffset('Europe/Berlin')
const filter = (more: object = {}) => ({ ...readFilter({}), ...more })

describe('the filter in the address', () => {
  it('is read as it was written', () => {
    const one = { listenIds: ['a', 'b'], period: 'custom' as const, from: 1_000, to: 2_000, compare: false }
    expect(readFilter(writeFilter(one))).toEqual(one)
    const two = { listenIds: [], period: 'days7' as const, from: 0, to: 0, compare: true }
    expect(readFilter(writeFilter(two))).toEqual(two)
  })
  it('starts with the last eight hours of everything', () => {
    expect(readFilter({})).toEqual({ listenIds: [], period: 'hours8', from: 0, to: 0, compare: true })
  })
  it('takes nothing that makes no sense', () => {
    expect(readFilter({ period: 'forever', from: '-5', to: '1e9' })).toMatchObject({ period: 'hours8', from: 0, to: 0 })
    expect(readFilter({ period: 'custom', from: '9', to: '3' }).period).toBe('hours8')
  })
})

describe('the stretch it means', () => {
  const now = Date.UTC(2026, 2, 11, 9, 33, 20)
  it('ends with the bar that is being filled, and has as many bars before it', () => {
    const stretch = stretchOf(filter(), now, berlin)
    expect(stretch).toEqual({
      bar: 5,
      from: Date.UTC(2026, 2, 11, 1, 35),
      to: Date.UTC(2026, 2, 11, 9, 35),
      before: { from: Date.UTC(2026, 2, 10, 17, 35), to: Date.UTC(2026, 2, 11, 1, 35) },
    })
    expect(stretchOf(filter({ period: 'days28' }), now, berlin)).toMatchObject({ bar: 720 })
  })
  it.each(['hour', 'hours8', 'today', 'days7', 'days28'] as const)(
    'of %s is never said to end in the future',
    (period) => {
      for (const zone of [
        'Europe/Berlin',
        'Pacific/Chatham',
        'America/St_Johns',
        'Asia/Kathmandu',
        'Australia/Lord_Howe',
        'Asia/Beirut',
      ])
        for (let hour = 0; hour < 24; hour++) {
          const at = Date.UTC(2026, 2, 28, hour, 33, 20)
          const stretch = stretchOf(filter({ period }), at, zoneOffset(zone))
          const { from, bar } = stretch
          const to = endOf(stretch, at)
          expect(to - at).toBeLessThanOrEqual(5 * MINUTE)
          expect(to).toBeGreaterThan(at)
          expect(from).toBeLessThan(to)
          if (period === 'days28') expect((to - from) / DAY).toBeGreaterThan(28 - bar / 1440)
        }
    },
  )
  it('lets today begin at the midnight of the station and sets it beside the same hours of yesterday', () => {
    const { from, to, before } = stretchOf(filter({ period: 'today' }), now, berlin)
    expect(from).toBe(Date.UTC(2026, 2, 10, 23))
    expect(before).toEqual({ from: from - DAY, to: to - DAY })
  })
  it('knows that a day may have 23 hours', () => {
    const evening = Date.UTC(2026, 2, 29, 18)
    const today = stretchOf(filter({ period: 'today' }), evening, berlin)
    expect(today.from).toBe(Date.UTC(2026, 2, 28, 23))
    const monday = stretchOf(filter({ period: 'today' }), evening + DAY, berlin)
    expect([monday.from, monday.before.from]).toEqual([Date.UTC(2026, 2, 29, 22), Date.UTC(2026, 2, 28, 23)])
  })
  it('rounds a chosen stretch outwards to whole bars and bounds its length', () => {
    const chosen = stretchOf(filter({ period: 'custom', from: now, to: now + 3 * DAY }), now, berlin)
    expect(chosen).toMatchObject({ bar: 60, from: Date.UTC(2026, 2, 11, 9), to: Date.UTC(2026, 2, 14, 10) })
    const ages = stretchOf(filter({ period: 'custom', from: 0, to: 50 * 365 * DAY }), now, berlin)
    expect((ages.to - ages.from) / (ages.bar * MINUTE)).toBeLessThan(2_000)
    expect(ages.before.from).toBeGreaterThanOrEqual(0)
  })
})

describe('a field for date and time', () => {
  it('speaks the time of the station', () => {
    const summer = Date.UTC(2026, 6, 1, 10)
    expect(toField(summer, berlin)).toBe('2026-07-01T12:00')
    expect(fromField('2026-07-01T12:00', berlin)).toBe(summer)
    expect(fromField('2026-03-29T03:30', berlin)).toBe(Date.UTC(2026, 2, 29, 1, 30))
  })
  it('says so when it holds no time', () => {
    expect(['', 'soon', '2026-13-45T99:99'].map((text) => fromField(text, berlin))).toEqual([null, null, null])
  })
})
