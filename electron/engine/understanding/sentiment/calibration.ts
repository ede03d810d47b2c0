/** A curve from the model's own certainty to the share of labels that were right (Platt 1999, on the logit of the top probability). */
export interface Curve {
  slope: number
  offset: number
}

/** By language; `*` for every other one. What is written to a company has curves of its own, under names with this ending. */
export type Calibration = Readonly<Record<string, Curve>>
export const DESK_CURVES = '@desk'

const logit = (p: number): number => Math.log(p / (1 - p))

/**
 * `top`: probability of the label before calibration. `desk`: how far the text is written as people write to a company, 0 … 1.
 * A label of three is never less likely than chance.
 */
export function calibrated(calibration: Calibration, lang: string, top: number, desk = 0): number {
  const x = logit(Math.min(0.9999, Math.max(0.3334, top)))
  const plain = calibration[lang] ?? calibration['*']!
  const own = calibration[`${lang}${DESK_CURVES}`] ?? calibration[`*${DESK_CURVES}`] ?? plain
  const p = (1 - desk) * along(plain, x) + desk * along(own, x)
  return Math.min(0.99, Math.max(0.34, p))
}

const along = ({ slope, offset }: Curve, x: number): number => 1 / (1 + Math.exp(-(slope * x + offset)))

export interface Outcome {
  /** Its curve: a language, with `DESK_CURVES` behind it for what is written to a company. */
  lang: string
  top: number
  right: boolean
  /** How often it counts; 1 when left out. */
  weight?: number
}

/**
 * Fits one curve over all outcomes of a kind of text and one for each language that is pulled towards it (`pull` counts like that many
 * outcomes), so that a few hundred outcomes a language do not make a curve of their noise.
 */
export function fitCalibration(outcomes: readonly Outcome[], pull: number): Calibration {
  const isDesk = ({ lang }: Outcome): boolean => lang.endsWith(DESK_CURVES)
  const curves: Record<string, Curve> = {}
  for (const [name, of] of [
    ['*', outcomes.filter((outcome) => !isDesk(outcome))],
    [`*${DESK_CURVES}`, outcomes.filter(isDesk)],
  ] as const) {
    if (of.length === 0) continue
    const all = (curves[name] = fit(of, { slope: 1, offset: 0 }, 1e-3))
    for (const lang of new Set(of.map((outcome) => outcome.lang))) {
      const own = of.filter((outcome) => outcome.lang === lang)
      if (own.length >= 100) curves[lang] = fit(own, all, pull / own.length)
    }
  }
  curves['*'] ??= curves[`*${DESK_CURVES}`] ?? { slope: 1, offset: 0 }
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

interface Judged {
  confidence: number
  right: boolean
}

/** Expected calibration error over ten bins of equal width (Guo et al. 2017): mean of |confidence − accuracy|, weighted by size. */
export function calibrationError(outcomes: readonly Judged[]): number {
  return errorOver(outcomes, ({ confidence }) => Math.min(9, Math.floor(confidence * 10)))
}

/** The same over ten bins of equal count: a few hundred outcomes leave some 0.05 of chance in it. */
export function calibrationErrorByCount(outcomes: readonly Judged[]): number {
  const sorted = [...outcomes].sort((a, b) => a.confidence - b.confidence)
  return errorOver(sorted, (_, at) => Math.floor((at * 10) / sorted.length))
}

function errorOver(outcomes: readonly Judged[], binOf: (outcome: Judged, at: number) => number): number {
  const bins = Array.from({ length: 10 }, () => ({ n: 0, confidence: 0, right: 0 }))
  outcomes.forEach((outcome, at) => {
    const bin = bins[binOf(outcome, at)]!
    bin.n++
    bin.confidence += outcome.confidence
    if (outcome.right) bin.right++
  })
  return bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0) / Math.max(1, outcomes.length)
}
