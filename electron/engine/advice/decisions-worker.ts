import { parentPort, workerData } from 'node:worker_threads'
import { systemClock } from '#engine/platform/clock.ts'
import { openReads } from '#engine/store/open-reads.ts'
import { answerers } from './decisions-work.ts'
import type { DecisionsReply, DecisionsRequest, DecisionsStart } from './decisions-protocol.ts'

/** Entry of the thread that learns from decisions and counts them, on a read-only connection of its own. */
const start = workerData as DecisionsStart
const port = parentPort!
const reads = openReads(start.file, null)
const answers = answerers(reads, systemClock)

/** Weights are handed over, not copied: with many desks they are megabytes. */
const buffersOf = (reply: DecisionsReply): ArrayBuffer[] =>
  'value' in reply && typeof reply.value === 'object' && reply.value !== null
    ? Object.values(reply.value).flatMap((part) => (part instanceof Uint8Array ? [part.buffer as ArrayBuffer] : []))
    : []

port.on('message', ({ id, call, input }: DecisionsRequest) => {
  let reply: DecisionsReply
  try {
    reply = { id, value: answers[call](input as never) }
  } catch (caught) {
    const error = caught as Error
    reply = { id, message: error.message, stack: error.stack }
  }
  port.postMessage(reply, buffersOf(reply))
})
