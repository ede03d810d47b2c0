import { parentPort, workerData } from 'node:worker_threads'
import { openReadable } from './connections.ts'
import type { ReaderReply, ReaderRequest, ReaderStart } from './reader-protocol.ts'
import { questions, type QuestionContext } from './questions.ts'

/** Entry of the reading thread: answers one question after the other on a read-only connection. */
const start = workerData as ReaderStart
const port = parentPort!
const cancelled = new Int32Array(start.cancel)
const db = openReadable(start.file, start.searchFile)

port.on('message', (request: ReaderRequest) => {
  const context: QuestionContext = {
    stationId: start.stationId,
    cancelled: () => Atomics.load(cancelled, 0) === request.id,
  }
  let reply: ReaderReply
  try {
    const question = questions[request.name as keyof typeof questions]
    if (!question) throw new Error(`No question is called ${request.name}`)
    reply = { id: request.id, value: (question as (...all: unknown[]) => unknown)(db, request.input, context) }
  } catch (caught) {
    const error = caught as Error & { kind?: unknown; code?: unknown }
    reply = {
      id: request.id,
      error: { name: error.name, message: error.message, stack: error.stack, kind: error.kind, code: error.code },
    }
  }
  port.postMessage(reply)
})
