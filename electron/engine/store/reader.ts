import { Worker } from 'node:worker_threads'
import type { Clock } from '#engine/platform/clock.ts'
import { OperationalError } from '#engine/platform/errors.ts'
import type { Log } from '#engine/platform/log.ts'
import type { ReaderReply, ReaderRequest, ReaderStart } from './reader-protocol.ts'
import type { QuestionInput, QuestionName, QuestionOutput } from './questions.ts'

export interface AskOptions {
  signal?: AbortSignal
  /** Whole wait, queueing included. Default 10,000. */
  timeoutMs?: number
}

/** Long reads, off the engine's thread: questions by name (questions.ts), in order, on a read-only connection. */
export interface Reader {
  ask<Name extends QuestionName>(
    name: Name,
    input: QuestionInput<Name>,
    options?: AskOptions,
  ): Promise<QuestionOutput<Name>>
  /** Waiting and running questions. */
  readonly pending: number
  close(): Promise<void>
}

interface Waiting {
  request: ReaderRequest
  settle(error: Error | null, value?: unknown): void
}

/** So many questions wait at most; more are refused at once with "try again". */
const QUEUE_LIMIT = 500
/** A cancelled question that does not look at the flag gets this long before its thread is ended and started anew. */
const GRACE_MS = 250

export function createReader(deps: {
  worker: URL
  start: Omit<ReaderStart, 'cancel'>
  clock: Clock
  log: Log
}): Reader {
  const cancel = new SharedArrayBuffer(4)
  const cancelled = new Int32Array(cancel)
  const queue: Waiting[] = []
  let thread: Worker | null = null
  let begun = Promise.withResolvers<void>()
  let running: Waiting | null = null
  let closed = false
  let lastId = 0

  function spawn(): Worker {
    const worker = new Worker(deps.worker, { workerData: { ...deps.start, cancel } satisfies ReaderStart })
    const { resolve } = (begun = Promise.withResolvers())
    worker.on('message', (reply: ReaderReply) => {
      if (reply === 'ready') return resolve()
      if (worker !== thread || running?.request.id !== reply.id) return
      const done = running
      running = null
      if ('error' in reply) done.settle(Object.assign(new Error(reply.error.message), reply.error))
      else done.settle(null, reply.value)
      next()
    })
    worker.on('error', (error) => lost(worker, error))
    worker.on('exit', () => lost(worker, new Error('The reading thread ended')))
    worker.unref()
    return worker
  }

  function lost(worker: Worker, error: unknown): void {
    if (worker !== thread) return
    thread = null
    if (running) {
      deps.log.log('error', 'The reading thread failed', { question: running.request.name }, error)
      running.settle(new OperationalError('Reading was interrupted. Try again.', { cause: error }))
    }
    running = null
    next()
  }

  function next(): void {
    if (closed || running || queue.length === 0) {
      if (!running) thread?.unref()
      return
    }
    running = queue.shift()!
    thread ??= spawn()
    thread.ref()
    thread.postMessage(running.request)
  }

  /** Ends the question wherever it is: waiting ones leave the queue, a running one is asked to stop, then stopped. */
  function stop(waiting: Waiting): void {
    const place = queue.indexOf(waiting)
    if (place >= 0) queue.splice(place, 1)
    if (running !== waiting) return
    Atomics.store(cancelled, 0, waiting.request.id)
    const worker = thread
    const end = (): void => {
      if (running !== waiting || worker !== thread) return
      deps.log.log('warn', 'A long question was ended with its thread', { question: waiting.request.name })
      thread = null
      running = null
      void worker?.terminate()
      next()
    }
    // A slow machine takes longer to begin a thread than a question is given: ended now, it would never be up for who asks and asks.
    void begun.promise.then(() => deps.clock.after(GRACE_MS, end))
  }

  return {
    get pending() {
      return queue.length + (running ? 1 : 0)
    },
    ask(name, input, options = {}) {
      return new Promise((resolve, reject) => {
        if (closed) return reject(new OperationalError('The store is closed.'))
        if (options.signal?.aborted) return reject(options.signal.reason)
        if (queue.length >= QUEUE_LIMIT) {
          return reject(
            new OperationalError('Too many questions are waiting. Try again in a moment.', { retryAfterMs: 1000 }),
          )
        }
        const timeoutMs = options.timeoutMs ?? 10_000
        const abort = (): void => {
          stop(waiting)
          waiting.settle(options.signal?.reason ?? new DOMException('Aborted', 'AbortError'))
        }
        const stopTimer = deps.clock.after(timeoutMs, () => {
          stop(waiting)
          const message = `Reading took longer than ${Math.round(timeoutMs / 1000)} s and was stopped. Narrow the question and try again.`
          waiting.settle(new OperationalError(message))
        })
        let settled = false
        const waiting: Waiting = {
          request: { id: ++lastId, name, input },
          settle(error, value) {
            if (settled) return
            settled = true
            stopTimer()
            options.signal?.removeEventListener('abort', abort)
            if (error) reject(error)
            else resolve(value as QuestionOutput<typeof name>)
          },
        }
        options.signal?.addEventListener('abort', abort, { once: true })
        queue.push(waiting)
        next()
      })
    },
    async close() {
      closed = true
      const worker = thread
      thread = null
      const left = running ? [running, ...queue] : [...queue]
      queue.length = 0
      running = null
      for (const waiting of left) waiting.settle(new OperationalError('The store is closing.'))
      await worker?.terminate()
    },
  }
}
