import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calibrate, calibrationError, ENOUGH, join, measure, pool, uncalibrated, type HeldBack } from '#engine/advice/suggesting.ts' // prettier-ignore

const vote = (deskId: string, certainty: number, likeness = 0.5, cases = 3) => ({
  deskId,
  certainty,
  precedents: Array.from({ length: cases }, (_, i) => ({ precedent: { caseId: `${deskId}${i}`, deskId, priority: 'normal' }, likeness })), // prettier-ignore
})
/** A fixed row of numbers between 0 and 1, as evenly spread as dice. */
const dice = (n: number): number[] => {
  let state = 42
  return Array.from({ length: n }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  })
}
/** Voices that claim far more than they are right: 95 % sure, right in 70 of a hundred. */
const boasting = (n: number): HeldBack[] =>
  dice(n).map((chance, i) => ({
    learned: [
      { deskId: 'a', certainty: 0.95 },
      { deskId: 'b', certainty: 0.05 },
    ],
    votes: i % 2 === 0 ? [vote('a', 0.9)] : [],
    right: chance < 0.7 ? 'a' : 'b',
  }))

describe('two voices', () => {
  it('count by their share, and alone count whole', () => {
    const learned = [{ deskId: 'a', certainty: 0.8 }, { deskId: 'b', certainty: 0.2 }] // prettier-ignore
    expect(pool({ learned, votes: [vote('b', 1)] }, 0.5)).toEqual([
      { deskId: 'b', certainty: 0.6 },
      { deskId: 'a', certainty: 0.4 },
    ])
    expect(pool({ learned, votes: [] }, 0.2)[0]).toEqual({ deskId: 'a', certainty: 0.8 })
    expect(pool({ learned: [], votes: [vote('b', 1)] }, 0.9)[0]).toEqual({ deskId: 'b', certainty: 1 })
    expect(pool({ learned: [], votes: [] }, 0.5)).toEqual([])
  })

  it('never claim more than everything, whatever they say', () => {
    const voices = fc.uniqueArray(fc.record({ deskId: fc.constantFrom('a', 'b', 'c', 'd'), certainty: fc.double({ min: 0, max: 1, noNaN: true }) }), { selector: ({ deskId }) => deskId, maxLength: 4 }) // prettier-ignore
    const shares = (all: { deskId: string; certainty: number }[]) => {
      const sum = all.reduce((total, { certainty }) => total + certainty, 0) || 1
      return all.map(({ deskId, certainty }) => ({ deskId, certainty: certainty / sum })).sort((a, b) => b.certainty - a.certainty) // prettier-ignore
    }
    fc.assert(
      fc.property(voices, voices, fc.constantFrom(uncalibrated, calibrate(boasting(300))), (learned, votes, how) => {
        const joined = join(
          { learned: shares(learned), votes: shares(votes).map(({ deskId, certainty }) => vote(deskId, certainty)) },
          how,
        )
        const sum = joined.reduce((total, { certainty }) => total + certainty, 0)
        expect(sum).toBeLessThanOrEqual(1.000001)
        for (const { certainty } of joined) expect(certainty).toBeGreaterThanOrEqual(0)
        for (const { certainty } of joined) expect(certainty).toBeLessThanOrEqual(joined[0]!.certainty + 1e-9)
      }),
    )
  })

  it('are believed less the fewer cases there are, as long as nobody could check them', () => {
    const sure = (cases: number): number =>
      join({ learned: [], votes: [vote('a', 1, 0.5, cases)] }, uncalibrated)[0]!.certainty
    expect([sure(1), sure(2), sure(4)]).toEqual([0.5, 0.75, 0.9375])
  })
})

describe('the calibration', () => {
  it('finds out how often boasting voices are right', () => {
    const held = boasting(2000)
    const how = calibrate(held)
    const [first] = join(held[0]!, how)
    expect(first!.certainty).toBeGreaterThan(0.65)
    expect(first!.certainty).toBeLessThan(0.75)
    const { ece, accuracy, at } = measure(held)
    expect(ece).toBeLessThan(0.03)
    expect(accuracy).toBeCloseTo(0.7, 1)
    expect(at.find(({ threshold }) => threshold === 0.9)).toEqual({ threshold: 0.9, coverage: 0, right: null })
  })

  it('is none from too few decisions', () => {
    expect(calibrate(boasting(ENOUGH - 1)).weights).toBeNull()
    expect(measure(boasting(ENOUGH)).ece).toBeNull()
    expect(measure([])).toMatchObject({ decisions: 0, accuracy: 0, ece: null })
  })

  it('gives finite certainties when the voices are always right', () => {
    const always = Array.from({ length: 200 }, (): HeldBack => ({ learned: [{ deskId: 'a', certainty: 1 }], votes: [vote('a', 1, 1)], right: 'a' })) // prettier-ignore
    const [first] = join(always[0]!, calibrate(always))
    expect(first!.certainty).toBeGreaterThan(0.9)
    expect(first!.certainty).toBeLessThanOrEqual(1)
  })
})

describe('the calibration error', () => {
  it('is the gap between what was claimed and what was right', () => {
    const judged = Array.from({ length: 10 }, (_, i) => ({ certainty: 0.85, right: i < 6 }))
    expect(calibrationError(judged)).toBeCloseTo(0.25, 10)
    expect(calibrationError([])).toBe(0)
  })
})
