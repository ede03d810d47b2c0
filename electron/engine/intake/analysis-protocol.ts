import type { Draft } from '#shared/model/mention.ts'
import type { ReadAnew, StoredTexts } from './read-anew.ts'

/** A listen as the analysis knows it: `no` is its number in the store. */
export interface ListenSpec {
  no: number
  query: string
}

export interface AnalysisStart {
  /** Absolute paths of model files by name; a file that does not exist falls back to the baseline. */
  models: Record<string, string>
  /** Path of what says what a text means; read when the first category needs it. */
  encoder: string
  /** Folder of the lexicon's lines, for listens that ask for a concept. */
  concepts: string
  listens: ListenSpec[]
  /** What the understanding learned on this station; null: nothing yet. */
  learned: unknown
}

export type AnalysisItem = Omit<Draft, 'raw' | 'externalId' | 'threadId'>

/** Texts of one batch; parallel arrays, because repeating names of members costs more than the texts. */
export interface AnalysisJob {
  items: AnalysisItem[]
  sourceIds: string[]
  sourceNames: (string | null)[]
  networks: string[]
}

/** What was read out of each text, at the same place as in the job. JSON texts are as the columns hold them. */
export interface AnalysisResult {
  langs: string[]
  /** 0 negative, 1 neutral, 2 positive. */
  labels: Uint8Array
  scores: Float64Array
  confidences: Float64Array
  models: string[]
  driving: (string | null)[]
  intents: (string | null)[]
  aspects: (string | null)[]
  /** The station's own categories, with the certainty in percent; null for none. */
  categories: ([id: string, percent: number][] | null)[]
  /** Numbers of the listens that match; null for none. */
  listens: (number[] | null)[]
  /** high, low, 1 or 0 for "has one": three numbers a text. */
  simhashes: Uint32Array
  /** Token stream for the full-text index. */
  streams: string[]
  /** What went wrong with single texts, which are then neutral and sure of nothing. */
  failures: string[]
}

/** What the analysis thread is asked and told; see `platform/thread.ts`. */
export interface AnalysisCalls {
  analyse: { input: AnalysisJob; output: AnalysisResult }
  /** What reads mood and intent, as labels carry it; null: weights are missing and something else stands in. */
  edition: { input: void; output: string | null }
  /** What is stored already, as it is read today. */
  readAnew: { input: StoredTexts; output: ReadAnew }
  listens: { input: ListenSpec[]; output: void }
  /** Opaque to intake: what the understanding learned on this station. */
  learned: { input: unknown; output: void }
}
