import { describe, expect, it } from 'vitest'
import { asWritten } from '#shared/words/said.ts'
import {
  closeCard,
  lifeSetting,
  stepCard,
  takeCard,
  type CardEvent,
  type CardLife,
} from '#engine/alerts/detect/card.ts'
import type { Verdict } from '#engine/alerts/detect/verdict.ts'

const verdict = (strength: number): Verdict => ({
  detector: 'rise',
  what: asWritten('much'),
  formula: asWritten('formula'),
  silentIf: asWritten('less'),
  observed: 20,
  expected: 4,
  low: 0,
  high: 12,
  minutes: 15,
  daysBetween: 30,
  strength,
  learning: false,
})

type Change = (card: CardLife, minute: number) => CardLife

/** Strengths minute by minute (0: calm, null: no data) → events by minute. */
function life(strengths: readonly (number | null)[], setting = lifeSetting, change: Change = (c) => c) {
  const events: [minute: number, event: CardEvent][] = []
  let card: CardLife | null = null
  strengths.forEach((strength, minute) => {
    const word = strength === null ? undefined : strength === 0 ? null : verdict(strength)
    const step = stepCard('a', card, word, minute * 60_000, setting)
    card = step.card && change(step.card, minute)
    if (step.event) events.push([minute, step.event])
  })
  return { events, card: card as CardLife | null }
}
const minutes = (n: number, strength: number | null = 0): (number | null)[] => Array.from({ length: n }, () => strength)

describe('the life of a card', () => {
  it('is raised once, however long it lasts, and over after an hour of calm', () => {
    const { events } = life([...minutes(90, 4), ...minutes(70)])
    expect(events).toEqual([
      [0, 'raised'],
      [149, 'resolved'],
    ])
  })

  it('is raised again while it cools down only when it is worse', () => {
    const same = life([4, ...minutes(100), 4, 5, ...minutes(100)])
    expect(same.events.map(([, event]) => event)).toEqual(['raised', 'resolved'])
    const worse = life([4, ...minutes(100), 6])
    expect(worse.events.map(([, event]) => event)).toEqual(['raised', 'resolved', 'raised'])
    expect(worse.card).toMatchObject({ state: 'raised', raised: 2, told: 6 })
    const cooled = life([4, ...minutes(721), 4])
    expect(cooled.events.map(([, event]) => event)).toEqual(['raised', 'resolved', 'raised'])
  })

  it('tells that it is worse by steps, not each minute', () => {
    expect(life([2, 3, 3, 4, 5, 6, 9]).events).toEqual([
      [0, 'raised'],
      [3, 'worse'],
      [5, 'worse'],
      [6, 'worse'],
    ])
  })

  it('waits as pending until it has held, and forgets what did not', () => {
    const setting = { ...lifeSetting, holdMinutes: 3 }
    expect(life([2, 2, 0, 2, 2, 2], setting)).toMatchObject({ events: [], card: { state: 'pending' } })
    expect(life([2, 2, 2, 2], setting).events).toEqual([[3, 'raised']])
  })

  it('is without data as long as there is none, neither over nor raised anew', () => {
    const { events, card } = life([4, ...minutes(200, null), 4])
    expect(events).toEqual([
      [0, 'raised'],
      [1, 'noData'],
      [201, 'dataAgain'],
    ])
    expect(card!.state).toBe('raised')
  })

  it('stays taken, and what is taken is still over at some time', () => {
    const taking = (c: CardLife, minute: number) => (minute === 2 ? takeCard(c, minute * 60_000) : c)
    const { events, card } = life([4, 4, 4, 4, ...minutes(80)], lifeSetting, taking)
    expect(events.map(([, event]) => event)).toEqual(['raised', 'resolved'])
    expect(card).toMatchObject({ state: 'resolved', takenAt: 120_000 })
  })

  it('is not raised anew by the same after a person closed it', () => {
    const closing = (c: CardLife, minute: number) => (minute === 1 ? closeCard(c, 60_000) : c)
    expect(life(minutes(30, 4), lifeSetting, closing).events).toEqual([[0, 'raised']])
  })

  it('does nothing when time goes backwards', () => {
    const { card } = stepCard('a', null, verdict(3), 600_000)
    expect(stepCard('a', card, verdict(9), 0)).toEqual({ card, event: null })
  })
})
