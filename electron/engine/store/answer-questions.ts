import { parentPort, workerData } from 'node:worker_threads'
import { openReadable } from './connections.ts'
import type { Question, QuestionContext } from './questions.ts'
import type { ReaderReply, ReaderRequest, ReaderStart } from './reader-protocol.ts'

/** The work of a reading thread: answers one question after the other on a read-only connection. */
export function answerQuestions(questions: Readonly<Record<string, Question<never, unknown>>>): void {
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
      const question = questions[request.name]
      if (!question) throw new Error(`No question is called ${request.name}`)
      reply = { id: request.id, value: question(db, request.input as never, context) }
    } catch (caught) {
      const error = caught as Error & { kind?: unknown; code?: unknown }
      reply = {
        id: request.id,
        error: { name: error.name, message: error.message, stack: error.stack, kind: error.kind, code: error.code },
      }
    }
    port.postMessage(reply)
  })
  port.postMessage('ready' satisfies ReaderReply)
}
