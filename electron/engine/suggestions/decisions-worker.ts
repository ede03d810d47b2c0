import { parentPort, workerData } from 'node:worker_threads'
import { systemClock } from '#engine/platform/clock.ts'
import { openReadable } from '#engine/store/connections.ts'
import { answerers } from './answers.ts'
import type { DecisionsReply, DecisionsRequest, DecisionsStart } from './protocol.ts'

/** Entry of the thread that learns from decisions and counts them, on a read-only connection of its own. */
const start = workerData as DecisionsStart
const port = parentPort!
const db = openReadable(start.file, null)
const answers = answerers(db, start.stationId, systemClock)

port.on('message', ({ id, call, input }: DecisionsRequest) => {
  let reply: DecisionsReply
  try {
    reply = { id, value: answers[call](input as never) }
  } catch (caught) {
    const error = caught as Error
    reply = { id, message: error.message, stack: error.stack }
  }
  port.postMessage(reply)
})
