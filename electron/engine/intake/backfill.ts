import type { Log } from '#engine/platform/log.ts'
import { giveWay } from '#engine/platform/give-way.ts'
import { clearRetired, hear, pendingBackfills, retiredListens, setBackfill } from '#engine/store/queries/backfill.ts'
import { lastSeq } from '#engine/store/queries/mentions.ts'
import type { Store } from '#engine/store/store.ts'

/** History for new listens, in the background. */
export interface Backfill {
  /** Looks for work: listens without their history, retired ones with. Safe to call at any time. */
  wake(): void
  /** Resolves when nothing is left to do. */
  idle(): Promise<void>
  stop(): Promise<void>
}

/** Rows that one question looks at; a few milliseconds for a usual query. */
const STRETCH = 65_536
/** Rows of one transaction. */
const WRITE = 500

/**
 * Matches what is stored with listens that are new, newest first, a stretch at a time, and remembers how far it came: a
 * crash repeats one stretch, which changes nothing. Ingest and officers have their turn between all steps.
 */
export function createBackfill(deps: { store: Store; log: Log; settled(): Promise<void> }): Backfill {
  const { store, log } = deps
  let running: Promise<void> | null = null
  let again = false
  let stopped = false

  async function fill(listen: number, query: string, nextSeq: number | null): Promise<void> {
    let next = nextSeq
    if (next === null) {
      // What was matched without the new listen must be committed before its newest row is the place to begin.
      await deps.settled()
      next = lastSeq(store)
      await store.indexed()
    }
    while (next > 0 && !stopped) {
      const fromSeq = Math.max(1, next - STRETCH + 1)
      const seqs = await store.background.ask(
        'listens.backfill',
        { query, fromSeq, toSeq: next },
        { timeoutMs: 600_000 },
      )
      for (let i = 0; i < seqs.length && !stopped; i += WRITE) {
        store.transaction(() => hear(store, listen, seqs.slice(i, i + WRITE)))
        await giveWay()
      }
      if (stopped) return
      next = fromSeq - 1
      const reached = next
      store.transaction(() => setBackfill(store, listen, reached))
    }
    store.transaction(() => setBackfill(store, listen, 0))
  }

  async function work(): Promise<void> {
    do {
      again = false
      for (const { listen, query, nextSeq } of pendingBackfills(store)) {
        if (stopped) return
        await fill(listen, query, nextSeq)
      }
      for (const listen of retiredListens(store)) {
        while (!stopped && store.transaction(() => clearRetired(store, listen, WRITE * 4))) await giveWay()
      }
    } while (again && !stopped)
  }

  return {
    wake() {
      again = true
      if (running || stopped) return
      running = work()
        .catch((error: unknown) => {
          if (!stopped) log.log('error', 'Matching the history of a listen stopped', {}, error)
        })
        .finally(() => {
          running = null
        })
    },
    async idle() {
      while (running) await running
    },
    async stop() {
      stopped = true
      await running
    },
  }
}
