import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { neighbour, nextOrder, nextSelection } from '#renderer/features/board/shownOrder.ts'

describe('nextOrder', () => {
  it('takes the right order at once when nothing holds it', () => {
    expect(nextOrder(['a', 'b'], ['c', 'b', 'a'], false)).toEqual({ shown: ['c', 'b', 'a'], pending: [] })
  })
  it('keeps places while held, drops what is gone and lets the new wait', () => {
    expect(nextOrder(['a', 'b', 'c'], ['x', 'c', 'a', 'y'], true)).toEqual({ shown: ['a', 'c'], pending: ['x', 'y'] })
  })
  it('does not hold an empty list', () => {
    expect(nextOrder(['a'], ['x', 'y'], true)).toEqual({ shown: ['x', 'y'], pending: [] })
    expect(nextOrder([], ['x'], true)).toEqual({ shown: ['x'], pending: [] })
  })
  it.each([
    ['held', true, ['a', 'b', 'c'], ['x']],
    ['not held', false, ['x', 'b', 'a', 'c'], []],
  ])('keeps one that is gone in its place: %s', (_name, hold, shown, pending) => {
    expect(nextOrder(['a', 'b', 'c'], ['x', 'a', 'c'], hold, { keep: 'b' })).toEqual({ shown, pending })
  })
  it('keeps the only one that is gone', () => {
    expect(nextOrder(['a'], [], true, { keep: 'a' })).toEqual({ shown: ['a'], pending: [] })
    expect(nextOrder(['a'], [], false, { keep: 'a' })).toEqual({ shown: ['a'], pending: [] })
  })
  it('puts below what belongs there while the list fills', () => {
    const fills = nextOrder(['a', 'b'], ['x', 'b', 'y', 'a', 'z', 'q'], true, { filling: true })
    expect(fills).toEqual({ shown: ['a', 'b', 'z', 'q'], pending: ['x', 'y'] })
  })
  it('never loses and never doubles a case', () => {
    const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 2 }), { maxLength: 30 })
    fc.assert(
      fc.property(ids, ids, fc.boolean(), fc.boolean(), fc.nat(), (shown, wanted, hold, filling, n) => {
        const keep = shown[n] ?? null
        const next = nextOrder(shown, wanted, hold, { filling, keep })
        const all = keep === null ? wanted : [...new Set([...wanted, keep])]
        expect([...next.shown, ...next.pending].toSorted()).toEqual(all.toSorted())
      }),
    )
  })
})

describe('nextSelection', () => {
  it.each([
    ['stays on its case', ['a', 'b', 'c'], 'b', ['c', 'b'], 'b'],
    ['moves to the next below', ['a', 'b', 'c', 'd'], 'b', ['a', 'd'], 'd'],
    ['at the end moves up', ['a', 'b', 'c'], 'c', ['a', 'b'], 'b'],
    ['starts at the first', [], null, ['x', 'y'], 'x'],
    ['finds nothing in an empty list', ['a'], 'a', [], null],
    ['starts over when all have changed', ['a', 'b'], 'b', ['x'], 'x'],
  ] as const)('%s', (_name, before, selected, after, expected) => {
    expect(nextSelection(before, selected, after)).toBe(expected)
  })
})

describe('neighbour', () => {
  it('stops at both ends and starts at the near one', () => {
    expect(neighbour(['a', 'b'], 'b', 1)).toBe('b')
    expect(neighbour(['a', 'b'], 'a', -1)).toBe('a')
    expect(neighbour(['a', 'b', 'c'], 'a', 10)).toBe('c')
    expect(neighbour(['a', 'b'], null, 1)).toBe('a')
    expect(neighbour(['a', 'b'], null, -1)).toBe('b')
    expect(neighbour([], 'a', 1)).toBeNull()
  })
})
