import { passingFailure } from '#engine/platform/failure.ts'
import type { Draft, Engagement } from '#shared/model/mention.ts'
import { createSignal } from '#shared/util/signal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import { giveWay } from '#engine/platform/give-way.ts'
import type { Writes } from '#engine/store/reads.ts'
import { MentionWriter } from '#engine/store/mention-writer.ts'
import { mentionBySeq } from '#engine/store/queries/mentions.ts'
import { addImportAgain, addImportRows, type ImportRow } from '#engine/store/queries/imports.ts'
import type { Store } from '#engine/store/store.ts'
import { currentListens, syncListenNumbers } from '#engine/store/listen-numbers.ts'
import type { AnalysisThread } from './analysis-thread.ts'
import { createBackfill } from './backfill.ts'
import { createRereading, type RereadingOfHistory } from './rereading.ts'
import { createMending, type Mended } from './mending.ts'
import { Batch, metIn, type Fresh, type Ticket } from './batch.ts'
import { NearDuplicates, recall } from './near-duplicates.ts'
import { normalise } from './normalise.ts'
import { idApart, isSameLetter } from './same-letter.ts'
import { takeBack, type Withdrawing } from './take-back.ts'
import { createTidying } from './tidying.ts'
import { writeFailure } from './write-failure.ts'

/** One source's drafts, and what must be committed together with the rows. */
export interface IntakeBatch {
  sourceId: string
  network: string
  /** For `source:` in queries. */
  sourceName?: string | null
  drafts: readonly Draft[]
  /** What was written before this time is history: it opens no case. Absent: nothing is. */
  historyBefore?: number
  /** What was written before this time, and is no history, was heard late. Absent: nothing was. */
  lateBefore?: number
  /** Number of the import whose rows these are: it can be taken back as a whole. Absent: a source's. */
  importNo?: number
  /** Runs inside the transaction that holds the last row: writes the cursor. Also when every draft was known. */
  commit?: (writes: Writes) => void
}

export interface IntakeResult {
  stored: number
  /** Of them: history, which opens no case. */
  history: number
  /** Known already; a known mention with other counts is brought up to date. */
  duplicates: number
  /** Refused: reason → number. drafts = stored + duplicates + Σ dropped. */
  dropped: Record<string, number>
  /** publishedAt of the newest mention that was stored; null when none was. */
  newestPublishedAt: number | null
}

/** What has just been committed. Rows `firstSeq` … `lastSeq` are new; `updated` are rows whose counts changed. */
export interface StoredBatch {
  firstSeq: number
  lastSeq: number
  updated: number[]
}

export interface Intake {
  /** Resolves when everything is committed; rejects when it could not be (then nothing after it is either). */
  push(batch: IntakeBatch): Promise<IntakeResult>
  /** Called after each commit, in order. A listener that throws is logged and does not disturb. */
  onStored(listener: (batch: StoredBatch) => void): () => void
  /**
   * The listens as they are saved now. New ones and changed queries match from the next batch on; what is stored already
   * follows in the background, newest first. Switched-off ones match nothing and keep what they heard.
   */
  setListens(listens: readonly { id: string; query: string; enabled: boolean }[]): void
  /** Takes the rows of an import out of the store; false: the intake was closed before the end, see take-back.ts. */
  takeBack(row: ImportRow, withdrawing: Withdrawing): Promise<boolean>
  /** Resolves when the history of every listen is matched. */
  backfilled(): Promise<void>
  /** Makes panes and charts anew where they do not follow from the mentions; null: they do. */
  mend(): Promise<Mended | null>
  /** The last that something of them was made anew, since the start. */
  readonly mended: Mended | null
  /** What is stored, read again after a change of models. */
  readonly rereading: Pick<RereadingOfHistory, 'start' | 'state' | 'idle' | 'onChanged'>
  /** Hands what the station learned on to the analysis thread; see `Learned` of the understanding. */
  learn(learned: unknown): void
  /** Drafts that wait or are being worked on. */
  readonly waiting: number
  /** Resolves when everything pushed so far is settled. */
  idle(): Promise<void>
  close(): Promise<void>
}

const BATCH_DRAFTS = 1000
/**
 * Batches shrink when a transaction takes long (a slow disk, a busy machine) and grow again: the engine answers nobody
 * meanwhile.
 */
const LEAST_BATCH = 200
const LONG_WRITE_MS = 60
const SHORT_WRITE_MS = 35
/** Batches that are being analysed or written at once: the analysis thread never waits for a commit. */
const IN_FLIGHT = 3
/** A push waits outside while so many drafts are in. */
const MOST_WAITING = 20_000

/** Long: one queue; pushing, batching, writing and failing all move the same drafts and pushes on. */
export function createIntake(deps: { store: Store; analysis: AnalysisThread; clock: Clock; log: Log }): Intake {
  const { store, analysis, clock, log } = deps
  const writer = new MentionWriter(store, store.hashSeed)
  const duplicates = new NearDuplicates()
  const stored = createSignal<[StoredBatch]>((error) => log.log('error', 'A listener of intake failed', {}, error))
  const queue: { draft: Draft; ticket: Ticket }[] = []
  /** Keys of mentions that are on their way into the store: source, line feed, external id. */
  const onTheWay = new Map<string, Fresh>()
  const open = new Set<Ticket>()
  const underWay = new Set<Batch>()
  const room: (() => void)[] = []
  const idlers: (() => void)[] = []
  let inFlight = 0
  let batchDrafts = BATCH_DRAFTS
  let writing: Promise<void> = Promise.resolve()
  let kicked = false
  let closed = false
  let onTheWayCount = 0
  let troubled = false
  let recalled = false

  const backfill = createBackfill({ store, log, settled: () => writing })
  backfill.wake()
  const mending = createMending({ store, clock, log, refill: () => backfill.wake() })
  const rereading = createRereading({ store, analysis, clock, log, settled: () => writing })
  const unwatch = store.onCheck(() => {
    mending.look().catch((error: unknown) => {
      if (!closed) log.log('warn', 'The background look at panes and charts did not finish', {}, error)
    })
  })

  const met = () => metIn(underWay)
  const taking = { store, writer, duplicates, met, settled: () => writing, stopped: () => closed }
  /** One after the other. */
  let takingBack: Promise<boolean> = Promise.resolve(true)

  const waiting = (): number => queue.length + onTheWayCount
  const calm = (): boolean => !closed && waiting() === 0 && inFlight === 0
  const tidying = createTidying({ store, writer, clock, log, calm })

  /**
   * No timer: when nothing is under way, a batch begins with whatever was pushed in the same turn; while one is, the next
   * grows until that one is written or it is full. A calm source is stored at once, a busy one in large transactions.
   */
  function kick(): void {
    while (inFlight < IN_FLIGHT && queue.length >= batchDrafts) start()
    if (queue.length === 0 || inFlight > 0 || kicked) return
    kicked = true
    queueMicrotask(() => {
      kicked = false
      if (queue.length > 0 && inFlight === 0) start()
    })
  }

  function start(): void {
    // With the first push after a start.
    if (!recalled) recall(duplicates, store, writer.lastSeq, () => closed)
    recalled = true
    const batch = new Batch()
    underWay.add(batch)
    for (const { draft, ticket } of queue.splice(0, batchDrafts)) take(batch, draft, ticket)
    onTheWayCount += batch.size
    inFlight++
    const analysed = batch.fresh.length > 0 ? analysis.analyse(batch.job()) : Promise.resolve(null)
    analysed.catch(() => {})
    // Commits keep the order in which batches were made, whatever the analysis does.
    writing = writing.then(async () => {
      try {
        const result = await analysed
        if (store.resting) await store.resting
        const failed = batch.failed
        if (failed) throw failed
        write(batch, result)
        if (writer.overdue) await giveWay().then(tidying.now)
      } catch (error) {
        fail(error, batch.tickets)
      } finally {
        inFlight--
        underWay.delete(batch)
        onTheWayCount -= batch.size
        for (const entry of batch.fresh) if (onTheWay.get(entry.name) === entry) onTheWay.delete(entry.name)
        settle()
      }
    })
  }

  /** A mail under an id of its own where the one that it has is another one's. */
  function apart(draft: Draft, { sourceId }: Ticket): Draft {
    if (draft.kind !== 'mail') return draft
    const before = onTheWay.get(`${sourceId}\n${draft.externalId}`)
    const seq = before ? null : writer.find(sourceId, draft.externalId)
    const known = before?.draft ?? (seq === null ? undefined : mentionBySeq(store, seq))
    return known && !isSameLetter(draft, known) ? { ...draft, externalId: idApart(draft) } : draft
  }

  /** Sorts one draft into new, known or on its way. */
  function take(batch: Batch, heard: Draft, ticket: Ticket): void {
    const draft = apart(heard, ticket)
    batch.size++
    const name = `${ticket.sourceId}\n${draft.externalId}`
    const before = onTheWay.get(name)
    // What is on its way with a push that was given up will not arrive.
    if (before && !before.ticket.failed) {
      if (draft.engagement) before.draft.engagement = draft.engagement
      batch.known(ticket, before, null)
      batch.dependsOn(before.ticket)
      return
    }
    const key = writer.keyOf(ticket.sourceId, draft.externalId)
    const seq = writer.find(ticket.sourceId, draft.externalId, key)
    if (seq !== null) batch.known(ticket, seq, draft.engagement)
    else {
      const fresh = { name, key, draft, ticket, seq: null }
      onTheWay.set(name, fresh)
      batch.add(fresh)
    }
  }

  function write(batch: Batch, result: Awaited<ReturnType<AnalysisThread['analyse']>> | null): void {
    const began = clock.monotonic()
    const updated: number[] = []
    const rows = result ? batch.rows(result, duplicates, writer.lastSeq + 1) : []
    let first = 0
    try {
      store.transaction(() => {
        updated.length = 0
        if (rows.length > 0) first = writer.insert(rows)
        batch.fresh.forEach((fresh, i) => (fresh.seq = first + i))
        for (const { no, seq } of batch.again()) addImportAgain(store, no, seq)
        for (const { no, firstSeq, lastSeq } of batch.importRows(first)) addImportRows(store, no, firstSeq, lastSeq)
        for (const { seq, engagement } of batch.updates as { seq: number; engagement: Engagement }[]) {
          if (writer.setEngagement(seq, engagement)) updated.push(seq)
        }
        for (const ticket of batch.tickets) if (ticket.left === batch.partOf(ticket)) ticket.commit?.(store)
      })
    } catch (error) {
      writer.reset()
      throw error
    }
    adapt(clock.monotonic() - began)
    rows.forEach((row, i) => {
      if (row.simhash) duplicates.add(row.simhash, row.duplicateOf ?? first + i)
    })
    if (result?.failures.length) {
      log.log('error', 'Some mentions could not be understood and are stored as neutral', {
        first: result.failures[0]!,
        count: result.failures.length,
      })
    }
    if (result && rows.length > 0) store.indexSoon(first, result.streams)
    if (troubled) {
      troubled = false
      store.report(null)
    }
    batch.settle()
    for (const ticket of batch.tickets) if (ticket.left === 0) finish(ticket)
    if (rows.length > 0 || updated.length > 0) {
      stored.tell({ firstSeq: rows.length > 0 ? first : writer.lastSeq + 1, lastSeq: writer.lastSeq, updated })
    }
  }

  function adapt(tookMs: number): void {
    if (tookMs > LONG_WRITE_MS) batchDrafts = Math.max(LEAST_BATCH, Math.round(batchDrafts * 0.6))
    else if (tookMs < SHORT_WRITE_MS) batchDrafts = Math.min(BATCH_DRAFTS, batchDrafts + 50)
  }

  function finish(ticket: Ticket): void {
    open.delete(ticket)
    ticket.resolve(ticket.result)
  }

  /**
   * What could not be written ends the pushes in it and every other open one of their sources: a later one must not move
   * the cursor past rows that are missing. Trouble with the disk ends all of them. Collect tries again from the old
   * cursor; what was stored meanwhile is recognised.
   */
  function fail(error: unknown, tickets: Iterable<Ticket>): void {
    const reason = writeFailure(error, store)
    if (reason.ofDisk) troubled = true
    log.log('error', 'Mentions could not be stored', { waiting: waiting() }, error)
    // Those that were given up before had their sources' others with them; what came since is a new attempt.
    const sources = new Set([...tickets].filter((ticket) => !ticket.failed).map((ticket) => ticket.sourceId))
    for (const ticket of open) {
      if (!reason.ofDisk && !sources.has(ticket.sourceId)) continue
      ticket.failed = reason.error
      ticket.reject(reason.error)
      open.delete(ticket)
    }
    const left = queue.filter((entry) => !entry.ticket.failed)
    queue.splice(0, queue.length, ...left)
  }

  function settle(): void {
    while (room.length > 0 && waiting() < MOST_WAITING) room.shift()!()
    kick()
    if (waiting() > 0 || inFlight > 0) return
    tidying.later()
    for (const resolve of idlers.splice(0)) resolve()
  }

  async function enter(): Promise<void> {
    while (waiting() >= MOST_WAITING) await new Promise<void>((resolve) => room.push(resolve))
    if (closed) throw passingFailure('store.closingFetchAgain')
  }

  let entrance: Promise<void> = Promise.resolve()

  return {
    get waiting() {
      return waiting()
    },
    push(input) {
      // One after the other through the door: batches of a source keep their order also when they had to wait.
      const entered = entrance.then(enter)
      entrance = entered.catch(() => {})
      return entered.then(
        () =>
          new Promise<IntakeResult>((resolve, reject) => {
            const now = clock.now()
            const ticket: Ticket = {
              sourceId: input.sourceId,
              sourceName: input.sourceName ?? null,
              network: input.network,
              seenAt: now,
              historyBefore: input.historyBefore ?? -Infinity,
              lateBefore: input.lateBefore ?? -Infinity,
              commit: input.commit,
              importNo: input.importNo ?? null,
              left: 0,
              failed: null,
              result: { stored: 0, history: 0, duplicates: 0, dropped: {}, newestPublishedAt: null },
              resolve,
              reject,
            }
            open.add(ticket)
            for (const draft of input.drafts) {
              const normal = normalise(draft, now)
              if ('reason' in normal) {
                ticket.result.dropped[normal.reason] = (ticket.result.dropped[normal.reason] ?? 0) + 1
              } else {
                ticket.left++
                queue.push({ draft: normal.draft, ticket })
              }
            }
            if (ticket.left > 0) kick()
            else commitAlone(ticket)
          }),
      )
    },
    onStored: stored.on,
    setListens(listens) {
      store.transaction(() => syncListenNumbers(store, listens))
      const enabled = new Set(listens.filter((listen) => listen.enabled).map((listen) => listen.id))
      analysis.setListens(currentListens(store).filter(({ listenId }) => enabled.has(listenId)))
      backfill.wake()
    },
    takeBack: (row, withdrawing) =>
      (takingBack = takingBack.catch(() => true).then(() => takeBack(taking, row, withdrawing))),
    backfilled: () => backfill.idle(),
    mend: () => mending.look(),
    get mended() {
      return mending.last
    },
    rereading,
    learn: (learned) => analysis.learn(learned),
    async idle() {
      await entrance
      if (waiting() === 0 && inFlight === 0) return
      await new Promise<void>((resolve) => idlers.push(resolve))
    },
    async close() {
      if (closed) return
      closed = true
      for (const resolve of room.splice(0)) resolve()
      if (queue.length > 0 || inFlight > 0) await new Promise<void>((resolve) => idlers.push(resolve))
      await writing
      unwatch()
      await Promise.all([mending.stop(), rereading.stop(), backfill.stop()])
      await takingBack.catch(() => {})
      while (writer.untidy && store.problem === null) tidying.now()
      await analysis.close()
    },
  }

  /** Nothing to store: only the cursor moves, after everything that was pushed before. */
  function commitAlone(ticket: Ticket): void {
    writing = writing.then(() => {
      if (ticket.failed) return
      try {
        store.transaction(() => ticket.commit?.(store))
        finish(ticket)
      } catch (error) {
        fail(error, [ticket])
      }
    })
  }
}
