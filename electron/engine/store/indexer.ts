import { Worker } from 'node:worker_threads'
import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import type { IndexerReply, IndexerRequest, IndexerStart } from './indexer-protocol.ts'

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

const RESTART_MS = 5000

export function createIndexer(deps: {
  worker: URL
  start: IndexerStart
  clock: Clock
  log: Log
  /** After each checkpoint: the pages of the main file's log, and those that are not in the file yet. */
  onCheckpoint(pages: number, left: number): void
}): Indexer {
  let thread: Worker | null = null
  let closed = false
  let lastId = 0
  let upto = 0
  let onClosed: (() => void) | null = null
  const waiting = new Map<number, (seq: number) => void>()

  function spawn(): void {
    const worker = new Worker(deps.worker, { workerData: deps.start })
    thread = worker
    worker.unref()
    worker.on('message', (reply: IndexerReply) => {
      if (reply.type === 'upto') upto = reply.seq
      else if (reply.type === 'report') {
        upto = reply.seq
        waiting.get(reply.id)?.(reply.seq)
        waiting.delete(reply.id)
        if (waiting.size === 0) worker.unref()
      } else if (reply.type === 'failed') {
        deps.log.log('error', 'The full-text index could not be written', { reason: reply.message, code: reply.code })
        again(worker)
      } else if (reply.type === 'checkpointed') deps.onCheckpoint(reply.pages, reply.left)
      else onClosed?.()
    })
    worker.on('error', (error) => {
      deps.log.log('error', 'The indexing thread failed', {}, error)
      again(worker)
    })
    worker.on('exit', () => {
      if (worker === thread) thread = null
      onClosed?.()
    })
    for (const id of waiting.keys()) worker.postMessage({ type: 'report', id } satisfies IndexerRequest)
  }

  /** The index is behind but can be made again from the mentions: end the thread and begin anew a little later. */
  function again(worker: Worker): void {
    if (worker !== thread) return
    thread = null
    void worker.terminate()
    deps.clock.after(RESTART_MS, () => {
      if (!closed && !thread) spawn()
    })
  }

  spawn()
  return {
    get upto() {
      return upto
    },
    work(firstSeq, texts) {
      thread?.postMessage({ type: 'work', firstSeq, texts } satisfies IndexerRequest)
    },
    checkpoint() {
      thread?.postMessage({ type: 'checkpoint' } satisfies IndexerRequest)
    },
    caughtUp() {
      return new Promise((resolve) => {
        const id = ++lastId
        waiting.set(id, resolve)
        thread?.ref()
        thread?.postMessage({ type: 'report', id } satisfies IndexerRequest)
      })
    },
    async close() {
      closed = true
      const worker = thread
      if (!worker) return
      worker.ref()
      await new Promise<void>((resolve) => {
        onClosed = resolve
        worker.postMessage({ type: 'close' } satisfies IndexerRequest)
      })
      thread = null
      await worker.terminate()
    },
  }
}
