import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import { giveWay } from '#engine/platform/give-way.ts'
import { currentPanes, matchAgain, mendEntries, recountDay, recountHour } from '#engine/store/queries/derived.ts'
import { lastSeq } from '#engine/store/queries/mentions.ts'
import { ALL } from '#engine/store/rollups.ts'
import type { Store } from '#engine/store/store.ts'

/** What was made anew. */
export interface Mended {
  at: number
  /** Of panes. */
  entries: number
  /** Hours and days of charts. */
  buckets: number
  /** Listens whose history is matched again. */
  listens: number
}

export interface Mending {
  /** Looks through everything once and makes anew what does not follow from the mentions; null: nothing. Joins one that runs. */
  look(): Promise<Mended | null>
  /** The last that something was made anew, since the start. */
  readonly last: Mended | null
  stop(): Promise<void>
}

/** Rows that one question looks at. */
const STRETCH = 65_536
/** Findings of one answer, and what one transaction mends of them. */
const FOUND = 5_000
const WRITE = 200
const PATIENCE = { timeoutMs: 600_000 }

/**
 * Panes and charts are derived: a bad sector or another program may spoil them, and the mentions tell what they were. Looked
 * through in the background a stretch at a time; ingest and officers have their turn between all steps.
 */
export function createMending(deps: { store: Store; clock: Clock; log: Log; refill(): void }): Mending {
  const { store, clock, log } = deps
  let running: Promise<Mended | null> | null = null
  let last: Mended | null = null
  let stopped = false

  /** A few in each transaction. */
  async function each<T>(all: readonly T[], mend: (some: T[]) => void): Promise<number> {
    for (let i = 0; i < all.length && !stopped; i += WRITE) {
      store.transaction(() => mend(all.slice(i, i + WRITE)))
      await giveWay()
    }
    return all.length
  }
  /** As long as an answer is full there may be more; one that cannot be mended does not hold it up for ever. */
  async function untilNone(look: () => Promise<number>): Promise<number> {
    let sum = 0
    for (let round = 0; round < 100 && !stopped; round++) {
      const found = await look()
      sum += found
      if (found < FOUND) break
    }
    return sum
  }

  async function work(): Promise<Mended | null> {
    const done: Mended = { at: clock.now(), entries: 0, buckets: 0, listens: 0 }
    // Before charts are made like what is left of the panes.
    const lost: number[] = []
    for (const listen of currentPanes(store))
      if (listen !== ALL && (await store.background.ask('store.paneLost', { listen }, PATIENCE))) lost.push(listen)
    for (let fromSeq = 1; fromSeq <= lastSeq(store) && !stopped; fromSeq += STRETCH) {
      const stretch = { fromSeq, toSeq: fromSeq + STRETCH - 1, limit: FOUND }
      done.entries += await untilNone(async () => {
        const seqs = await store.background.ask('store.paneGaps', stretch, PATIENCE)
        return each(seqs, (some) => mendEntries(store, some, []))
      })
    }
    for (const listen of currentPanes(store)) {
      if (stopped) break
      done.entries += await untilNone(async () => {
        const strangers = await store.background.ask('store.paneStrangers', { listen, limit: FOUND }, PATIENCE)
        return each(strangers, (some) => mendEntries(store, [], some))
      })
      done.buckets += await untilNone(() => charts(listen))
    }
    if (lost.length > 0 && !stopped) {
      store.transaction(() => lost.forEach((listen) => matchAgain(store, listen)))
      done.listens = lost.length
      deps.refill()
    }
    if (done.entries + done.buckets === 0) return null
    done.at = clock.now()
    log.log('warn', 'Panes and charts differed from the mentions and were made anew', { ...done })
    return (last = done)
  }

  async function charts(listen: number): Promise<number> {
    const { hours, days } = await store.background.ask('store.rollupGaps', { listen, limit: FOUND }, PATIENCE)
    return (
      (await each(hours, (some) => some.forEach((hour) => recountHour(store, listen, hour)))) +
      (await each(days, (some) => some.forEach((day) => recountDay(store, listen, day))))
    )
  }

  return {
    look() {
      return (running ??= work().finally(() => (running = null)))
    },
    get last() {
      return last
    },
    async stop() {
      stopped = true
      await running?.catch(() => null)
    },
  }
}
