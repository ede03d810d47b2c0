import { calibrationError } from './sentiment/calibration.ts'

/** How well predictions fit, over any number of labels. */
export interface Scores {
  accuracy: number
  /** Mean over the labels that occur of the share found. */
  macroRecall: number
  /** Mean over the labels that occur of the harmonic mean of precision and recall. */
  macroF1: number
  /** Expected calibration error, ten equal bins; null where the model gives no probabilities. */
  ece: number | null
  n: number
}

export interface Prediction {
  label: string
  predicted: string
  /** null: the model does not say how sure it is. */
  confidence: number | null
}

export function scorePredictions(predictions: readonly Prediction[]): Scores {
  const labels = new Set(predictions.map((prediction) => prediction.label))
  let right = 0
  let recall = 0
  let f1 = 0
  for (const label of labels) {
    let hits = 0
    let missed = 0
    let wrong = 0
    for (const prediction of predictions) {
      const isHit = prediction.predicted === label
      if (prediction.label !== label) wrong += isHit ? 1 : 0
      else if (isHit) hits++
      else missed++
    }
    right += hits
    recall += hits / (hits + missed)
    f1 += (2 * hits) / (2 * hits + missed + wrong)
  }
  const sure = predictions.filter((prediction) => prediction.confidence !== null)
  return {
    accuracy: right / predictions.length,
    macroRecall: recall / labels.size,
    macroF1: f1 / labels.size,
    ece:
      sure.length === predictions.length && sure.length > 0
        ? calibrationError(
            sure.map(({ confidence, label, predicted }) => ({ confidence: confidence!, right: label === predicted })),
          )
        : null,
    n: predictions.length,
  }
}
