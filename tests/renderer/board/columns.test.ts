import { describe, expect, it } from 'vitest'
import { countByState, columnMove, intoLanes, nextState } from '#renderer/features/board/columns.ts'
import { makeCard } from './case-fixtures.ts'

describe('intoLanes', () => {
  const cards = [
    makeCard({ id: '1', deskId: 'care', state: 'routed' }),
    makeCard({ id: '2', deskId: null, state: 'new' }),
    makeCard({ id: '3', deskId: 'tech', state: 'accepted' }),
    makeCard({ id: '4', deskId: 'gone', state: 'closed' }),
    makeCard({ id: '5', deskId: 'care', state: 'new' }),
  ]
  it('orders lanes as the desks stand, then the unlisted, then what belongs nowhere', () => {
    const lanes = intoLanes(cards, 'desk', ['tech', 'care', 'press'])
    expect(lanes.map((lane) => [lane.key, lane.count])).toEqual([['tech', 1], ['care', 2], ['gone', 1], ['', 1]]) // prettier-ignore
    expect(lanes[1]!.cells.new.map((card) => card.case!.id)).toEqual(['5'])
  })
  it('keeps empty lanes when asked, so that a card can be dropped there', () => {
    expect(intoLanes(cards, 'desk', ['press'], true)[0]).toMatchObject({ key: 'press', count: 0 })
  })
  it('is one lane without grouping', () => {
    expect(intoLanes(cards, 'none').map((lane) => lane.count)).toEqual([5])
  })
  it('counts by state', () => {
    expect(countByState(cards)).toEqual({ new: 2, routed: 1, accepted: 1, replied: 0, closed: 1 })
  })
})

describe('columnMove', () => {
  it.each([
    ['new', 'routed', 'route'],
    ['new', 'accepted', 'accept'],
    ['routed', 'accepted', 'accept'],
    ['accepted', 'routed', 'route'],
    ['accepted', 'replied', 'reply'],
    ['replied', 'accepted', null],
    ['replied', 'closed', 'close'],
    ['routed', 'new', null],
    ['closed', 'accepted', 'reopen'],
    ['new', 'new', null],
  ] as const)('%s → %s: %s', (from, to, expected) => {
    expect(columnMove(from, to)).toBe(expected)
  })
  it('knows the neighbouring column', () => {
    expect(nextState('new', 1)).toBe('routed')
    expect(nextState('new', -1)).toBeNull()
    expect(nextState('closed', 1)).toBeNull()
  })
})
