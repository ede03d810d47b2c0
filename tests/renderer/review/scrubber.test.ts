import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  atShare,
  axisTimes,
  bars,
  clampTo,
  clusterMarks,
  nextMark,
  shareOf,
  stepOf,
} from '#renderer/features/review/scrubber.ts'

const HOUR = 3_600_000
const span = { start: 0, end: 8 * HOUR }
const mark = (at: number, text = '') => ({ at, kind: 'alert', text })

describe('scrubber', () => {
  it('stays inside the shift', () => {
    expect(clampTo(span, -5)).toBe(0)
    expect(clampTo(span, 9 * HOUR)).toBe(8 * HOUR)
    expect(shareOf(span, 2 * HOUR)).toBe(0.25)
    expect(shareOf({ start: 5, end: 5 }, 5)).toBe(0)
  })
  it('goes there and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8 * HOUR }), (at) => {
        expect(atShare(span, shareOf(span, at))).toBe(at)
      }),
    )
  })
  it('steps by times that a person would say', () => {
    expect(stepOf(span)).toBe(120_000)
    expect(stepOf({ start: 0, end: 60_000 })).toBe(1_000)
    expect(stepOf({ start: 0, end: 90 * 24 * HOUR })).toBe(3_600_000)
  })
  it('jumps to the next mark in either direction, past the one it stands on', () => {
    const marks = [mark(30), mark(10), mark(20)]
    expect(nextMark(marks, 10, 1)?.at).toBe(20)
    expect(nextMark(marks, 20, -1)?.at).toBe(10)
    expect(nextMark(marks, 30, 1)).toBeNull()
    expect(nextMark([], 0, 1)).toBeNull()
  })
  it('draws marks that would touch as one and leaves out those outside', () => {
    const clusters = clusterMarks([mark(HOUR), mark(HOUR + 1_000), mark(4 * HOUR), mark(-1)], span, 800)
    expect(clusters.map((cluster) => cluster.marks.length)).toEqual([2, 1])
  })
  it('scales bars to the fullest bucket', () => {
    const buckets = [
      { at: 0, negative: 1, neutral: 0, positive: 1 },
      { at: 4 * HOUR, negative: 4, neutral: 0, positive: 0 },
    ]
    expect(bars(buckets, span)).toEqual([
      { at: 0, x: 0, w: 0.5, negative: 0.25, neutral: 0, positive: 0.25 },
      { at: 4 * HOUR, x: 0.5, w: 0.5, negative: 1, neutral: 0, positive: 0 },
    ])
    expect(bars([{ at: 0, negative: 0, neutral: 0, positive: 0 }], span)[0]).toMatchObject({ w: 1, negative: 0 })
  })
  it('writes round local times on the axis', () => {
    const start = Date.UTC(2026, 0, 5, 5, 50)
    const times = axisTimes({ start, end: start + 8 * HOUR }, 5, () => 330)
    expect(times.map((at) => new Date(at + 330 * 60_000).toISOString().slice(11, 16))).toEqual([
      '12:00',
      '14:00',
      '16:00',
      '18:00',
    ])
  })
})
