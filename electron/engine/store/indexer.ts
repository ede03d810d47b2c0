import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import { createThread } from '#engine/platform/thread.ts'
import type { IndexerCalls, IndexerStart, IndexerTold } from './indexer-protocol.ts'

/** The indexing thread as the store sees it. It begins with the first work: many a store is only read. */
export interface Indexer {
  /** Committed mentions, with their token streams when they are at hand. */
  work(firstSeq: number, texts: string[] | null): void
  /** Resolves once everything that is committed now, up to row `lastSeq`, is in the index. */
  caughtUp(lastSeq: number): Promise<void>
  /** Drops rows of a stretch from the index that are no longer in the store; after `caughtUp`. */
  prune(stretch: { firstSeq: number; lastSeq: number }): Promise<void>
  /** Indexes rows that are in the index already once more, because what is found by them is another. */
  again(seqs: readonly number[]): Promise<void>
  /** Copies the main file's log before anything else; `onCheckpoint` tells of it. */
  checkpoint(): void
  close(): Promise<void>
}

/** The index is behind then but can be made again from the mentions. */
const RESTART_MS = 5000

export function createIndexer(deps: {
  worker: URL
  start: IndexerStart
  clock: Clock
  log: Log
  /** The last row that the index has now. */
  upto: number
  /** After each checkpoint: the pages of the main file's log, and those that are not in the file yet. */
  onCheckpoint(pages: number, left: number): void
}): Indexer {
  let begun = false
  const tell: typeof thread.tell = (call, input) => {
    begun = true
    thread.tell(call, input)
  }
  const thread = createThread<IndexerCalls>({
    ...deps,
    start: () => deps.start,
    name: 'indexing',
    atOnce: Infinity,
    byTelling: true,
    restartMs: RESTART_MS,
    onTold(told: IndexerTold) {
      deps.onCheckpoint(told.pages, told.left)
    },
  })
  return {
    work: (firstSeq, texts) => tell('work', { firstSeq, texts }),
    checkpoint: () => tell('checkpoint', null),
    prune(stretch) {
      begun = true
      return thread.ask('prune', stretch)
    },
    again(seqs) {
      begun = true
      return thread.ask('again', seqs)
    },
    async caughtUp(lastSeq) {
      if (begun || deps.upto < lastSeq) await thread.ask('report', null)
    },
    close: () => thread.close('close'),
  }
}
