import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef, type WatchSource } from 'vue'
import type { Client } from './client.ts'
import { useStation } from './station.ts'
import { toProblem, type WireProblem } from './wire-error.ts'

export interface Stream {
  /** true while the subscription stands. */
  open: Ref<boolean>
  problem: ShallowRef<WireProblem | null>
  /** Drops the subscription and opens a new one. */
  restart(): void
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 15_000

/**
 * Runs `follow` for as long as the scope lives: it opens the stream (from its own cursor) and reads it to the end.
 * It is called anew after every reconnection, when `watch` changes, and with growing pauses after an error or an end.
 */
export function useStream(
  follow: (client: Client, signal: AbortSignal, opened: () => void) => Promise<void>,
  options: { watch?: WatchSource | WatchSource[]; when?: () => boolean } = {},
): Stream {
  const station = useStation()
  const open = ref(false)
  const problem = shallowRef<WireProblem | null>(null)
  let running: AbortController | undefined

  async function run(signal: AbortSignal) {
    let wait = FIRST_WAIT_MS
    while (!signal.aborted) {
      try {
        await follow(station.client, signal, () => {
          open.value = true
          problem.value = null
          wait = FIRST_WAIT_MS
        })
      } catch (error) {
        if (signal.aborted) return
        const found = toProblem(error)
        problem.value = found.kind === 'lost' ? null : found
        if (found.kind === 'user') wait = LONGEST_WAIT_MS
      }
      if (signal.aborted) return
      open.value = false
      await pause(problem.value?.retryAfterMs ?? wait, signal)
      wait = Math.min(LONGEST_WAIT_MS, wait * 2)
    }
  }
  function restart() {
    running?.abort()
    open.value = false
    problem.value = null
    if (!station.online.value || options.when?.() === false) return
    running = new AbortController()
    void run(running.signal)
  }
  watch([station.generation, station.online], restart, { immediate: true })
  if (options.watch) watch(options.watch, restart)
  onScopeDispose(() => running?.abort())
  return { open, problem, restart }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
  })
}
