import { Worker } from 'node:worker_threads'
import { OperationalError } from '#engine/platform/errors.ts'
import type { Log } from '#engine/platform/log.ts'
import type {
  DecisionsCall,
  DecisionsCalls,
  DecisionsReply,
  DecisionsRequest,
  DecisionsStart,
} from './decisions-protocol.ts'

/** Learning, counting and looking over rules, off the engine's thread: one question after the other. */
export interface DecisionsThread {
  ask<Call extends DecisionsCall>(
    call: Call,
    input: DecisionsCalls[Call]['input'],
  ): Promise<DecisionsCalls[Call]['output']>
  close(): Promise<void>
}

export function createDecisionsThread(deps: { worker: URL; start: DecisionsStart; log: Log }): DecisionsThread {
  const waiting = new Map<number, { resolve(value: never): void; reject(error: Error): void }>()
  let thread: Worker | null = null
  let closed = false
  let lastId = 0

  function spawn(): Worker {
    const worker = new Worker(deps.worker, { workerData: deps.start })
    worker.on('message', (reply: DecisionsReply) => {
      const waiter = waiting.get(reply.id)
      waiting.delete(reply.id)
      if (waiting.size === 0) worker.unref()
      if ('value' in reply) waiter?.resolve(reply.value as never)
      else waiter?.reject(Object.assign(new Error(reply.message), { stack: reply.stack }))
    })
    const ended = (error: Error): void => {
      if (worker !== thread) return
      thread = null
      for (const waiter of waiting.values()) waiter.reject(error)
      waiting.clear()
    }
    worker.on('error', (error) => {
      deps.log.log('error', 'The thread that learns from decisions failed', {}, error)
      ended(new OperationalError('Looking through the decisions was interrupted. Try again.', { cause: error }))
    })
    worker.on('exit', () => ended(new OperationalError('Looking through the decisions was interrupted. Try again.')))
    return worker
  }

  return {
    ask(call, input) {
      return new Promise((resolve, reject) => {
        if (closed) return reject(new OperationalError('The station is closing.'))
        const id = ++lastId
        waiting.set(id, { resolve: resolve as (value: never) => void, reject })
        thread ??= spawn()
        thread.ref()
        thread.postMessage({ id, call, input } satisfies DecisionsRequest)
      })
    },
    async close() {
      closed = true
      const worker = thread
      thread = null
      for (const waiter of waiting.values()) waiter.reject(new OperationalError('The station is closing.'))
      waiting.clear()
      await worker?.terminate()
    },
  }
}
