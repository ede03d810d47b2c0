import { giveWay } from '#engine/platform/give-way.ts'
import { shownOf, textAt, textsBefore, writeShown, type HeardText } from '#engine/store/queries/categories.ts'
import { lastSeq } from '#engine/store/queries/mentions.ts'
import type { Log } from '#engine/platform/log.ts'
import type { Store } from '#engine/store/store.ts'
import { categoriesOfVector, readingOf } from '#engine/understanding/categories/read.ts'
import type { MeaningOf } from '#engine/understanding/encoder/open.ts'
import type { CategoryLearning } from './category-learning.ts'

/** What was heard lately, read again by what the categories have learned since. */
export interface CategoryReading {
  /** From the newest on; begins anew when it is under way. `learned`: called when everything is learned, before the first is read. */
  start(learned?: () => void): void
  /** One mention, at once. */
  readNow(seq: number): void
  idle(): Promise<void>
  close(): Promise<void>
}

/** Mentions that a change of examples reaches back to: a few days of a busy station, some seconds of work. */
const READ_AGAIN = 5_000
/** Of one transaction. */
const SLICE = 100

// Long: one run in the background, and the closures that begin, break off and end it.
export function createCategoryReading(deps: {
  store: Store
  meaningOf: MeaningOf | null
  learning: CategoryLearning
  changed(seqs: readonly number[]): void
  log?: Log
}): CategoryReading {
  const { store, meaningOf, learning } = deps
  let running: Promise<void> | null = null
  let again = false
  let closed = false
  let told: (() => void) | null = null

  /** Writes what is thought of these; no person's word is touched. Returns the rows that are another now. */
  function read(rows: readonly HeardText[]): number[] {
    const learned = learning.learned()
    const found = rows.map((row) => {
      const vector = learned.length === 0 ? null : (meaningOf?.(readingOf(row)) ?? null)
      return { seq: row.seq, of: vector === null ? [] : categoriesOfVector(learned, vector) }
    })
    return store.transaction(() => found.flatMap(({ seq, of }) => (write(seq, of) ? [seq] : [])))
  }

  function write(seq: number, of: readonly { id: string; certainty: number }[]): boolean {
    let isOther = false
    const before = new Map(shownOf(store, seq).map((row) => [row.category_id, row]))
    for (const { id, certainty } of of) {
      const percent = Math.round(certainty * 100)
      const was = before.get(id)
      before.delete(id)
      if (was && (was.by_name !== null || was.percent === percent)) continue
      writeShown(store, seq, id, { percent, by_name: null })
      isOther = true
    }
    for (const { category_id: id, by_name: by } of before.values()) {
      if (by !== null) continue
      writeShown(store, seq, id, null)
      isOther = true
    }
    return isOther
  }

  const goesOn = (): Promise<boolean> => giveWay().then(() => !closed)

  async function work(): Promise<void> {
    await giveWay()
    if (closed) return
    await learning.renew(goesOn)
    if (closed) return
    told?.()
    told = null
    let next = lastSeq(store)
    for (let left = READ_AGAIN; left > 0 && next > 0 && !again && !closed; left -= SLICE) {
      if (store.resting) await store.resting
      if (closed) return
      const rows = textsBefore(store, next, SLICE)
      if (rows.length === 0) return
      const other = read(rows)
      if (other.length > 0) deps.changed(other)
      next = rows.at(-1)!.seq - 1
      await giveWay()
    }
  }

  async function run(): Promise<void> {
    do {
      again = false
      await work()
    } while (again && !closed)
    running = null
  }

  return {
    start(learned) {
      if (closed) return
      told = learned ?? told
      again = true
      running ??= run().catch((error: unknown) => {
        running = null
        if (!closed) deps.log?.log('warn', 'What was heard lately was not read again for the categories', {}, error)
      })
    },
    readNow(seq) {
      const row = textAt(store, seq)
      if (row) read([row])
    },
    async idle() {
      while (running) await running
    },
    async close() {
      closed = true
      await running
    },
  }
}
