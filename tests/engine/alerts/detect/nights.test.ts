import { describe, expect, it } from 'vitest'
import { cardsOf, DAY, MONDAY, ordinary, type Kind } from './series-of.ts'

const seeds = Array.from({ length: 30 }, (_, at) => at + 1)
const night: Kind = { minutes: 720, width: 1, base: 1, burstsADay: 4, burst: [2, 4], startHour: 20 }

describe('30 nights in which nothing happens', () => {
  it.each([
    ['few mentions', { base: 0.05 }],
    ['some', { base: 0.2 }],
    ['one a minute', {}],
    ['many', { base: 5 }],
    ['very many', { base: 30 }],
    ['more and greater bursts', { burstsADay: 8, burst: [3, 6] }],
    ['by five minutes', { width: 5, base: 2 }],
    ['after midnight into the morning', { startHour: 0, base: 3 }],
  ] satisfies [string, Partial<Kind>][])('%s: no card', (_, changes) => {
    const kind: Kind = { ...night, ...changes }
    const from = MONDAY + kind.startHour * 60
    const raised = seeds.flatMap((seed) => cardsOf(ordinary(kind, seed), { width: kind.width, from }))
    expect(raised).toEqual([])
  })

  it('after a fortnight of such days: no card in the night', () => {
    const kind: Kind = { ...night, minutes: 14 * DAY + 720, width: 5, startHour: 20 }
    const raised = seeds.flatMap((seed) => cardsOf(ordinary(kind, seed), { width: 5, from: MONDAY + 20 * 60 }))
    expect(raised.filter(({ minute }) => minute >= 14 * DAY)).toEqual([])
  })
})
