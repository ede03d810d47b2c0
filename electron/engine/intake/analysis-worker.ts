import { existsSync, readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { createUnderstanding, modelFiles, type ModelFiles } from '#engine/understanding/understand.ts'
import { analyse } from './analysis.ts'
import type { AnalysisReply, AnalysisRequest, AnalysisStart } from './analysis-protocol.ts'
import { createListenMatcher } from './listen-matcher.ts'

/** Entry of the analysis thread: one batch after the other, in order. */
const start = workerData as AnalysisStart
const port = parentPort!

const models = Object.fromEntries(
  Object.keys(modelFiles).map((name) => {
    const path = start.models[name]
    return [name, path && existsSync(path) ? new Uint8Array(readFileSync(path)) : null]
  }),
) as ModelFiles
const understanding = createUnderstanding({ models })
let matcher = createListenMatcher(start.listens)

port.on('message', (request: AnalysisRequest) => {
  if (request.type === 'listens') matcher = createListenMatcher(request.listens)
  else if (request.type === 'learned') understanding.learn(request.learned)
  else if (request.type === 'analyse') {
    let reply: AnalysisReply
    try {
      reply = { type: 'result', id: request.id, result: analyse(request.job, understanding, matcher) }
    } catch (caught) {
      const error = caught as Error
      reply = { type: 'failed', id: request.id, message: error.message, stack: error.stack }
    }
    port.postMessage(reply)
  }
})
