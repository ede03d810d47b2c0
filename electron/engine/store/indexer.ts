import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import { createThread } from '#engine/platform/thread.ts'
import type { IndexerCalls, IndexerStart, IndexerTold } from './indexer-protocol.ts'

/** The indexing thread as the store sees it. */
export interface Indexer {
  /** Committed mentions, with their token streams when they are at hand. */
  work(firstSeq: number, texts: string[] | null): void
  /** Resolves with the last indexed row once everything that is committed now is in the index. */
  caughtUp(): Promise<number>
  /** Copies the main file's log before anything else; `onCheckpoint` tells of it. */
  checkpoint(): void
  readonly upto: number
  close(): Promise<void>
}

/** The index is behind then but can be made again from the mentions. */
const RESTART_MS = 5000

export function createIndexer(deps: {
  worker: URL
  start: IndexerStart
  clock: Clock
  log: Log
  /** After each checkpoint: the pages of the main file's log, and those that are not in the file yet. */
  onCheckpoint(pages: number, left: number): void
}): Indexer {
  let upto = 0
  const thread = createThread<IndexerCalls>({
    ...deps,
    start: () => deps.start,
    name: 'indexing',
    atOnce: Infinity,
    early: true,
    restartMs: RESTART_MS,
    onTold(told: IndexerTold) {
      if ('upto' in told) upto = told.upto
      else deps.onCheckpoint(told.pages, told.left)
    },
  })
  return {
    get upto() {
      return upto
    },
    work: (firstSeq, texts) => thread.tell('work', { firstSeq, texts }),
    checkpoint: () => thread.tell('checkpoint', null),
    caughtUp: async () => (upto = await thread.ask('report', null)),
    close: () => thread.close('close'),
  }
}
