export interface IndexerStart {
  file: string
  searchFile: string
}

export interface IndexerCalls {
  /** `texts`: the token streams of the mentions from `firstSeq` on; without them the indexer makes them from the rows. */
  work: { input: { firstSeq: number; texts: string[] | null }; output: void }
  /** Answered once everything that was committed before is in the index. */
  report: { input: null; output: void }
  /** Drops rows of this stretch that are no longer in the store. */
  prune: { input: { firstSeq: number; lastSeq: number }; output: void }
  /** Rows whose facets are others than when they were indexed. */
  again: { input: readonly number[]; output: void }
  checkpoint: { input: null; output: void }
  /** Answered when both files are closed. */
  close: { input: null; output: void }
}

/** What the indexer says unasked: of the main file's log, all its pages and those that are not in the file yet. */
export interface IndexerTold {
  pages: number
  left: number
}
