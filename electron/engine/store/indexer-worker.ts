import Database from 'better-sqlite3'
import { lend } from './connections.ts'
import { Indexing } from './indexing.ts'
import type { IndexerCalls, IndexerStart, IndexerTold } from './indexer-protocol.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { giveWay } from '#engine/platform/give-way.ts'
import { answer, sayUnasked, startOf } from '#engine/platform/thread-work.ts'
import { openSearchFile } from './search-file.ts'
import { stationIdOf } from './station-id.ts'

/**
 * Entry of the indexing thread. It answers messages first and works in small steps between them. Its connection to the
 * main file never writes rows; it is writable because only such a one may checkpoint.
 */
const start = startOf<IndexerStart>()
const file = new Database(start.file, { timeout: 5000 })
const main = lend(file, file)
main.pragma('cache_size = -8192')
main.pragma('wal_autocheckpoint = 0')
main.pragma('synchronous = NORMAL')
const search = openSearchFile(start.searchFile, stationIdOf(main))
search.pragma('wal_autocheckpoint = 0')
const indexing = new Indexing(main, search)

const pending: { firstSeq: number; texts: string[] | null }[] = []
const reports: (() => void)[] = []
/** So many rows may wait with their texts; beyond that the texts are made again from the rows. */
const PENDING_ROWS = 50_000
/** Rows between two checkpoints. */
const CHECKPOINT_ROWS = 20_000
/** Merging waits for so long a quiet, or until there are so many segments. */
const QUIET_MS = 300
const MANY_SEGMENTS = 128
/** After a log could not be cut. */
const CUT_AGAIN_MS = 1000
/** Rows that are looked at for one transaction. */
const PRUNED_AT_ONCE = 2000
let pendingRows = 0
let scheduled = false
let closing = false
let sinceCheckpoint = 0
let behind = true
let quiet = false
let cancelQuiet: (() => void) | null = null
let cancelCut: (() => void) | null = null

const say = (told: IndexerTold): void => sayUnasked(told)

function schedule(): void {
  if (scheduled || closing) return
  scheduled = true
  setImmediate(() => {
    scheduled = false
    // What fails here ends the thread, and the next one makes up for it.
    if (!closing && step()) schedule()
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
  for (const report of reports.splice(0)) report()
  if (!quiet) return false
  if (indexing.merge(200)) return true
  checkpoint()
  cutLogs()
  return false
}

/** In quiet moments only, and again until nobody reads the old state any more. */
function cutLogs(): void {
  cancelCut?.()
  cancelCut = null
  if (!quiet || closing || indexing.cut()) return
  cancelCut = systemClock.after(CUT_AGAIN_MS, cutLogs)
}

function indexed(rows: number): void {
  sinceCheckpoint += rows
  if (sinceCheckpoint >= CHECKPOINT_ROWS) checkpoint()
  if (indexing.segments > MANY_SEGMENTS) indexing.merge(100)
}

function checkpoint(): void {
  if (sinceCheckpoint === 0) return
  sinceCheckpoint = 0
  say(indexing.checkpoint())
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

answer<IndexerCalls>({
  work({ firstSeq, texts }) {
    disturbed()
    const isKept = texts !== null && pendingRows + texts.length <= PENDING_ROWS
    if (isKept) pendingRows += texts.length
    pending.push({ firstSeq, texts: isKept ? texts : null })
    schedule()
  },
  report() {
    disturbed()
    behind = true
    schedule()
    return new Promise((resolve) => reports.push(resolve))
  },
  async prune({ firstSeq, lastSeq }) {
    for (let from = firstSeq; from <= lastSeq && !closing; from += PRUNED_AT_ONCE) {
      disturbed()
      indexing.prune(from, Math.min(lastSeq, from + PRUNED_AT_ONCE - 1))
      await giveWay()
    }
  },
  again(seqs) {
    disturbed()
    indexing.again(seqs)
    schedule()
  },
  checkpoint() {
    disturbed()
    // The store holds ingest back meanwhile: at once, before anything else.
    say(indexing.checkpointMain())
  },
  close() {
    closing = true
    cancelQuiet?.()
    cancelCut?.()
    search.close()
    main.close()
  },
})
disturbed()
schedule()
