import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { freshSeries, observe, recount, type SeriesState } from '#engine/alerts/detect/series.ts'
import { cardsOf, DAY, MONDAY, ordinary, type Kind } from './series-of.ts'

const calm: Kind = { minutes: 5 * DAY, width: 5, base: 2, burstsADay: 4, burst: [2, 3], startHour: 0 }
const history = (seed: number, kind: Partial<Kind> = {}): number[] => ordinary({ ...calm, ...kind }, seed)

describe('a counted series', () => {
  it('notices within minutes what breaks out, and says what would have kept it silent', () => {
    const counts = [...history(1), 90, 130, 140]
    const [card, ...more] = cardsOf(counts, { width: 5 })
    expect(more).toEqual([])
    expect(card!.minute).toBeGreaterThanOrEqual(5 * DAY)
    expect(card!.minute).toBeLessThanOrEqual(5 * DAY + 10)
    const { observed, expected, low, high, strength, silentIf, learning } = card!.verdict
    expect(observed).toBeGreaterThan(high)
    expect(expected).toBeGreaterThanOrEqual(low)
    expect(expected).toBeLessThanOrEqual(high)
    expect(strength).toBeGreaterThanOrEqual(2)
    expect(silentIf.values!['n']).toBeLessThanOrEqual(observed)
    expect(silentIf.values!['n']).toBeGreaterThan(expected)
    expect(learning).toBe(true)
  })

  it('notices what grows over hours', () => {
    const growing = Array.from({ length: 72 }, (_, at) => Math.round(4 * 1.05 ** at))
    expect(cardsOf([...history(2), ...growing], { width: 5 })).toHaveLength(1)
  })

  it('notices a drop to nothing, once, and calls it silence', () => {
    const counts = [...history(3, { base: 5, minutes: 5 * DAY + 12 * 60 }), ...Array.from({ length: 48 }, () => 0)]
    const cards = cardsOf(counts, { width: 5 })
    expect(cards).toHaveLength(1)
    expect(cards[0]!.verdict.detector).toBe('fall')
  })

  it('notices that a series which speaks some ten times a day has been silent for two', () => {
    const counts = [...history(4, { width: 5, base: 0.01, minutes: 30 * DAY }), ...Array.from({ length: 864 }, () => 0)]
    const cards = cardsOf(counts, { width: 5 })
    expect(cards.map(({ verdict }) => verdict.what.code)).toEqual(['alert.silence'])
  })

  it('takes a gap in the data for no drop, and what comes after it for no spike', () => {
    const before = history(5, { base: 5 })
    const gap = Array.from({ length: 288 }, () => null)
    expect(cardsOf([...before, ...gap, ...history(6, { base: 5, minutes: 2 * DAY })], { width: 5 })).toEqual([])
  })

  it('takes buckets that were left out for a gap', () => {
    const state = freshSeries(5)
    cardsOf(history(7, { base: 5 }), { width: 5, state })
    const after = history(8, { base: 5, minutes: DAY })
    expect(cardsOf(after, { width: 5, from: MONDAY + 6 * DAY, state })).toEqual([])
  })

  it('does nothing when time goes backwards', () => {
    const state = freshSeries(1)
    observe(state, MONDAY, 3)
    const before = JSON.stringify(state)
    expect(observe(state, MONDAY, 500)).toBeNull()
    expect(observe(state, MONDAY - 1000, 500)).toBeNull()
    expect(JSON.stringify(state)).toBe(before)
  })

  it('says nothing of zeros', () => {
    expect(cardsOf(Array.from({ length: 20 * DAY }, () => 0))).toEqual([])
  })

  it('raises one card for one huge bucket and is itself again afterwards', () => {
    const counts = [...history(9), 100_000, ...history(10, { minutes: 9 * DAY })]
    const cards = cardsOf(counts, { width: 5 })
    expect(cards).toHaveLength(1)
    expect(cards[0]!.minute).toBe(5 * DAY)
    const missed = [...history(9), 100_000, ...history(10, { minutes: 2 * DAY }), 200, 250, 260]
    expect(cardsOf(missed, { width: 5 })).toHaveLength(2)
  })

  it('knows the evening of the week: what comes each Monday at eight is no news the fourth time', () => {
    const weeks = history(11, { minutes: 35 * DAY, burstsADay: 0 })
    for (let week = 0; week < 5; week++)
      for (let at = 0; at < 12; at++) weeks[(week * 7 * DAY) / 5 + (20 * 60) / 5 + at]! += 40
    const cards = cardsOf(weeks, { width: 5 })
    expect(cards.filter(({ minute }) => minute >= 21 * DAY)).toEqual([])
  })

  it('follows a level that rose for good, with one card', () => {
    const cards = cardsOf([...history(12), ...history(13, { base: 8, minutes: 9 * DAY })], { width: 5 })
    expect(cards).toHaveLength(1)
  })

  it('goes on after a restart as if nothing had been', () => {
    const [one, other] = [freshSeries(5), freshSeries(5)]
    const counts = history(14)
    cardsOf(counts, { width: 5, state: one })
    cardsOf(counts.slice(0, 700), { width: 5, state: other })
    const kept = JSON.parse(JSON.stringify(other)) as SeriesState
    cardsOf(counts.slice(700), { width: 5, from: MONDAY + 3500, state: kept })
    expect(kept).toEqual(one)
  })

  it('takes a listen that was changed in the middle by its history counted anew, and alarms at none of it', () => {
    const wider = history(15, { base: 16, minutes: 8 * DAY })
    const before = wider.slice(0, (6 * DAY) / 5)
    const state = recount(
      5,
      before.map((count, at) => [MONDAY / 5 + at, count] as const),
    )
    expect(cardsOf(wider.slice(before.length), { width: 5, from: MONDAY + 6 * DAY, state })).toEqual([])
    // Without it, eight times as many would be a spike.
    const kept = freshSeries(5)
    cardsOf(history(15, { minutes: 6 * DAY }), { width: 5, state: kept })
    expect(cardsOf(wider.slice(before.length), { width: 5, from: MONDAY + 6 * DAY, state: kept })).not.toEqual([])
  })

  it('never says what is no number, whatever comes', () => {
    const counts = fc.array(fc.oneof(fc.nat(5), fc.nat(2_000_000), fc.constant(null)), { maxLength: 400 })
    fc.assert(
      fc.property(counts, fc.constantFrom(1, 5, 60), fc.integer({ min: 0, max: 10_000 }), (all, width, from) => {
        const state = freshSeries(width)
        all.forEach((count, at) => {
          const reading = observe(state, from + at, count)!
          for (const span of [reading.rise, reading.fall]) {
            if (span === null) continue
            const { observed, expected, variance, rarity, daysBetween } = span
            for (const value of [observed, expected, variance, rarity, daysBetween])
              expect(Number.isFinite(value) && value >= 0).toBe(true)
          }
        })
        expect(JSON.parse(JSON.stringify(state))).toEqual(state)
      }),
      { numRuns: 60 },
    )
  })
})
