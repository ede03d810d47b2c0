import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import { Worker } from 'node:worker_threads'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import type { ThreadFailure, ThreadReply, ThreadRequest } from './thread-protocol.ts'

/** What a thread can be asked, by name: what goes in and what comes out. Plain values only: they are copied. */
export type Calls<Asked> = Record<keyof Asked, { input: unknown; output: unknown }>

export interface AskOptions {
  signal?: AbortSignal
  /** Whole wait, queueing included. */
  timeoutMs?: number
}

/** A thread beside the engine's, as whoever asks it sees it. It ends with the process and does not keep it alive while idle. */
export interface Thread<Asked extends Calls<Asked>> {
  ask<Call extends keyof Asked & string>(
    call: Call,
    input: Asked[Call]['input'],
    options?: AskOptions,
  ): Promise<Asked[Call]['output']>
  /** In order with the questions; nobody waits for an answer. Lost when no thread is up, unless telling begins one. */
  tell<Call extends keyof Asked & string>(call: Call, input: Asked[Call]['input']): void
  /** Waiting and running questions. */
  readonly pending: number
  /** Refuses what is waiting. `last`: asked of a thread that is up, and waited for, before it ends. */
  close(last?: keyof Asked & string): Promise<void>
}

export interface ThreadDeps {
  worker: URL
  /** The thread's `workerData`, read anew for each that begins. */
  start(): object
  clock: Pick<Clock, 'after'>
  log: Log
  /** For the log, e.g. `reading`. */
  name: string
  /** Told to whoever waits when the thread ends over a question. */
  interrupted?: Said
  /** Questions that are with the thread at a time. Default 1: only what waits here can be called off without ending it. */
  atOnce?: number
  /** So many questions wait at most; more are refused at once with "try again". */
  mostWaiting?: number
  /** Of a question that does not say. */
  timeoutMs?: number
  /** It begins at once, not with the first question. */
  early?: boolean
  /** It begins also when it is told something, not with the first question alone. */
  byTelling?: boolean
  /** So long after it failed it begins anew by itself and is asked the same again. Else the questions it had fail. */
  restartMs?: number
  /** What it says unasked. */
  onTold?(told: never): void
}

/** An error of a thread as it was thrown there. */
function asThrown({ failure, ...error }: ThreadFailure): Error {
  if (!failure) return Object.assign(new Error(error.message), error)
  const { kind, said: what, retryAfterMs } = failure
  return Object.assign(new Failure(kind, what, { retryAfterMs }), { stack: error.stack })
}

interface Waiting {
  request: ThreadRequest
  settle(error: Error | null, value?: unknown): void
}

/** A cancelled question that does not look at the flag gets this long before its thread is ended and started anew. */
const GRACE_MS = 250

// Long: the life of one thread; each of its events has to see the same queue.
export function createThread<Asked extends Calls<Asked>>(deps: ThreadDeps): Thread<Asked> {
  const { clock, log, atOnce = 1, mostWaiting = Infinity, restartMs } = deps
  const cancel = new SharedArrayBuffer(4)
  const cancelled = new Int32Array(cancel)
  const queue: Waiting[] = []
  const running = new Map<number, Waiting>()
  let thread: Worker | null = null
  let begun = Promise.withResolvers<void>()
  let onGone: (() => void) | null = null
  let closed = false
  let resting = false
  let lastId = 0

  function spawn(): Worker {
    const worker = new Worker(deps.worker, { workerData: { ...deps.start(), cancel } })
    const { resolve } = (begun = Promise.withResolvers())
    worker.on('message', (reply: ThreadReply) => {
      if (reply === 'ready') return resolve()
      if (worker !== thread) return
      if ('told' in reply) return deps.onTold?.(reply.told as never)
      const done = running.get(reply.id)
      running.delete(reply.id)
      if ('error' in reply) done?.settle(asThrown(reply.error))
      else done?.settle(null, reply.value)
      next()
    })
    worker.on('error', (error) => lost(worker, error))
    worker.on('exit', () => lost(worker, new Error(`The ${deps.name} thread ended`)))
    worker.unref()
    return worker
  }

  function lost(worker: Worker, error: unknown): void {
    if (worker !== thread) return
    const questions = [...running.values()]
    if (!closed) {
      log.log('error', `The ${deps.name} thread failed`, { question: questions[0]?.request.call ?? null }, error)
    }
    release()
    onGone?.()
    if (restartMs !== undefined) {
      resting = true
      queue.unshift(...questions)
      clock.after(restartMs, again)
    } else {
      for (const one of questions)
        one.settle(new Failure('operational', deps.interrupted ?? 'store.readInterrupted', { cause: error }))
      next()
    }
  }

  function again(): void {
    resting = false
    if (closed) return
    thread ??= spawn()
    next()
  }

  function release(): Worker | null {
    const worker = thread
    thread = null
    running.clear()
    return worker
  }

  function next(): void {
    if (closed) return
    if (resting) return
    while (running.size < atOnce && queue.length > 0) {
      const one = queue.shift()!
      running.set(one.request.id, one)
      thread ??= spawn()
      thread.postMessage(one.request)
    }
    if (running.size > 0) thread?.ref()
    else thread?.unref()
  }

  /** Ends the question wherever it is: waiting ones leave the queue, a running one is asked to stop, then stopped. */
  function stop(waiting: Waiting): void {
    const { id, call } = waiting.request
    const place = queue.indexOf(waiting)
    if (place >= 0) queue.splice(place, 1)
    if (!running.has(id)) return
    Atomics.store(cancelled, 0, id)
    const worker = thread
    const end = (): void => {
      if (!running.has(id) || worker !== thread) return
      log.log('warn', 'A long question was ended with its thread', { question: call })
      void release()?.terminate()
      next()
    }
    // A slow machine takes longer to begin a thread than a question is given: ended now, it would never be up for who asks and asks.
    void begun.promise.then(() => clock.after(GRACE_MS, end))
  }

  function ask(call: string, input: unknown, options: AskOptions = {}): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const { signal, timeoutMs = deps.timeoutMs } = options
      if (closed) return reject(new Failure('operational', 'store.stationClosing'))
      if (signal?.aborted) return reject(signal.reason)
      if (queue.length >= mostWaiting) {
        const message = said('store.tooManyWaiting')
        return reject(new Failure('operational', message, { retryAfterMs: 1000 }))
      }
      const abort = (): void => {
        stop(waiting)
        waiting.settle(signal?.reason ?? new DOMException('Aborted', 'AbortError'))
      }
      const late = (after: number): void => {
        stop(waiting)
        const message = said('store.readTooLong', { seconds: Math.round(after / 1000) })
        waiting.settle(new Failure('operational', message))
      }
      const stopTimer = timeoutMs === undefined ? null : clock.after(timeoutMs, () => late(timeoutMs))
      const waiting: Waiting = {
        request: { id: ++lastId, call, input },
        settle(error, value) {
          stopTimer?.()
          signal?.removeEventListener('abort', abort)
          if (error) reject(error)
          else resolve(value)
        },
      }
      signal?.addEventListener('abort', abort, { once: true })
      queue.push(waiting)
      next()
    })
  }

  if (deps.early) thread = spawn()
  return {
    ask: ask as Thread<Asked>['ask'],
    tell(call, input) {
      if (deps.byTelling && !closed && !resting) thread ??= spawn()
      thread?.postMessage({ id: 0, call, input } satisfies ThreadRequest)
    },
    get pending() {
      return queue.length + running.size
    },
    async close(last) {
      closed = true
      const left = [...running.values(), ...queue.splice(0)]
      running.clear()
      for (const waiting of left) waiting.settle(new Failure('operational', 'store.stationClosing'))
      if (last !== undefined && thread) {
        const gone = Promise.withResolvers<void>()
        onGone = gone.resolve
        const request = { id: ++lastId, call: last, input: null }
        running.set(request.id, { request, settle: () => gone.resolve() })
        thread.ref()
        thread.postMessage(request)
        await gone.promise
      }
      await release()?.terminate()
    },
  }
}
