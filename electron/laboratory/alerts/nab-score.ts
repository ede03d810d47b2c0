/**
 * The score of the Numenta Anomaly Benchmark (Lavin and Ahmad 2015, "Evaluating Real-time Anomaly Detection Algorithms", and the benchmark's own scorer) in its standard profile.
 */

const TRUE_POSITIVE = 1
const FALSE_POSITIVE = 0.11
const FALSE_NEGATIVE = 1
const PROBATION_SHARE = 0.15
const PROBATION_MOST = 750

/** A stretch of rows, both ends included. */
export interface ScoredWindow {
  first: number
  last: number
}

export interface SeriesScore {
  /** Sum of what the detections are worth and the missed windows cost. */
  raw: number
  /** What saying nothing gets, and what saying everything at the right moment does. */
  silence: number
  perfect: number
  windows: number
  found: number
  /** Detections outside the windows, after probation. */
  falseAlarms: number
}

/** Rows at the beginning that are not scored. */
export const probationOf = (rows: number): number => Math.min(Math.floor(PROBATION_SHARE * rows), PROBATION_MOST)

/**
 * What a detection is worth at a place relative to a window: −1 is its left edge, 0 its right one, 1 a window's width behind it. From 0.987 down to −1.
 */
export const scaledSigmoid = (position: number): number => (position >= 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1)

/**
 * Scores the rows that were raised. Of several in one window the best counts; a window that ends in probation is not scored. `windows` in order of time.
 */
export function scoreSeries(
  rows: number,
  detections: readonly number[],
  windows: readonly ScoredWindow[],
): SeriesScore {
  const probation = probationOf(rows)
  const scored = windows.filter(({ last }) => last >= probation)
  const best = new Map<ScoredWindow, number>(scored.map((window) => [window, -FALSE_NEGATIVE]))
  let wrong = 0
  let falseAlarms = 0
  let found = 0
  for (const row of new Set(detections)) {
    if (row < probation) continue
    const within = scored.find(({ first, last }) => first <= row && row <= last)
    if (within === undefined) {
      falseAlarms++
      wrong += scaledSigmoid(behind(row, windows)) * FALSE_POSITIVE
      continue
    }
    const width = within.last - within.first + 1
    const worth = (scaledSigmoid(-(within.last - row + 1) / width) / scaledSigmoid(-1)) * TRUE_POSITIVE
    const before = best.get(within)!
    if (before === -FALSE_NEGATIVE) found++
    best.set(within, Math.max(before, worth))
  }
  const raw = wrong + [...best.values()].reduce((sum, worth) => sum + worth, 0)
  const n = scored.length
  return { raw, silence: -FALSE_NEGATIVE * n, perfect: TRUE_POSITIVE * n, windows: n, found, falseAlarms }
}

/** How far behind the last window before it, in widths of that one. */
function behind(row: number, windows: readonly ScoredWindow[]): number {
  const passed = windows.findLast(({ last }) => last < row)
  return passed === undefined ? 3 : (row - passed.last) / Math.max(1, passed.last - passed.first)
}

/** 0 for saying nothing, 100 for perfection; null where nothing is scored. */
export function normalisedScore(scores: readonly SeriesScore[]): number | null {
  const sum = (pick: (score: SeriesScore) => number): number => scores.reduce((all, score) => all + pick(score), 0)
  const silence = sum((score) => score.silence)
  const perfect = sum((score) => score.perfect)
  return perfect === silence ? null : (100 * (sum((score) => score.raw) - silence)) / (perfect - silence)
}
