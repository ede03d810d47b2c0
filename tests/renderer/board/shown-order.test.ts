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
  it('never loses and never doubles a case', () => {
    const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 2 }), { maxLength: 30 })
    fc.assert(
      fc.property(ids, ids, fc.boolean(), (shown, wanted, hold) => {
        const next = nextOrder(shown, wanted, hold)
        expect([...next.shown, ...next.pending].toSorted()).toEqual(wanted.toSorted())
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
