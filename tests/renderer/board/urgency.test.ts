import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextPriority } from '#renderer/actions/useActionKeys.ts'
import { compareUrgency as compare, urgencyOf } from '#renderer/features/board/urgency.ts'
import type { Case } from '#shared/model/case.ts'
import { priorities } from '#shared/model/rule.ts'
import { makeCase, MINUTE, T0 } from './case-fixtures.ts'

describe('compareUrgency', () => {
  const compareUrgency = (a: Case, b: Case, at: number) => compare(urgencyOf(a, at), urgencyOf(b, at))
  const now = T0 + 60 * MINUTE
  it('puts overdue before urgent, then the nearest due time, then the oldest', () => {
    const all = [
      makeCase({ id: 'old low', priority: 'low', publishedAt: T0 - 99 * MINUTE }),
      makeCase({ id: 'urgent', priority: 'urgent' }),
      makeCase({ id: 'late low', priority: 'low', dueAt: T0 }),
      makeCase({ id: 'due soon', dueAt: now + MINUTE }),
      makeCase({ id: 'due later', dueAt: now + 9 * MINUTE }),
      makeCase({ id: 'younger', publishedAt: T0 + MINUTE }),
      makeCase({ id: 'older', publishedAt: T0 }),
      makeCase({ id: 'answered', state: 'replied', priority: 'urgent', repliedAt: T0 }),
      makeCase({ id: 'late urgent', priority: 'urgent', dueAt: T0 + 59 * MINUTE }),
    ]
    expect(all.toSorted((a, b) => compareUrgency(a, b, now)).map((one) => one.id)).toEqual([
      'late urgent', 'late low', 'urgent', 'due soon', 'due later', 'older', 'younger', 'old low', 'answered',
    ]) // prettier-ignore
  })

  it('is a total order', () => {
    const one = fc.record({
      id: fc.string({ minLength: 1, maxLength: 3 }),
      priority: fc.constantFrom(...priorities),
      dueAt: fc.option(fc.integer({ min: T0, max: T0 + 120 * MINUTE })),
      publishedAt: fc.integer({ min: T0, max: T0 + 3 }),
    })
    fc.assert(
      fc.property(one, one, one, (x, y, z) => {
        const [a, b, c] = [makeCase(x), makeCase(y), makeCase(z)]
        expect(Math.sign(compareUrgency(a, b, now))).toBe(-Math.sign(compareUrgency(b, a, now)) + 0)
        if (compareUrgency(a, b, now) <= 0 && compareUrgency(b, c, now) <= 0)
          expect(compareUrgency(a, c, now)).toBeLessThanOrEqual(0)
      }),
    )
  })
})

describe('nextPriority', () => {
  it('stops at the ends', () => {
    expect(nextPriority('normal', -1)).toBe('high')
    expect(nextPriority('urgent', -1)).toBeNull()
    expect(nextPriority('low', 1)).toBeNull()
  })
})
