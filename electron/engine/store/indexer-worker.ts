import Database from 'better-sqlite3'
import { parentPort, workerData } from 'node:worker_threads'
import type { ReadableDb } from './handles.ts'
import { Indexing } from './indexing.ts'
import type { IndexerReply, IndexerRequest, IndexerStart } from './indexer-protocol.ts'
import { openSearchFile } from './search-file.ts'

/**
 * Entry of the indexing thread. It answers messages first and works in small steps between them. Its connection to the
 * main file never writes rows; it is writable because only such a one may checkpoint.
 */
const start = workerData as IndexerStart
const port = parentPort!
const main = new Database(start.file, { timeout: 5000 })
main.pragma('cache_size = -8192')
main.pragma('wal_autocheckpoint = 0')
const search = openSearchFile(start.searchFile, start.stationId)
search.pragma('wal_autocheckpoint = 0')
const indexing = new Indexing(main as unknown as ReadableDb, search, start.stationId)

const pending: { firstSeq: number; texts: string[] | null }[] = []
const reports: number[] = []
/** So many rows may wait with their texts; beyond that the texts are made again from the rows. */
const PENDING_ROWS = 50_000
let pendingRows = 0
let scheduled = false
let closing = false
let sinceCheckpoint = 0
let behind = true

const say = (reply: IndexerReply): void => port.postMessage(reply)

function schedule(): void {
  if (scheduled || closing) return
  scheduled = true
  setImmediate(() => {
    scheduled = false
    if (closing) return
    try {
      if (step()) schedule()
    } catch (error) {
      say({
        type: 'failed',
        message: (error as Error).message,
        code: String((error as { code?: unknown }).code ?? '') || null,
      })
    }
  })
}

/** One small piece of work, most urgent first; false: nothing is left to do. */
function step(): boolean {
  const next = pending.shift()
  if (next) {
    pendingRows -= next.texts?.length ?? 0
    if (!next.texts || !indexing.add(next.firstSeq, next.texts)) behind = true
    else {
      sinceCheckpoint += next.texts.length
      say({ type: 'upto', seq: indexing.upto, backlog: pendingRows })
    }
    if (behind && pending.length === 0) return true
    maintain(8000)
    return true
  }
  if (behind) {
    const more = indexing.catchUp()
    sinceCheckpoint += 2000
    say({ type: 'upto', seq: indexing.upto, backlog: more ? 1 : 0 })
    behind = more
    maintain(16_000)
    return true
  }
  for (const id of reports.splice(0)) say({ type: 'report', id, seq: indexing.upto })
  if (indexing.merge(200)) return true
  if (sinceCheckpoint > 0) maintain(0)
  return false
}

function maintain(every: number): void {
  if (sinceCheckpoint < every) return
  sinceCheckpoint = 0
  indexing.checkpoint()
}

port.on('message', (request: IndexerRequest) => {
  switch (request.type) {
    case 'work':
      if (request.texts && pendingRows + request.texts.length <= PENDING_ROWS) {
        pendingRows += request.texts.length
        pending.push({ firstSeq: request.firstSeq, texts: request.texts })
      } else pending.push({ firstSeq: request.firstSeq, texts: null })
      break
    case 'report':
      behind = true
      reports.push(request.id)
      break
    case 'optimise':
      reports.push(request.id)
      break
    case 'close':
      closing = true
      search.close()
      main.close()
      say({ type: 'closed' })
      port.close()
      return
  }
  schedule()
})
schedule()
