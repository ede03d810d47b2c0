import { lastEntrySeq } from '#engine/store/queries/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import type { Paths } from '#engine/platform/paths.ts'
import type { Store } from '#engine/store/store.ts'
import { createShifts, type Shifts } from './shifts.ts'
import { lookingHere, lookingThread, type Looking } from './thread.ts'

export interface ReviewDeps {
  store: Store
  clock: Clock
  timeZone: string
  deskName(id: string): string
  /** What a thread of its own needs; without, everything is answered on the caller's. */
  thread?: { paths: Paths; log: Log }
}

/** Looking back: shifts, and everything as it was known then. */
export interface Review extends Omit<ReviewDeps, 'thread'> {
  readonly shifts: Shifts
  readonly looking: Looking
  /**
   * Begins the first shift of a station that never had one, and reads a long journal ahead, so that the first moment that is
   * asked for opens as quickly as the next.
   */
  start(): void
  close(): Promise<void>
}

/** Not while somebody waits for the first page; a short journal is read when it is asked for. */
const READ_AFTER_MS = 10_000
const LONG_JOURNAL = 5_000
const LONGEST_MS = 600_000

export function createReview(deps: ReviewDeps): Review {
  const { store, clock, thread } = deps
  const looking = thread ? lookingThread({ store, ...thread }) : lookingHere(store)
  const shifts = createShifts(deps)
  let cancel: (() => void) | undefined
  return {
    ...deps,
    shifts,
    looking,
    start() {
      shifts.startFirst()
      cancel ??= clock.after(READ_AFTER_MS, () => {
        if (lastEntrySeq(store) < LONG_JOURNAL) return
        // Who asks before it is done, or when it failed, waits for the reading then.
        looking.ask('warm', { at: clock.now() }, { timeoutMs: LONGEST_MS }).catch(() => {})
      })
    },
    close() {
      cancel?.()
      return looking.close()
    },
  }
}
