import { describe, expect, it } from 'vitest'
import { normalisedScore, probationOf, scaledSigmoid, scoreSeries } from '#laboratory/alerts/nab-score.ts'

// Reckoned by hand from the formulas of the benchmark: 2 ÷ (1 + e^5x) − 1, a hit divided by its most, a false alarm times 0.11.
describe('the score of the Numenta Anomaly Benchmark', () => {
  const window = { first: 40, last: 59 }
  it.each([
    [-1, 0.986614],
    [-0.5, 0.848284],
    [0, 0],
    [1, -0.986614],
    [2.9, -0.999999],
    [3, -1],
  ])('the sigmoid at %d is %d', (position, worth) => {
    expect(scaledSigmoid(position)).toBeCloseTo(worth, 5)
  })

  it('scores nothing in the first 15 percent, 750 rows at most', () => {
    expect([probationOf(100), probationOf(101), probationOf(5000), probationOf(15_850)]).toEqual([15, 15, 750, 750])
  })

  it.each([
    ['nothing', [], -1, 0],
    ['the left edge', [40], 1, 100],
    ['the middle', [50], 0.859793, 92.98965],
    ['the right edge', [59], 0.124353 / 0.986614, 56.302],
    ['twice, of which the better counts', [55, 50], 0.859793, 92.98965],
    ['in probation', [14], -1, 0],
    ['before every window', [20], -1.11, -5.5],
    ['one row behind the window', [60], -1.014391, -0.71954],
    ['far behind it', [97], -1 - 0.11 * 0.999955, -5.49975],
    ['in time and once before', [20, 40], 0.89, 94.5],
  ])('%s', (_, rows, raw, normalised) => {
    const score = scoreSeries(100, rows, [window])
    expect(score.raw).toBeCloseTo(raw, 3)
    expect(normalisedScore([score])).toBeCloseTo(normalised, 1)
  })

  it('measures a false alarm by the window before it, also when a later one is nearer', () => {
    const late = { first: 150, last: 159 }
    // 80 rows behind the first window of 20 rows: more than three widths.
    expect(scoreSeries(200, [139], [window, late]).raw).toBeCloseTo(-2.11, 5)
    expect(scoreSeries(200, [160], [window, late]).raw).toBeCloseTo(-2 + 0.11 * scaledSigmoid(1 / 9), 5)
  })

  it('leaves out a window that ends in probation, and is nothing without windows', () => {
    const score = scoreSeries(100, [], [{ first: 2, last: 9 }])
    expect(score.windows).toBe(0)
    expect(normalisedScore([score])).toBeNull()
  })

  it('takes all series together by their windows', () => {
    const found = scoreSeries(100, [40], [window])
    const missed = scoreSeries(100, [], [window])
    expect(normalisedScore([found, missed])).toBe(50)
  })
})
