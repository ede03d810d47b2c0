/** A curve from the model's own certainty to the share of labels that were right (Platt 1999, on the logit of the top probability). */
export interface Curve {
  slope: number
  offset: number
}

/** By language; `*` for every other one. */
export type Calibration = Readonly<Record<string, Curve>>

const logit = (p: number): number => Math.log(p / (1 - p))

/** `top`: probability of the label before calibration. A label of three is never less likely than chance. */
export function calibrated(calibration: Calibration, lang: string, top: number): number {
  const curve = calibration[lang] ?? calibration['*']!
  const clipped = Math.min(0.9999, Math.max(0.3334, top))
  const p = 1 / (1 + Math.exp(-(curve.slope * logit(clipped) + curve.offset)))
  return Math.min(0.99, Math.max(0.34, p))
}

export interface Outcome {
  lang: string
  top: number
  right: boolean
  /** How often it counts; 1 when left out. */
  weight?: number
}

/**
 * Fits one curve over all outcomes and one for each language that is pulled towards it (`pull` counts like that many
 * outcomes), so that a few hundred outcomes a language do not make a curve of their noise.
 */
export function fitCalibration(outcomes: readonly Outcome[], pull: number): Calibration {
  const all = fit(outcomes, { slope: 1, offset: 0 }, 1e-3)
  const curves: Record<string, Curve> = { '*': all }
  for (const lang of new Set(outcomes.map((outcome) => outcome.lang))) {
    const own = outcomes.filter((outcome) => outcome.lang === lang)
    if (own.length >= 100) curves[lang] = fit(own, all, pull / own.length)
  }
  return curves
}

function fit(outcomes: readonly Outcome[], prior: Curve, pull: number): Curve {
  let { slope, offset } = prior
  const total = outcomes.reduce((sum, { weight = 1 }) => sum + weight, 0)
  for (let round = 0; round < 3000; round++) {
    let gradientSlope = pull * (slope - prior.slope)
    let gradientOffset = pull * 0.2 * (offset - prior.offset)
    for (const { top, right, weight = 1 } of outcomes) {
      const x = logit(Math.min(0.9999, Math.max(0.3334, top)))
      const error = (1 / (1 + Math.exp(-(slope * x + offset))) - (right ? 1 : 0)) * (weight / total)
      gradientSlope += error * x
      gradientOffset += error
    }
    slope -= 0.5 * gradientSlope
    offset -= 0.5 * gradientOffset
  }
  return { slope, offset }
}

/** Expected calibration error over ten bins of equal width (Guo et al. 2017): mean of |confidence − accuracy|, weighted by size. */
export function calibrationError(outcomes: readonly { confidence: number; right: boolean }[]): number {
  const bins = Array.from({ length: 10 }, () => ({ n: 0, confidence: 0, right: 0 }))
  for (const { confidence, right } of outcomes) {
    const bin = bins[Math.min(9, Math.floor(confidence * 10))]!
    bin.n++
    bin.confidence += confidence
    if (right) bin.right++
  }
  return bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0) / Math.max(1, outcomes.length)
}
