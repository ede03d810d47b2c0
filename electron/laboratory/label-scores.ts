import type { Prediction } from '#engine/understanding/scores.ts'
import { rounded } from './evaluate-file.ts'

export interface LabelScore {
  precision: number
  recall: number
  n: number
}

/** How well each label that occurs is found. */
export function labelScores(predictions: readonly Prediction[]): Record<string, LabelScore> {
  const found: Record<string, LabelScore> = {}
  for (const label of [...new Set(predictions.map((one) => one.label))].sort()) {
    const of = predictions.filter((one) => one.label === label)
    const said = predictions.filter((one) => one.predicted === label)
    const right = of.filter((one) => one.predicted === label).length
    found[label] = {
      precision: said.length === 0 ? 0 : rounded(right / said.length),
      recall: rounded(right / of.length),
      n: of.length,
    }
  }
  return found
}
