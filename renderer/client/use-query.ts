import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef, type WatchSource } from 'vue'
import type { Client } from './client.ts'
import { useStation } from './station.ts'
import { toProblem, type WireProblem } from './wire-error.ts'

export interface Query<T> {
  /** The last answer; kept while a newer one is on its way and while offline. null: none yet. */
  data: ShallowRef<T | null>
  problem: ShallowRef<WireProblem | null>
  /** true while asking and there is nothing to show yet: draw the skeleton. */
  loading: Ref<boolean>
  /** true while asking at all. */
  busy: Ref<boolean>
  refresh(): Promise<void>
}

/** What is needed of a query to show its answer in all its states. */
export interface Asked<T = unknown> {
  data: Readonly<Ref<T | null>>
  problem: Readonly<Ref<WireProblem | null>>
  loading: Readonly<Ref<boolean>>
  /** The answer is to an older question, and the one to the new is on its way. */
  stale?: Readonly<Ref<boolean>>
  refresh(): unknown
}

export interface QueryOptions {
  /** Ask again when one of these changes. */
  watch?: WatchSource | WatchSource[]
  /** Ask again after so many milliseconds (only while the page is visible). */
  everyMs?: number
  /** Wait this long after a change of `watch` before asking, e.g. while somebody types. */
  settleMs?: number
  /** Do not ask while this is false. */
  when?: () => boolean
}

/** Asks once the connection stands, again after each reconnection, and forgets everything with its scope. */
export function useQuery<T>(
  ask: (client: Client, signal: AbortSignal) => Promise<T>,
  options: QueryOptions = {},
): Query<T> {
  const station = useStation()
  const data = shallowRef<T | null>(null)
  const problem = shallowRef<WireProblem | null>(null)
  const loading = ref(true)
  const busy = ref(false)
  let running: AbortController | undefined
  let settle: ReturnType<typeof setTimeout> | undefined

  async function refresh() {
    if (!station.generation.value || options.when?.() === false) return
    running?.abort()
    const mine = (running = new AbortController())
    busy.value = true
    try {
      const answer = await ask(station.client, mine.signal)
      if (mine.signal.aborted) return
      data.value = answer
      problem.value = null
    } catch (error) {
      if (mine.signal.aborted) return
      const found = toProblem(error)
      // A lost connection is shown by the shell, once; the view keeps what it has and asks again when it is back.
      if (found.kind !== 'lost') problem.value = found
    } finally {
      if (running === mine) {
        busy.value = false
        loading.value = data.value === null && problem.value === null
      }
    }
  }

  watch(station.generation, () => void refresh(), { immediate: true })
  if (options.watch) {
    watch(options.watch, () => {
      clearTimeout(settle)
      if (options.settleMs) settle = setTimeout(() => void refresh(), options.settleMs)
      else void refresh()
    })
  }
  const timer = options.everyMs
    ? setInterval(() => document.hidden || busy.value || void refresh(), options.everyMs)
    : undefined
  onScopeDispose(() => {
    running?.abort()
    clearTimeout(settle)
    clearInterval(timer)
  })
  return { data, problem, loading, busy, refresh }
}
