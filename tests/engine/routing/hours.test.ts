import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addOpenMinutes, isOpen, localHour, openMsBetween } from '#engine/routing/hours.ts'
import type { BusinessHours } from '#shared/model/desk.ts'

const weekdays = [1, 2, 3, 4, 5].map((day) => ({ day, from: 9 * 60, to: 17 * 60 }))
const office = (timeZone: string, holidays: string[] = []): BusinessHours => ({ timeZone, spans: weekdays, holidays })
const at = (text: string): number => Date.parse(text)
const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())
const HOUR = 60

describe('a clock in business hours', () => {
  const cases: [string, BusinessHours, string, number, string][] = [
    ['Friday 16:45 + 30 min is Monday 09:15', office('Europe/Berlin'), '2026-11-20T16:45:00+01:00', 30, '2026-11-23T09:15:00+01:00'],
    ['used up exactly at closing time is due then', office('Europe/Berlin'), '2026-11-20T16:45:00+01:00', 15, '2026-11-20T17:00:00+01:00'],
    ['before opening it starts at the opening', office('Europe/Berlin'), '2026-11-20T06:00:00+01:00', 60, '2026-11-20T10:00:00+01:00'],
    ['at closing time it starts on the next day', office('Europe/Berlin'), '2026-11-19T17:00:00+01:00', 10, '2026-11-20T09:10:00+01:00'],
    ['a holiday is skipped', office('Europe/Berlin', ['2026-12-25']), '2026-12-24T16:30:00+01:00', 60, '2026-12-28T09:30:00+01:00'],
    ['several days long', office('Europe/Berlin'), '2026-11-16T09:00:00+01:00', 20 * HOUR, '2026-11-18T13:00:00+01:00'],
    // Berlin: 29 March 2026, 02:00 → 03:00. New York: 8 March 2026, 02:00 → 03:00.
    ['over a weekend with the clocks going forward, Berlin', office('Europe/Berlin'), '2026-03-27T16:45:00+01:00', 30, '2026-03-30T09:15:00+02:00'],
    ['over a weekend with the clocks going forward, New York', office('America/New_York'), '2026-03-06T16:45:00-05:00', 30, '2026-03-09T09:15:00-04:00'],
    ['over a weekend with the clocks going back, Berlin', office('Europe/Berlin'), '2026-10-23T16:45:00+02:00', 30, '2026-10-26T09:15:00+01:00'],
    ['over a weekend with the clocks going back, New York', office('America/New_York'), '2026-10-30T16:45:00-04:00', 30, '2026-11-02T09:15:00-05:00'],
    ['always open: real minutes', { timeZone: 'Europe/Berlin', spans: [], holidays: [] }, '2026-03-29T01:30:00+01:00', 60, '2026-03-29T03:30:00+02:00'],
    [
      'a night shift over the hour that is skipped is an hour shorter',
      { timeZone: 'Europe/Berlin', spans: [{ day: 7, from: 0, to: 6 * HOUR }], holidays: [] },
      '2026-03-29T00:00:00+01:00',
      6 * HOUR,
      '2026-04-05T01:00:00+02:00',
    ],
    [
      'a night shift over the hour that comes twice is an hour longer',
      { timeZone: 'Europe/Berlin', spans: [{ day: 7, from: 0, to: 6 * HOUR }], holidays: [] },
      '2026-10-25T00:00:00+02:00',
      6 * HOUR,
      '2026-10-25T05:00:00+01:00',
    ],
    [
      'an opening in the skipped hour counts from the moment after it',
      { timeZone: 'America/New_York', spans: [{ day: 7, from: 150, to: 300 }], holidays: [] },
      '2026-03-08T00:00:00-05:00',
      30,
      '2026-03-08T04:00:00-04:00',
    ],
    [
      'until midnight and from midnight on run together',
      { timeZone: 'Asia/Kolkata', spans: [{ day: 5, from: 1200, to: 1440 }, { day: 6, from: 0, to: 60 }], holidays: [] },
      '2026-11-20T23:30:00+05:30',
      60,
      '2026-11-21T00:30:00+05:30',
    ],
    // Clocks that go forward at midnight: the day begins at one.
    ['Beirut, midnight skipped', { timeZone: 'Asia/Beirut', spans: [{ day: 7, from: 0, to: 480 }], holidays: [] }, '2026-03-28T12:00:00+02:00', 60, '2026-03-29T02:00:00+03:00'],
    ['Cairo, midnight skipped', { timeZone: 'Africa/Cairo', spans: [{ day: 5, from: 0, to: 480 }], holidays: [] }, '2026-04-23T12:00:00+02:00', 7 * HOUR, '2026-04-24T08:00:00+03:00'],
    ['Cairo, the hour before midnight comes twice', { timeZone: 'Africa/Cairo', spans: [{ day: 4, from: 1320, to: 1440 }], holidays: [] }, '2026-10-29T20:00:00+03:00', 3 * HOUR, '2026-10-30T00:00:00+02:00'],
    ['Lord Howe, half an hour', { timeZone: 'Australia/Lord_Howe', spans: [{ day: 7, from: 0, to: 360 }], holidays: [] }, '2026-10-04T00:00:00+10:30', 330, '2026-10-04T06:00:00+11:00'],
    ['Lord Howe, half an hour twice', { timeZone: 'Australia/Lord_Howe', spans: [{ day: 7, from: 60, to: 180 }], holidays: [] }, '2026-04-05T01:00:00+11:00', 150, '2026-04-05T03:00:00+10:30'],
    ['Kathmandu over a night', office('Asia/Kathmandu'), '2026-11-19T16:50:00+05:45', 20, '2026-11-20T09:10:00+05:45'],
    ['Chatham over the change', office('Pacific/Chatham'), '2026-09-25T16:50:00+12:45', 20, '2026-09-28T09:10:00+13:45'],
    ['Samoa over the day it left out', office('Pacific/Apia'), '2011-12-29T16:50:00-10:00', 20, '2012-01-02T09:10:00+14:00'],
    ['Samoa, every day', { timeZone: 'Pacific/Apia', spans: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: 540, to: 1020 })), holidays: [] }, '2011-12-29T16:00:00-10:00', 10 * HOUR, '2012-01-01T10:00:00+14:00'],
    ['the leap day is a day of work', office('Europe/Berlin'), '2028-02-28T16:50:00+01:00', 20, '2028-02-29T09:10:00+01:00'],
    ['a holiday on the leap day', office('Europe/Berlin', ['2028-02-29']), '2028-02-28T16:50:00+01:00', 20, '2028-03-01T09:10:00+01:00'],
    ['a holiday is the desk’s own day, Auckland', office('Pacific/Auckland', ['2026-02-06']), '2026-02-05T03:50:00Z', 20, '2026-02-09T09:10:00+13:00'],
    ['a holiday is the desk’s own day, Honolulu', office('Pacific/Honolulu', ['2026-07-03']), '2026-07-03T02:50:00Z', 20, '2026-07-06T09:10:00-10:00'],
    ['Asunción, where the clocks change no more', office('America/Asuncion'), '2026-03-20T16:50:00-03:00', 20, '2026-03-23T09:10:00-03:00'],
    ['Casablanca, back for Ramadan', office('Africa/Casablanca'), '2026-02-13T16:50:00+01:00', 20, '2026-02-16T09:10:00Z'],
    ['over the end of the year', office('Asia/Tokyo', ['2027-01-01']), '2026-12-31T16:50:00+09:00', 20, '2027-01-04T09:10:00+09:00'],
  ] // prettier-ignore
  it.each(cases)('%s', (_name, hours, from, minutes, due) => {
    expect(iso(addOpenMinutes(hours, at(from), minutes))).toBe(iso(at(due)))
  })

  it('says that a desk which never opens has no due time', () => {
    const closed: BusinessHours = { timeZone: 'UTC', spans: [{ day: 1, from: 0, to: 1 }], holidays: [] }
    expect(addOpenMinutes(closed, at('2026-11-20T00:00:00Z'), 1000)).toBeNull()
  })

  it('is open from the first minute and closed from the last', () => {
    const hours = office('America/New_York')
    expect(isOpen(hours, at('2026-11-20T09:00:00-05:00'))).toBe(true)
    expect(isOpen(hours, at('2026-11-20T08:59:59-05:00'))).toBe(false)
    expect(isOpen(hours, at('2026-11-20T17:00:00-05:00'))).toBe(false)
    expect(isOpen(hours, at('2026-11-21T12:00:00-05:00'))).toBe(false)
    expect(iso(addOpenMinutes(hours, at('2026-11-21T12:00:00-05:00'), 0))).toBe('2026-11-23T14:00:00.000Z')
  })

  it('knows the local hour', () => {
    expect(localHour('Europe/Berlin', at('2026-03-29T00:59:00Z'))).toEqual({ hour: 1, weekday: 7 })
    expect(localHour('Europe/Berlin', at('2026-03-29T01:00:00Z'))).toEqual({ hour: 3, weekday: 7 })
    expect(localHour('Asia/Kathmandu', at('2026-11-20T18:20:00Z'))).toEqual({ hour: 0, weekday: 6 })
  })

  const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC', 'Asia/Beirut', 'Africa/Cairo', 'America/Havana', 'Pacific/Chatham', 'America/Nuuk', 'Africa/Casablanca'] // prettier-ignore
  const span = fc
    .record({
      day: fc.integer({ min: 1, max: 7 }),
      from: fc.integer({ min: 0, max: 1439 }),
      length: fc.integer({ min: 1, max: 1440 }),
    })
    .map(({ day, from, length }) => ({ day, from, to: Math.min(1440, from + length) }))
  const anyHours = fc.record({
    timeZone: fc.constantFrom(...zones),
    spans: fc.array(span, { minLength: 1, maxLength: 6 }),
    holidays: fc.constantFrom<string[]>([], ['2026-03-30'], ['2026-10-25', '2026-10-26']),
  })
  const someTime = fc.integer({ min: at('2026-03-01T00:00:00Z'), max: at('2026-11-10T00:00:00Z') })

  it('uses up exactly the minutes it was given, whatever the zone, spans and changes of the clocks', () => {
    fc.assert(
      fc.property(anyHours, someTime, fc.integer({ min: 1, max: 3000 }), (hours, from, minutes) => {
        const due = addOpenMinutes(hours, from, minutes)
        if (due === null) return
        expect(openMsBetween(hours, from, due)).toBe(minutes * 60_000)
        expect(isOpen(hours, due - 1)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('later never means sooner, and more minutes never mean less', () => {
    fc.assert(
      fc.property(
        anyHours,
        someTime,
        fc.nat(10_000_000),
        fc.integer({ min: 0, max: 500 }),
        fc.nat(500),
        (hours, from, later, minutes, more) => {
          const due = addOpenMinutes(hours, from, minutes)
          if (due === null) return
          expect(addOpenMinutes(hours, from + later, minutes) ?? Infinity).toBeGreaterThanOrEqual(due)
          expect(addOpenMinutes(hours, from, minutes + more) ?? Infinity).toBeGreaterThanOrEqual(due)
        },
      ),
      { numRuns: 200 },
    )
  })
})
