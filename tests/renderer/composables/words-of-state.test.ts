import { describe, expect, it } from 'vitest'
import { stretch } from '#renderer/composables/time/duration.ts'
import { maskName } from '#renderer/composables/mentions/useMask.ts'
import { formatHash, parseHash } from '#renderer/stores/address.ts'
import { sourceWords } from '#renderer/composables/words/source-words.ts'
import { health } from '#tests/renderer/support/cards.ts'

describe('a stretch of time', () => {
  it.each([
    [0, 's', 0, ''],
    [59_999, 's', 59, ''],
    [60_000, 'min', 1, ''],
    [3_600_000, 'h', 1, ''],
    [7_800_000, 'hmin', 2, '10'],
    [-7_500_000, 'hmin', 2, '05'],
    [47 * 3_600_000, 'h', 47, ''],
    [48 * 3_600_000, 'd', 2, ''],
  ])('of %d ms is %s %d %s', (ms, unit, n, rest) => {
    expect(stretch(ms)).toEqual({ unit, n, rest })
  })
})

describe('an address', () => {
  it.each([
    ['#/board/cas_1?state=new', { view: 'board', parts: ['cas_1'], query: { state: 'new' } }],
    ['', { view: '', parts: [], query: {} }],
    ['#/search?q=a%20OR%20%22b%22', { view: 'search', parts: [], query: { q: 'a OR "b"' } }],
    ['#/x/%E0%A4%A', { view: 'x', parts: ['%E0%A4%A'], query: {} }],
  ])('%s is read', (hash, route) => {
    expect(parseHash(hash)).toEqual(route)
  })
  it('survives the way there and back', () => {
    const hash = formatHash('search', ['a/b', 'ü'], { q: 'x & y #z', empty: '' })
    expect(parseHash(hash)).toEqual({ view: 'search', parts: ['a/b', 'ü'], query: { q: 'x & y #z' } })
  })
})

describe('a source', () => {
  const words = {
    t: (key: string, named: Record<string, unknown> = {}) => [key, ...Object.values(named)].join(' '),
    duration: (ms: number) => `${ms / 60_000}min`,
    percent: (share: number) => `${Math.round(share * 100)}%`,
  }
  const now = 10_000_000
  it.each([
    [health('quiet', { lastSuccessAt: now - 1 }), 'source.quiet'],
    [health('broken', { lastSuccessAt: now - 240_000 }), 'source.broken 4min'],
    [health('broken'), 'source.brokenAlways'],
    [
      health('late', { lastSuccessAt: now - 360_000, quota: { used: 82, limit: 100, resetsAt: null } }),
      'source.late 6min · source.quotaLeft 18%',
    ],
    // A wall sees that it streams, and no text.
    [health('live', { lastSuccessAt: now, streaming: true, detail: null }), 'source.live'],
    [health('live', { lastSuccessAt: now - 60_000 }), '1min'],
    [health('finished'), 'source.finished'],
  ])('tells the truth about %#', (state, said) => {
    expect(sourceWords(state, now, words)).toBe(said)
  })
})

it.each([
  ['@lena@ruhr.social', '@l•••'],
  ['Petra', 'P•••'],
  ['', '•••'],
])('masks %s as %s', (name, masked) => {
  expect(maskName(name)).toBe(masked)
})
