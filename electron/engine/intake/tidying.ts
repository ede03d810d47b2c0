import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import type { MentionWriter } from '#engine/store/mention-writer.ts'
import type { Store } from '#engine/store/store.ts'

/**
 * Look-up entries of one transaction: at most so many, and no more when it has taken so long. While mentions keep coming,
 * each batch is followed by one.
 */
const TIDY_SLICE = 4000
const TIDY_MS = 20

/** Look-up entries are written while nothing else is to do, a few thousand in a transaction. `calm`: nothing else is. */
export function createTidying(deps: { store: Store; writer: MentionWriter; clock: Clock; log: Log; calm(): boolean }) {
  const { store, writer, clock, log } = deps
  let planned = false

  function now(): void {
    try {
      store.transaction(() => {
        const from = clock.monotonic()
        writer.tidy(TIDY_SLICE, () => clock.monotonic() - from > TIDY_MS)
      })
    } catch (error) {
      // The rows are there; the entries are made from them again.
      writer.reset()
      log.log('warn', 'Look-up tables could not be brought up to date', {}, error)
    }
  }

  function later(): void {
    if (planned || !writer.untidy) return
    planned = true
    setImmediate(() => {
      planned = false
      if (!deps.calm()) return
      now()
      later()
    })
  }

  return { now, later }
}
