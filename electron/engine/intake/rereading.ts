import type { RereadingState } from '#shared/model/rereading.ts'
import { createSignal } from '#shared/util/signal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { giveWay } from '#engine/platform/give-way.ts'
import type { Log } from '#engine/platform/log.ts'
import { countUpTo, lastSeq } from '#engine/store/queries/mentions.ts'
import {
  isGiven,
  putRereading,
  readBefore,
  rereadingOf,
  writeReadings,
  type ReadBefore,
  type ReadPair,
  type Rereading,
} from '#engine/store/queries/rereading.ts'
import type { Store } from '#engine/store/store.ts'
import { OF_STATION } from '#engine/understanding/sentiment/model.ts'
import type { AnalysisThread } from './analysis-thread.ts'

/** What is stored, read again after a change of models. */
export interface RereadingOfHistory {
  /**
   * Goes on where it stopped, or begins when the models are others than those that read what is stored. Called at the start, and when
   * what decides a mood was chosen anew.
   */
  start(): void
  /** How far it is; null: nothing was ever read again, or the start is not that far yet. */
  state(): RereadingState | null
  /** Rows that are another now. */
  onChanged(listener: (seqs: readonly number[]) => void): () => void
  /** Resolves when nothing is left to read. */
  idle(): Promise<void>
  stop(): Promise<void>
}

/** Rows of one question to the analysis thread and of one transaction: some ten milliseconds each. */
const SLICE = 200

/**
 * Newest mentions first, a slice at a time, off the engine's thread; it is remembered how far it came in the transaction that
 * writes a slice, so that a crash repeats nothing. Ingest and officers have their turn between all steps. What was decided
 * stays as it is: no case is opened or moved, and how a mention was known then is kept for looking back.
 */
export function createRereading(deps: {
  store: Store
  analysis: Pick<AnalysisThread, 'edition' | 'readAnew'>
  clock: Clock
  log: Log
  /** Resolves when what is on its way into the store is written. */
  settled(): Promise<void>
}): RereadingOfHistory {
  const { store, analysis, clock, log } = deps
  const changes = createSignal<[readonly number[]]>()
  let stopped = false

  /** Where to go on; null: weights are missing, and nothing is read again by what stands in for them. */
  async function begun(): Promise<Rereading | null> {
    const edition = await analysis.edition()
    if (edition === null || stopped) return null
    const known = rereadingOf(store)
    // It ended between a slice and its place in the full-text index.
    if (known)
      await store.indexAgain(
        readBefore(store, known.index_to, SLICE).flatMap(({ seq }) => (seq > known.next_seq ? seq : [])),
      )
    if (known?.edition === edition) return known
    const from = lastSeq(store)
    const fresh = beginning(edition, from, clock.now())
    store.transaction(() => putRereading(store, fresh))
    if (from > 0) log.log('info', 'The models are others: what is stored is read again', { edition, rows: from })
    return fresh
  }

  /** Reads one slice; how far it is then. null: something else decides a mood now, which reads nothing of what is stored. */
  async function slice(at: Rereading): Promise<Rereading | null> {
    const rows = readBefore(store, at.next_seq, SLICE)
    const todo = rows.filter(({ by }) => !isReadBy(by, at.edition))
    const pairs = todo.length === 0 ? [] : await readPairs(analysis, todo, at.edition)
    if (stopped) return at
    if (pairs === null) return null
    const nextSeq = rows.length < SLICE ? 0 : rows.at(-1)!.seq - 1
    const { next, changed, intents } = writeSlice(store, at, pairs, nextSeq, clock.now())
    if (intents.length > 0) await store.indexAgain(intents)
    if (changed.length > 0) changes.tell(changed)
    if (nextSeq === 0) store.transaction(() => putRereading(store, { ...next, index_to: 0 }))
    return next
  }

  async function work(): Promise<void> {
    let at = stopped ? null : await begun()
    if (at === null || at.next_seq === 0) return
    while (at !== null && at.next_seq > 0 && !stopped) {
      await deps.settled()
      if (store.resting) await store.resting
      at = await slice(at)
      await giveWay()
    }
    if (at?.next_seq === 0 && !stopped)
      log.log('info', 'What is stored was read again', { edition: at.edition, changed: at.changed })
  }

  const { start, idle } = oneRun(() =>
    work().catch((error: unknown) => {
      if (!stopped) log.log('error', 'Reading again what is stored stopped; the next start goes on', {}, error)
    }),
  )

  return {
    start,
    state: () => stateOf(store),
    onChanged: changes.on,
    idle,
    async stop() {
      stopped = true
      await idle()
    },
  }
}

/** Started while it runs, it runs once more: perhaps it was just about to stop. `work` never rejects. */
function oneRun(work: () => Promise<void>) {
  let running: Promise<void> | null = null
  let again = false
  async function run(): Promise<void> {
    do {
      again = false
      await work()
    } while (again)
    running = null
  }
  return {
    start(): void {
      again = true
      running ??= run()
    },
    async idle(): Promise<void> {
      while (running) await running
    },
  }
}

const beginning = (edition: string, from: number, now: number): Rereading => ({
  edition,
  from_seq: from,
  next_seq: from,
  index_to: from,
  changed: 0,
  started_at: now,
  ended_at: from > 0 ? null : now,
})

/** What a slice found, and that everything above `nextSeq` is read. */
function writeSlice(store: Store, at: Rereading, pairs: readonly ReadPair[], nextSeq: number, now: number) {
  return store.transaction(() => {
    const written = writeReadings(store, pairs, now)
    const next: Rereading = {
      ...at,
      next_seq: nextSeq,
      index_to: written.intents.length > 0 ? at.next_seq : nextSeq,
      changed: at.changed + written.changed.length,
      ended_at: nextSeq === 0 ? now : null,
    }
    putRereading(store, next)
    return { ...written, next }
  })
}

/** Each with how it is read today; what the models trip over is left out. null: other models than these read now. */
async function readPairs(
  analysis: Pick<AnalysisThread, 'readAnew'>,
  todo: readonly ReadBefore[],
  by: string,
): Promise<ReadPair[] | null> {
  const { edition, readings } = await analysis.readAnew({
    texts: todo.map(({ text }) => text),
    titles: todo.map(({ title }) => title),
    langs: todo.map(({ lang }) => lang),
  })
  if (edition !== by) return null
  return todo.flatMap((before, at): ReadPair[] => {
    const reading = readings[at]
    return reading ? [{ before, reading }] : []
  })
}

function stateOf(store: Store): RereadingState | null {
  const at = rereadingOf(store)
  if (!at) return null
  const total = at.from_seq === 0 ? 0 : countUpTo(store, at.from_seq)
  return {
    model: at.edition,
    total,
    done: at.next_seq === 0 ? total : total - countUpTo(store, at.next_seq),
    changed: at.changed,
    startedAt: at.started_at,
    endedAt: at.ended_at,
  }
}

/** A mood that somebody gave tells nothing about which models read the intent. */
const isReadBy = (by: string, edition: string): boolean =>
  !isGiven(by) && (by === edition || by === `${edition}${OF_STATION}`)
