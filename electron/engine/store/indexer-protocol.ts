export interface IndexerStart {
  file: string
  searchFile: string
  stationId: string
}

export interface IndexerCalls {
  /** `texts`: the token streams of the mentions from `firstSeq` on; without them the indexer makes them from the rows. */
  work: { input: { firstSeq: number; texts: string[] | null }; output: void }
  /** The last indexed row, once everything that was committed before is in the index. */
  report: { input: null; output: number }
  checkpoint: { input: null; output: void }
  /** Answered when both files are closed. */
  close: { input: null; output: void }
}

/** What the indexer says unasked. `pages`, `left`: of the main file's log, all its pages and those that are not in the file yet. */
export type IndexerTold = { upto: number } | { pages: number; left: number }
