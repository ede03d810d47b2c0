export interface IndexerStart {
  file: string
  searchFile: string
  stationId: string
}
/** `texts`: the token streams of the mentions from `firstSeq` on; without them the indexer makes them from the rows. */
export type IndexerRequest =
  | { type: 'work'; firstSeq: number; texts: string[] | null }
  | { type: 'report'; id: number }
  | { type: 'checkpoint' }
  | { type: 'close' }
export type IndexerReply =
  | { type: 'upto'; seq: number; backlog: number }
  | { type: 'report'; id: number; seq: number }
  | { type: 'failed'; message: string; code: string | null }
  /** Of the main file's log: all its pages, and those that are not in the file yet. */
  | { type: 'checkpointed'; pages: number; left: number }
  | { type: 'closed' }
