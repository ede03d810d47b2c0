import { Worker } from 'node:worker_threads'
import type { Log } from '#engine/platform/log.ts'
import type {
  AnalysisJob,
  AnalysisReply,
  AnalysisRequest,
  AnalysisResult,
  AnalysisStart,
  ListenSpec,
} from './analysis-protocol.ts'

/** The analysis thread as intake sees it. Results come in the order of the jobs. */
export interface AnalysisThread {
  analyse(job: AnalysisJob): Promise<AnalysisResult>
  setListens(listens: ListenSpec[]): void
  learn(learned: unknown): void
  close(): Promise<void>
}

export function createAnalysisThread(deps: { worker: URL; start: AnalysisStart; log: Log }): AnalysisThread {
  const waiting = new Map<number, { resolve(result: AnalysisResult): void; reject(error: Error): void }>()
  let thread: Worker | null = null
  let start = deps.start
  let learned: unknown = null
  let lastId = 0

  function spawn(): Worker {
    const worker = new Worker(deps.worker, { workerData: start })
    worker.unref()
    if (learned !== null) worker.postMessage({ type: 'learned', learned } satisfies AnalysisRequest)
    worker.on('message', (reply: AnalysisReply) => {
      const waiter = waiting.get(reply.id)
      waiting.delete(reply.id)
      if (waiting.size === 0) worker.unref()
      if (reply.type === 'result') waiter?.resolve(reply.result)
      else waiter?.reject(Object.assign(new Error(`Analysis failed: ${reply.message}`), { stack: reply.stack }))
    })
    const ended = (error: Error): void => {
      if (worker !== thread) return
      thread = null
      for (const waiter of waiting.values()) waiter.reject(error)
      waiting.clear()
    }
    worker.on('error', (error) => {
      deps.log.log('error', 'The analysis thread failed', {}, error)
      ended(error as Error)
    })
    worker.on('exit', () => ended(new Error('The analysis thread ended')))
    return worker
  }

  thread = spawn()
  const send = (request: AnalysisRequest): void => (thread ??= spawn()).postMessage(request)

  return {
    analyse(job) {
      return new Promise((resolve, reject) => {
        const id = ++lastId
        waiting.set(id, { resolve, reject })
        send({ type: 'analyse', id, job })
        thread?.ref()
      })
    },
    setListens(listens) {
      start = { ...start, listens }
      send({ type: 'listens', listens })
    },
    learn(next) {
      learned = next
      send({ type: 'learned', learned })
    },
    async close() {
      const worker = thread
      thread = null
      for (const waiter of waiting.values()) waiter.reject(new Error('Intake is closing'))
      waiting.clear()
      await worker?.terminate()
    },
  }
}
