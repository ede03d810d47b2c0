import type { DeskVote } from './precedents.ts'

/** A desk with the certainty of one voice, 0 … 1, most certain first. */
export interface Voice {
  deskId: string
  certainty: number
}

/** What the two voices say of one text. */
export interface Voices {
  /** Of the trained classifier; empty: there is none yet. */
  learned: readonly Voice[]
  /** Of the earlier cases that are most alike; empty: none is alike. */
  votes: readonly Pick<DeskVote, 'deskId' | 'certainty' | 'precedents'>[]
}

/** How the voices are joined and how far the result may be trusted: found on decisions that were held back. */
export interface Calibration {
  /** Share of the classifier in the joint opinion, 0 … 1. */
  share: number
  /** Of the logistic curve that turns what is seen into a certainty; null: too few decisions to find one. */
  weights: readonly number[] | null
  /** Decisions that it was found on. */
  from: number
}

export const uncalibrated: Calibration = { share: 0.5, weights: null, from: 0 }

/** A decision that was held back: what the voices said, and where people sent it. */
export interface HeldBack extends Voices {
  right: string
}

/** Fewer held-back decisions: no curve is fitted. */
export const ENOUGH = 40
const FLOOR = 1e-4

/** Linear opinion pool (Stone 1961): the weighted mean of what both say. One voice alone counts whole. */
export function pool({ learned, votes }: Voices, share: number): Voice[] {
  const weight = learned.length === 0 ? 0 : votes.length === 0 ? 1 : share
  const sums = new Map<string, number>()
  for (const { deskId, certainty } of learned) sums.set(deskId, weight * certainty)
  for (const { deskId, certainty } of votes) sums.set(deskId, (sums.get(deskId) ?? 0) + (1 - weight) * certainty)
  return [...sums]
    .map(([deskId, certainty]) => ({ deskId, certainty }))
    .sort((a, b) => b.certainty - a.certainty || (a.deskId < b.deskId ? -1 : 1))
}

const logit = (p: number): number => {
  const held = Math.min(1 - FLOOR, Math.max(FLOOR, p))
  return Math.log(held / (1 - held))
}

const of = (voices: readonly Voice[], deskId: string): number =>
  voices.find((voice) => voice.deskId === deskId)?.certainty ?? 0

/** What the curve looks at: how sure both are of the first desk, whether they agree, and how alike the closest case is. */
function seen(voices: Voices, first: Voice, second: Voice | undefined): number[] {
  const { learned, votes } = voices
  const alike = votes.reduce((most, { precedents }) => Math.max(most, precedents[0]?.likeness ?? 0), 0)
  const agree = learned[0]?.deskId === first.deskId && votes[0]?.deskId === first.deskId ? 1 : 0
  return [
    1,
    logit(first.certainty),
    first.certainty - (second?.certainty ?? 0),
    learned.length > 0 ? of(learned, first.deskId) : first.certainty,
    of(votes, first.deskId),
    agree,
    alike,
  ]
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z))

/**
 * The desks with a joint certainty, surest first. Without a curve the share of the votes is damped by how few cases it
 * rests on (half for one, three quarters for two), because it was never checked.
 */
export function join(voices: Voices, calibration: Calibration): Voice[] {
  const pooled = pool(voices, calibration.share)
  const [first, second] = pooled
  if (!first) return []
  let certainty: number
  if (calibration.weights === null) {
    const cases = voices.votes.find(({ deskId }) => deskId === first.deskId)?.precedents.length ?? 0
    certainty = first.certainty * (1 - 0.5 ** cases)
  } else {
    const at = seen(voices, first, second)
    certainty = sigmoid(calibration.weights.reduce((sum, weight, i) => sum + weight * (at[i] as number), 0))
  }
  // What is left goes to the others, as they stand to each other.
  const others = pooled.slice(1).reduce((sum, { certainty: share }) => sum + share, 0)
  return [
    { deskId: first.deskId, certainty },
    ...pooled.slice(1).map(({ deskId, certainty: share }) => ({
      deskId,
      certainty: others > 0 ? Math.min(certainty, Math.min(1, share / others) * (1 - certainty)) : 0,
    })),
  ]
}

const SHARES = [0, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 1]
const RIDGE = 1
const STEPS = 25

/** Finds the share with the least log loss, then the curve by logistic regression (Newton, ridge). */
export function calibrate(held: readonly HeldBack[]): Calibration {
  if (held.length < ENOUGH) return { ...uncalibrated, from: held.length }
  let share = 0.5
  let least = Infinity
  for (const candidate of SHARES) {
    const loss = held.reduce((sum, one) => sum - Math.log(Math.max(0.01, of(pool(one, candidate), one.right))), 0)
    if (loss < least) {
      least = loss
      share = candidate
    }
  }
  const rows: { x: number[]; y: number }[] = []
  for (const one of held) {
    const [first, second] = pool(one, share)
    if (first) rows.push({ x: seen(one, first, second), y: first.deskId === one.right ? 1 : 0 })
  }
  return { share, weights: rows.length < ENOUGH ? null : logistic(rows), from: held.length }
}

function logistic(rows: readonly { x: number[]; y: number }[]): number[] {
  const size = rows[0]!.x.length
  let weights = new Array<number>(size).fill(0)
  for (let step = 0; step < STEPS; step++) {
    const gradient = weights.map((weight, i) => (i === 0 ? 0 : -RIDGE * weight))
    const hessian = weights.map((_, i) => weights.map((__, k) => (i === k ? (i === 0 ? 1e-6 : RIDGE) : 0)))
    for (const { x, y } of rows) {
      const p = sigmoid(x.reduce((sum, value, i) => sum + value * weights[i]!, 0))
      for (let i = 0; i < size; i++) {
        gradient[i]! += (y - p) * x[i]!
        for (let k = 0; k < size; k++) hessian[i]![k]! += p * (1 - p) * x[i]! * x[k]!
      }
    }
    const change = solve(hessian, gradient)
    weights = weights.map((weight, i) => weight + change[i]!)
    if (Math.max(...change.map(Math.abs)) < 1e-6) break
  }
  return weights
}

/** Gauss with pivots; the ridge keeps the matrix regular. */
function solve(matrix: number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!])
  const size = rows.length
  for (let i = 0; i < size; i++) {
    let best = i
    for (let k = i + 1; k < size; k++) if (Math.abs(rows[k]![i]!) > Math.abs(rows[best]![i]!)) best = k
    ;[rows[i], rows[best]] = [rows[best]!, rows[i]!]
    const pivot = rows[i]![i]!
    if (Math.abs(pivot) < 1e-12) continue
    for (let k = 0; k < size; k++) {
      if (k === i) continue
      const factor = rows[k]![i]! / pivot
      for (let c = i; c <= size; c++) rows[k]![c]! -= factor * rows[i]![c]!
    }
  }
  return rows.map((row, i) => (Math.abs(row[i]!) < 1e-12 ? 0 : row[size]! / row[i]!))
}

export const thresholds = [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98] as const

/** How well suggestions did on decisions that they had not learned from. */
export interface Measured {
  decisions: number
  /** Share of right first desks: joint, by the nearest earlier cases alone, by the classifier alone. */
  accuracy: number
  precedentsAlone: number
  classifierAlone: number
  /** Expected calibration error of the joint certainty, ten bins; null: there is no curve yet. */
  ece: number | null
  /** What acting from this certainty on would have done. `right` is null when it would not have acted at all. */
  at: { threshold: number; coverage: number; right: number | null }[]
}

/** Each half of what was held back is judged by the curve that was found on the other half. */
export function measure(held: readonly HeldBack[]): Measured {
  const halves = [held.filter((_, i) => i % 2 === 0), held.filter((_, i) => i % 2 === 1)] as const
  const curves = halves.map(calibrate)
  const judged = halves.flatMap((half, i) =>
    half.map((one) => {
      const [first] = join(one, curves[1 - i]!)
      return { certainty: first?.certainty ?? 0, right: first?.deskId === one.right, one }
    }),
  )
  const share = (is: (one: HeldBack) => boolean): number =>
    held.length === 0 ? 0 : held.filter(is).length / held.length
  return {
    decisions: held.length,
    accuracy: judged.length === 0 ? 0 : judged.filter(({ right }) => right).length / judged.length,
    precedentsAlone: share(({ votes, right }) => votes[0]?.deskId === right),
    classifierAlone: share(({ learned, right }) => learned[0]?.deskId === right),
    ece: curves.some(({ weights }) => weights === null) ? null : calibrationError(judged),
    at: thresholds.map((threshold) => {
      const acted = judged.filter(({ certainty }) => certainty >= threshold)
      return {
        threshold,
        coverage: judged.length === 0 ? 0 : acted.length / judged.length,
        right: acted.length === 0 ? null : acted.filter(({ right }) => right).length / acted.length,
      }
    }),
  }
}

/** Mean gap between certainty and share of right ones over ten bins, weighted by their size (Naeini et al. 2015). */
export function calibrationError(judged: readonly { certainty: number; right: boolean }[]): number {
  const bins = Array.from({ length: 10 }, () => ({ n: 0, certainty: 0, right: 0 }))
  for (const { certainty, right } of judged) {
    const bin = bins[Math.min(9, Math.floor(certainty * 10))]!
    bin.n++
    bin.certainty += certainty
    if (right) bin.right++
  }
  return bins.reduce((sum, { certainty, right }) => sum + Math.abs(certainty - right), 0) / Math.max(1, judged.length)
}
