import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'

/** How often the clocks of the service levels are looked at. */
const TICK_MS = 5_000
/** Somebody may have room: soon, once for everything that changes at a time. */
const SOON_MS = 50

export interface RoundsDeps {
  clock: Clock
  log: Log
  /** Looks at the clocks of the cases. */
  tick(): void
  /** Gives what waits to whoever has room. */
  sweep(): void
}

/** What is done again and again while the board runs. */
export function createRounds({ clock, log, tick, sweep }: RoundsDeps) {
  let cancelRound: (() => void) | null = null
  let cancelSoon: (() => void) | null = null
  let stopped = false

  function round(): void {
    if (stopped) return
    try {
      tick()
      sweep()
    } catch (error) {
      log.log('error', 'The clocks of the cases could not be looked at; next try in a few seconds', {}, error)
    }
    cancelRound = clock.after(TICK_MS, round)
  }

  return {
    start(): void {
      if (cancelRound === null) round()
    },
    sweepSoon(): void {
      if (stopped) return
      cancelSoon ??= clock.after(SOON_MS, () => {
        cancelSoon = null
        if (!stopped) sweep()
      })
    },
    stop(): void {
      stopped = true
      cancelRound?.()
      cancelSoon?.()
    },
  }
}
