import { describe, expect, it } from 'vitest'
import type { Said } from '#shared/model/said.ts'
import { isOutside } from '#renderer/charts/band-chart.ts'
import { besideUsual, loudness, readable } from '#renderer/composables/words/alert-words.ts'

const point = { at: 0, n: 5, expected: 3, low: 1, high: 6 }
const t = (key: string, values: Record<string, unknown> = {}) =>
  [key.split('.').at(-1), ...Object.values(values)].join(' ')
const beside = (observed: number, expected: number) => besideUsual({ kind: 'rise', observed, expected }, t, String)

describe('what a band says of a count', () => {
  it('is outside above and below, never where nothing is known', () => {
    expect(isOutside(point)).toBe(false)
    expect(isOutside({ ...point, n: 7 })).toBe(true)
    expect(isOutside({ ...point, n: 0 })).toBe(true)
    expect(isOutside({ ...point, n: null })).toBe(false)
    expect(isOutside({ ...point, high: null })).toBe(false)
  })

  it('is said in numbers that a person can read', () => {
    expect(beside(430, 0.1)).toBe('farAbove')
    expect(beside(1, 0)).toBe('farAbove')
    expect(beside(12, 2)).toBe('times 6')
    expect(beside(3, 2)).toBe('times 1.5')
    expect(beside(10, 10)).toBe('asUsual')
    expect(beside(4, 10)).toBe('shareOfUsual 40')
    expect(beside(0, 10)).toBe('farBelow')
    expect(beside(0, 0)).toBe('')
    // Minutes that an ear failed are not beside any usual ones.
    expect(besideUsual({ kind: 'ear', observed: 12, expected: 0 }, t, String)).toBe('')
  })

  it('is written as the language of the page does, with names for codes', () => {
    const words = {
      t,
      n: (value: number) => value.toLocaleString('de'),
      say: (what: Said) => JSON.stringify(what.values),
      locale: { value: 'de' },
    }
    expect(
      readable({ code: 'x', values: { usual: 10.74, n: 1242.4, country: 'CH', network: 'bluesky', by: 'Ada' } }, words)
        .values,
    ).toEqual({
      usual: '10,7',
      n: '1.242',
      country: 'Schweiz',
      network: 'Bluesky',
      by: 'Ada',
    })
  })

  it('is loud by its strength', () => {
    expect([1, 3, 4, 6, 7, 10].map(loudness)).toEqual(['plain', 'plain', 'warn', 'warn', 'urgent', 'urgent'])
  })
})
