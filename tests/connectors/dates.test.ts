import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateOrderOf, parseDate } from '#engine/connectors/text/dates.ts'

describe('dates as they are written', () => {
  it.each<[unknown, string | null]>([
    ['2015-02-24T19:35:52.701+00:00', '2015-02-24T19:35:52.701Z'],
    ['2015-02-24 11:35:52 -0800', '2015-02-24T19:35:52.000Z'],
    ['20150224T113552Z', '2015-02-24T11:35:52.000Z'],
    ['2015-02-24', '2015-02-24T00:00:00.000Z'],
    ['2015-02', '2015-02-01T00:00:00.000Z'],
    ['2015-055', '2015-02-24T00:00:00.000Z'],
    ['2026-W53-1', '2026-12-28T00:00:00.000Z'],
    ['2025-W01-1', '2024-12-30T00:00:00.000Z'],
    ['2025-W53-1', null],
    ['2026-W54', null],
    ['2026-W00-3', null],
    ['2024-366T10:00', '2024-12-31T10:00:00.000Z'],
    ['2025-366T10:00', null],
    ['2025-000T10:00', null],
    ['Tue Oct 31 22:10:47 +0000 2017', '2017-10-31T22:10:47.000Z'],
    ['Mon Apr 06 22:19:45 PDT 2009', '2009-04-07T05:19:45.000Z'],
    ['Thu, 01 Jan 2004 19:48:21 GMT', '2004-01-01T19:48:21.000Z'],
    ['Thu, 01 Jan 04 19:48:21 EST', '2004-01-02T00:48:21.000Z'],
    ['Thursday, 1 January 2004 19:48', '2004-01-01T19:48:00.000Z'],
    ['Sat, 31 Dec 2016 23:59:60 +0000', '2016-12-31T23:59:59.000Z'],
    ['January 5, 2024 at 2:05 PM', '2024-01-05T14:05:00.000Z'],
    ['5. März 2024, 14:05', '2024-03-05T14:05:00.000Z'],
    ['31.12.2003 10:14', '2003-12-31T10:14:00.000Z'],
    ['12/31/2003 12:00 AM', '2003-12-31T00:00:00.000Z'],
    ['2003/12/31 10:14:15', '2003-12-31T10:14:15.000Z'],
    [1425000000, '2015-02-27T01:20:00.000Z'],
    ['1425000000', '2015-02-27T01:20:00.000Z'],
    ['1425000000123', '2015-02-27T01:20:00.123Z'],
    [1425000000123456, '2015-02-27T01:20:00.123Z'],
    ['03/04/2024', null],
    ['2023-02-29', null],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['31 Apr 2024', null],
    ['2024-01-01T25:00:00Z', null],
    ['2024-01-01T24:00:00Z', '2024-01-02T00:00:00.000Z'],
    ['2024-01-01T10:00:00 XYZ', null],
    ['1 Foo 2024', null],
    ['13:00 PM 1 Jan 2024', null],
    ['1850-01-01', null],
    ['', null],
    ['yesterday', null],
    [42, null],
    [Number.NaN, null],
    [null, null],
    [{}, null],
  ])('%s', (written, expected) => {
    const time = parseDate(written)
    expect(time === null ? null : new Date(time).toISOString()).toBe(expected)
  })

  it('every moment comes back from how it is commonly written', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1971, 0, 1), max: Date.UTC(2099, 0, 1) }), (time) => {
        const seconds = Math.floor(time / 1000) * 1000
        const date = new Date(time)
        expect(parseDate(date.toISOString())).toBe(time)
        expect(parseDate(date.toUTCString())).toBe(seconds)
        expect(
          parseDate(
            new Date(seconds).toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) (\S+) GMT$/, '$1 $3 $2 $5 +0000 $4'),
          ),
        ).toBe(seconds)
      }),
    )
  })

  it('anything else is no date, and no exception', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 90 }), (text) => {
        const time = parseDate(text)
        expect(time === null || Number.isSafeInteger(time)).toBe(true)
      }),
    )
  })

  it('a column tells which comes first, day or month, unless it contradicts itself', () => {
    expect(dateOrderOf(['03/04/2024', '25/04/2024'])).toBe('dmy')
    expect(dateOrderOf(['03/04/2024', '04/25/2024'])).toBe('mdy')
    expect(dateOrderOf(['25/04/2024', '04/25/2024'])).toBeUndefined()
    expect(dateOrderOf(['03/04/2024', 'x'])).toBeUndefined()
  })
})
