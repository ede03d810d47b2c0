import type { Draft } from '#shared/model/mention.ts'
import type { Writes } from '#engine/store/reads.ts'

/** What collect hands to intake: one source's drafts, and what must be committed in the same transaction as the rows. */
export interface IntakeBatch {
  sourceId: string
  /** For `source:` in queries. */
  sourceName?: string | null
  network: string
  drafts: Draft[]
  /** What was written before this time is history: it opens no case. Absent: nothing is. */
  historyBefore?: number
  /** What was written before this time, and is no history, was heard late. Absent: nothing was. */
  lateBefore?: number
  /** Number of the import whose rows these are; absent: a source's. */
  importNo?: number
  /** Called inside the transaction, after the rows: writes the cursor. Runs also when every draft was a duplicate. */
  commit?: (writes: Writes) => void
}

export interface IntakeResult {
  stored: number
  /** Of them: history, which opens no case. */
  history: number
  duplicates: number
  /** Refused by intake: reason → number. read = stored + duplicates + Σ dropped. */
  dropped: Record<string, number>
  /** publishedAt of the newest mention that was stored, or null when none was. */
  newestPublishedAt: number | null
}

/** Batches of one source are committed in the order in which they were pushed, even without waiting in between. */
export interface IntakePort {
  push(batch: IntakeBatch): Promise<IntakeResult>
}
