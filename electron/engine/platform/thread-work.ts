import { parentPort, workerData } from 'node:worker_threads'
import { Failure } from './failure.ts'
import type { Calls } from './thread.ts'
import type { ThreadReply, ThreadRequest } from './thread-protocol.ts'

export interface AskedContext {
  /** Long loops look here now and then and return early: nobody waits for the answer any more. */
  cancelled(): boolean
}

/** One function a call; what it is only told, it answers with nothing. */
export type Answers<Asked extends Calls<Asked>> = {
  [Call in keyof Asked]: (
    input: Asked[Call]['input'],
    context: AskedContext,
  ) => Asked[Call]['output'] | Promise<Asked[Call]['output']>
}

/** What the thread was started with. */
export const startOf = <Start>(): Start => workerData as Start

/** Says something unasked. */
export const sayUnasked = (told: unknown): void => say({ told })

const say = (reply: ThreadReply, handedOver: ArrayBuffer[] = []): void => parentPort!.postMessage(reply, handedOver)

/**
 * The work of a thread: answers what it is asked, in order. What goes wrong with a question is its answer; what goes wrong
 * with what it was told ends the thread. `handOver`: buffers of an answer that are given away instead of copied.
 */
export function answer<Asked extends Calls<Asked>>(
  answers: Answers<Asked>,
  handOver: (value: unknown) => ArrayBuffer[] = () => [],
): void {
  const cancelled = new Int32Array(startOf<{ cancel: SharedArrayBuffer }>().cancel)
  parentPort!.on('message', ({ id, call, input }: ThreadRequest) => {
    const send = (value: unknown): void => say({ id, value }, handOver(value))
    const fail = (caught: unknown): void => {
      if (id === 0) throw caught
      const { name, message, stack, code } = caught as Error & { code?: unknown }
      const error = { name, message, stack, code }
      if (!(caught instanceof Failure)) return say({ id, error })
      const { kind, said, retryAfterMs } = caught
      say({ id, error: { ...error, failure: { kind, said, retryAfterMs } } })
    }
    try {
      const work = answers[call as keyof Asked]
      if (!work) throw new Error(`No question is called ${call}`)
      const value = work(input as never, { cancelled: () => Atomics.load(cancelled, 0) === id })
      if (value instanceof Promise) value.then(send, fail)
      else if (id !== 0) send(value)
    } catch (caught) {
      fail(caught)
    }
  })
  say('ready')
}
