import Database from 'better-sqlite3'
import { parentPort, workerData } from 'node:worker_threads'
import { lend } from './connections.ts'
import { Indexing } from './indexing.ts'
import type { IndexerReply, IndexerRequest, IndexerStart } from './indexer-protocol.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { openSearchFile } from './search-file.ts'

/**
 * Entry of the indexing thread. It answers messages first and works in small steps between them. Its connection to the
 * main file never writes rows; it is writable because only such a one may checkpoint.
 */
const start = workerData as IndexerStart
const port = parentPort!
const file = new Database(start.file, { timeout: 5000 })
const main = lend(file, file)
main.pragma('cache_size = -8192')
main.pragma('wal_autocheckpoint = 0')
main.pragma('synchronous = NORMAL')
const search = openSearchFile(start.searchFile, start.stationId)
search.pragma('wal_autocheckpoint = 0')
const indexing = new Indexing(main, search, start.stationId)

const pending: { firstSeq: number; texts: string[] | null }[] = []
const reports: number[] = []
/** So many rows may wait with their texts; beyond that the texts are made again from the rows. */
const PENDING_ROWS = 50_000
/** Rows between two checkpoints. */
const CHECKPOINT_ROWS = 20_000
/** Merging waits for so long a quiet, or until there are so many segments. */
const QUIET_MS = 300
const MANY_SEGMENTS = 128
let pendingRows = 0
let scheduled = false
let closing = false
let sinceCheckpoint = 0
let behind = true
let quiet = false
let cancelQuiet: (() => void) | null = null

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
    else indexed(next.texts.length)
    return true
  }
  if (behind) {
    behind = indexing.catchUp()
    indexed(2000)
    return true
  }
  for (const id of reports.splice(0)) say({ type: 'report', id, seq: indexing.upto })
  if (!quiet) return false
  if (indexing.merge(200)) return true
  checkpoint()
  return false
}

function indexed(rows: number): void {
  say({ type: 'upto', seq: indexing.upto, backlog: pendingRows })
  sinceCheckpoint += rows
  if (sinceCheckpoint >= CHECKPOINT_ROWS) checkpoint()
  if (indexing.segments > MANY_SEGMENTS) indexing.merge(100)
}

function checkpoint(): void {
  if (sinceCheckpoint === 0) return
  sinceCheckpoint = 0
  say({ type: 'checkpointed', ...indexing.checkpoint() })
}

/** Begins the quiet time anew. */
function disturbed(): void {
  quiet = false
  cancelQuiet?.()
  cancelQuiet = systemClock.after(QUIET_MS, () => {
    quiet = true
    schedule()
  })
}

port.on('message', (request: IndexerRequest) => {
  disturbed()
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
    case 'checkpoint':
      // The store holds ingest back meanwhile: at once, before anything else.
      say({ type: 'checkpointed', ...indexing.checkpointMain() })
      return
    case 'close':
      closing = true
      cancelQuiet?.()
      search.close()
      main.close()
      say({ type: 'closed' })
      port.close()
      return
  }
  schedule()
})
disturbed()
schedule()
