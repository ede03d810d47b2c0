import { describe, expect, it } from 'vitest'
import { passes, scopeCounts, take, urgentIds, wideSieve } from '#renderer/features/board/caseBook.ts'
import type { CaseCard } from '#shared/contract/cases.ts'
import { makeCard, MINUTE, T0 } from './case-fixtures.ts'

describe('the sieve', () => {
  const now = T0 + 60 * MINUTE
  it.each([
    ['everything open', makeCard(), {}, true],
    ['closed never', makeCard({ state: 'closed' }), {}, false],
    ['to decide', makeCard({ state: 'routed' }), { scope: 'decide' as const }, false],
    ['to answer: accepted', makeCard({ state: 'accepted' }), { scope: 'answer' as const }, true],
    ['to answer: replied', makeCard({ state: 'replied' }), { scope: 'answer' as const }, false],
    ['desk', makeCard({ deskId: 'a' }), { deskIds: ['b'] }, false],
    ['without a desk', makeCard(), { deskIds: [''] }, true],
    ['network', makeCard({}, { network: 'feed' }), { networks: ['feed'] }, true],
    ['overdue', makeCard({ dueAt: now - 1 }), { overdue: true }, true],
    ['not overdue', makeCard({ dueAt: now + 1 }), { overdue: true }, false],
    ['approval', makeCard({ pendingReply: { text: 'x', by: 'y', at: T0 } }), { approval: true }, true],
    ['problem', makeCard({ problemId: 'p' }), { problemId: 'q' }, false],
  ] as const)('%s', (_name, card, change, expected) => {
    expect(passes(card, { ...wideSieve, ...change }, now)).toBe(expected)
  })
  it('gives the ids by urgency', () => {
    const cards = [
      makeCard({ id: 'low', priority: 'low' }),
      makeCard({ id: 'gone', state: 'closed' }),
      makeCard({ id: 'urgent', priority: 'urgent' }),
    ]
    expect(urgentIds(cards, wideSieve, now)).toEqual(['urgent', 'low'])
  })
  it('counts the lists', () => {
    const cards = (['new', 'new', 'routed', 'accepted', 'replied', 'closed'] as const).map((state) =>
      makeCard({ state }),
    )
    expect(scopeCounts(cards)).toEqual({ decide: 2, answer: 2, open: 5, undelivered: 0 })
  })
})

describe('take', () => {
  it('never lets an older answer overtake a newer one', () => {
    const book = new Map<string, CaseCard>()
    expect(take(book, makeCard({ version: 3, state: 'accepted' }))).toBe(true)
    expect(take(book, makeCard({ version: 2, state: 'routed' }))).toBe(false)
    expect(book.get('cas_1')?.case?.state).toBe('accepted')
    expect(take(book, makeCard({ version: 4, state: 'new' }))).toBe(true)
    expect(book.get('cas_1')?.case?.state).toBe('new')
  })
})
