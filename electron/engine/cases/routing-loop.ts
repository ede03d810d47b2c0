import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import type { Store } from '#engine/store/store.ts'
import type { Router } from './router.ts'

export interface RoutingLoopDeps {
  store: Store
  router: Pick<Router, 'step' | 'setAside'>
  clock: Clock
  log: Log
}

/** Keeps the router at work while there are mentions, batch by batch, and past what it cannot decide. */
export function createRoutingLoop({ store, router, clock, log }: RoutingLoopDeps) {
  let running: Promise<void> | null = null
  let again = false
  let stopped = false
  const stopping = new AbortController()

  /** Between two batches everything else has its turn. A failure is retried later: the cursor has not moved. */
  async function drain(): Promise<void> {
    let failures = 0
    // Callers are told of routing later, never from within `wake`.
    await Promise.resolve()
    while (again && !stopped) {
      again = false
      try {
        while (!stopped && router.step()) await (store.resting ?? clock.sleep(0))
        failures = 0
      } catch (error) {
        failures++
        log.log('error', 'Routing of stored mentions failed and will be tried again', { failures }, error)
        if (failures >= 5) break
        again = true
        if (failures === 2) setAside()
        await clock.sleep(Math.min(30_000, 250 * 2 ** failures), stopping.signal).catch(() => {})
      }
    }
    // In the same breath as the look at `again`: whoever wakes from here on starts a new one.
    running = null
  }

  /** When it fails as well, the store does not take anything: then waiting is all that helps. */
  function setAside(): void {
    try {
      const found = router.setAside()
      if (found) {
        const about = { mention: found.mention.id }
        log.log('error', 'A mention could not be decided and waits for a person', about, found.cause)
      }
    } catch (error) {
      log.log('error', 'Nothing can be routed at the moment', {}, error)
    }
  }

  function wake(): void {
    if (stopped) return
    again = true
    running ??= drain()
  }

  return {
    wake,
    /** Resolves when every stored mention has been routed. */
    async idle(): Promise<void> {
      wake()
      while (running !== null) await running
    },
    async stop(): Promise<void> {
      stopped = true
      stopping.abort()
      await running
    },
  }
}
