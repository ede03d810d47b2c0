import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { carryTokens, position, stretches } from '#renderer/components/query-highlight.ts'
import type { Token } from '#renderer/components/query-highlight.ts'

const token = (start: number, end: number, kind: Token['kind'] = 'term'): Token => ({ start, end, kind })
const problem = (start: number, end: number, severity: 'error' | 'warning' | 'hint' = 'error') => ({
  severity,
  code: 'x',
  message: '',
  start,
  end,
})

describe('stretches', () => {
  it('colours tokens and underlines the worst problem', () => {
    expect(
      stretches(
        'a OR (b',
        [token(0, 1), token(2, 4, 'operator'), token(5, 6, 'paren'), token(6, 7)],
        [problem(5, 7, 'warning'), problem(5, 6)],
      ),
    ).toEqual([
      { text: 'a', kind: 'term', problem: null },
      { text: ' ', kind: 'plain', problem: null },
      { text: 'OR', kind: 'operator', problem: null },
      { text: ' ', kind: 'plain', problem: null },
      { text: '(', kind: 'paren', problem: 'error' },
      { text: 'b', kind: 'term', problem: 'warning' },
    ])
  })
  it('shows a problem without an extent at the character it is about, or at the last one', () => {
    expect(stretches('ab', [], [problem(2, 2)]).map((part) => [part.text, part.problem])).toEqual([['a', null], ['b', 'error']]) // prettier-ignore
    expect(stretches('', [], [problem(0, 0)])).toEqual([])
  })
  it('lets the innermost token win', () => {
    expect(stretches('x:yy', [token(0, 4, 'field'), token(2, 4, 'value')], []).map((part) => part.kind)).toEqual([
      'field',
      'value',
    ])
  })
  it('is exactly the query, whatever it is told', () => {
    const range = fc.tuple(fc.integer({ min: -3, max: 40 }), fc.integer({ min: -3, max: 40 }))
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.array(range), fc.array(range), (query, tokens, problems) => {
        const parts = stretches(
          query,
          tokens.map(([a, b]) => token(a, b)),
          problems.map(([a, b]) => problem(a, b)),
        )
        expect(parts.map((part) => part.text).join('')).toBe(query)
      }),
    )
  })
})

describe('carryTokens', () => {
  const tokens = [token(0, 5), token(6, 9, 'operator'), token(10, 15)]
  const query = 'apple AND berry'
  it.each([
    ['typing at the end', 'apple AND berry x', ['apple', 'AND', 'berry']],
    ['typing in front', 'x apple AND berry', ['apple', 'AND', 'berry']],
    ['typing inside a word', 'apple AND beerry', ['apple', 'AND', 'beerry']],
    ['removing a word', 'apple berry', ['apple', 'berry']],
    ['removing across words', 'appry', []],
    ['removing everything', '', []],
  ])('%s', (_name, after, expected) => {
    expect(carryTokens(query, tokens, after).map((one) => after.slice(one.start, one.end))).toEqual(expected)
  })
  it('never leaves the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const whole = before.length > 1 ? [token(0, 1), token(1, before.length)] : []
        for (const one of carryTokens(before, whole, after)) {
          expect(one.start).toBeGreaterThanOrEqual(0)
          expect(one.end).toBeLessThanOrEqual(after.length)
          expect(one.end).toBeGreaterThan(one.start)
        }
      }),
    )
  })
})

describe('position', () => {
  it('counts lines and columns from one', () => {
    expect(position('ab\ncd', 0)).toEqual({ line: 1, column: 1 })
    expect(position('ab\ncd', 4)).toEqual({ line: 2, column: 2 })
    expect(position('ab\ncd', 3)).toEqual({ line: 2, column: 1 })
  })
})
