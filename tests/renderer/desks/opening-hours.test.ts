import { describe, expect, it } from 'vitest'
import { clockText, copyDay, groupDays, parseClock, tidySpans } from '#renderer/features/desks/openingHours.ts'

const span = (day: number, from: number, to: number) => ({ day, from: from * 60, to: to * 60 })

describe('opening hours', () => {
  it.each([
    ['9', 540],
    ['9:30', 570],
    ['09.30', 570],
    ['0930', 570],
    [' 24:00 ', 1440],
    ['24:01', null],
    ['9:61', null],
    ['', null],
    ['noon', null],
  ])('reads %j as %j', (text, expected) => {
    // prettier-ignore
    expect(parseClock(text)).toBe(expected)
  })
  it('writes what it reads', () => {
    for (const minutes of [0, 1, 540, 1439, 1440]) expect(parseClock(clockText(minutes))).toBe(minutes)
  })
  it('joins what touches or overlaps and keeps a lunch break', () => {
    expect(tidySpans([span(1, 12, 14), span(1, 9, 12), span(2, 9, 12), span(2, 13, 17)])).toEqual([
      span(1, 9, 14),
      span(2, 9, 12),
      span(2, 13, 17),
    ])
  })
  it('says equal days together, and only neighbours', () => {
    expect(groupDays([span(1, 9, 17), span(2, 9, 17), span(4, 9, 17), span(6, 10, 14)])).toEqual([
      { from: 1, to: 2, spans: [{ from: 540, to: 1020 }] },
      { from: 4, to: 4, spans: [{ from: 540, to: 1020 }] },
      { from: 6, to: 6, spans: [{ from: 600, to: 840 }] },
    ])
    expect(groupDays([])).toEqual([])
  })
  it('copies a day over others', () => {
    expect(copyDay([span(1, 9, 17), span(3, 0, 1)], 1, [1, 2, 3])).toEqual([
      span(1, 9, 17),
      span(2, 9, 17),
      span(3, 9, 17),
    ])
    expect(copyDay([span(3, 0, 1)], 1, [3])).toEqual([])
  })
})
