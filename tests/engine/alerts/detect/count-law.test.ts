import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bandOf, logGamma, rarityFallingShort, raritySurpassing } from '#engine/alerts/detect/count-law.ts'

describe('the law of counts', () => {
  it('knows the gamma function', () => {
    expect(logGamma(1)).toBeCloseTo(0, 10)
    expect(logGamma(5)).toBeCloseTo(Math.log(24), 10)
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 10)
  })

  it('is Poisson where the variance is the mean', () => {
    // 1 − e^−1 (1 + 1 + ½) = 0.0803014
    expect(10 ** -raritySurpassing(3, 1, 1)).toBeCloseTo(0.0803014, 6)
    // e^−2
    expect(10 ** -rarityFallingShort(0, 2, 2)).toBeCloseTo(0.1353353, 6)
  })

  it('is negative binomial where it is more', () => {
    // Mean 2 and variance 4: two successes at one half. P(X ≥ 4) = 1 − (1/4 + 1/4 + 3/16 + 1/8).
    expect(10 ** -raritySurpassing(4, 2, 4)).toBeCloseTo(0.1875, 6)
    expect(10 ** -rarityFallingShort(1, 2, 4)).toBeCloseTo(0.5, 6)
  })

  it('grows with the count, falls with the variance, and both tails leave the band', () => {
    const mean = fc.double({ min: 0.01, max: 5000, noNaN: true })
    fc.assert(
      fc.property(mean, fc.double({ min: 1, max: 50, noNaN: true }), (m, burst) => {
        const above = Math.ceil(m * 3) + 2
        expect(raritySurpassing(above + 1, m, m * burst)).toBeGreaterThanOrEqual(
          raritySurpassing(above, m, m * burst) - 1e-6,
        )
        // Of a small mean in great bursts most stretches are empty: there a few are rarer, not commoner.
        const far = Math.ceil(m * 5) + Math.ceil(burst * 10)
        expect(raritySurpassing(far, m, m * burst * 2)).toBeLessThanOrEqual(raritySurpassing(far, m, m * burst) + 1e-6)
        const { low, high } = bandOf(m, m * burst, 3)
        expect(low).toBeLessThanOrEqual(m)
        expect(high).toBeGreaterThanOrEqual(m)
        expect(raritySurpassing(high + 1, m, m * burst)).toBeGreaterThanOrEqual(3)
        if (low > 0) expect(rarityFallingShort(low - 1, m, m * burst)).toBeGreaterThanOrEqual(3)
      }),
    )
  })
})
