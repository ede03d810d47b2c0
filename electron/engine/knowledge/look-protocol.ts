import type { Aspect } from '#engine/understanding/aspects/read-aspects.ts'

/** What the thread that looks over all problems needs. */
export interface LookStart {
  /** The station's file. */
  file: string
  /** Absolute path of the lexicon; where there is none, words alone tell. */
  lexicon: string
  /** Absolute path of the encoder; where there is none, nothing is said by nearness of meaning. */
  encoder: string
  /** Absolute path of what was learned of pairs; where there is none, the look goes by weights that were set without it. */
  pairs: string
  /** The station's own names of products and matters. */
  own: Aspect[]
}

/** Complaints that belong elsewhere, with what shows it. */
export interface FoundMove {
  /** Rows of mentions. */
  seqs: number[]
  from: number
  /** null: a problem of their own, together with the others of this group that have none. */
  to: number | null
  group: number
  /** All of `from` that was looked at goes. */
  whole: boolean
  /** Parts and symptoms that they share with where they go, by their labels in the station's language, and codes. */
  because: string[]
}

export interface LookCalls {
  /** The texts that were heard since then and belong to open problems: those that are looked over next. */
  read: { input: { since: number }; output: string[] }
  /** `vectors`: of each text what the station's own model makes of it, of length one; null: the built-in encoder tells. */
  look: { input: { vectors: Float32Array[] | null }; output: FoundMove[] }
}
