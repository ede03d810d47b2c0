import type { Calibration, Voice } from './suggesting.ts'

/** What a trained classifier says of one text. */
export interface Prediction {
  /** Every desk that it knows, most certain first. */
  desks: readonly Voice[]
  /** Every priority, most certain first; empty: only one was ever given. */
  priorities: readonly { label: string; certainty: number }[]
  /** Words of the text that spoke for a desk, strongest first. */
  words(deskId: string): string[]
}

/** Something that learned from decisions. Cheap to ask: well under a millisecond. */
export interface Predictor {
  /** null: nothing was learned yet. */
  predict(text: string): Prediction | null
  calibration(): Calibration
}
