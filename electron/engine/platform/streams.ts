import type { Clock } from './clock.ts'

/** What changed since the last look: keys, each once, or `reset` when it was too much to name. */
export interface ChangedKeys {
  keys: string[]
  reset: boolean
}

/**
 * Coalesces changes for one slow reader: at most one batch every `everyMs`, at most `most` keys in it. Whoever misses more
 * is told to look anew. Ends when `return` is called or the signal aborts, also while a `next` is waiting.
 */
export function coalesced(
  clock: Clock,
  subscribe: (listener: (keys: readonly string[]) => void) => () => void,
  options: { everyMs: number; most: number; signal?: AbortSignal | undefined },
): AsyncIteratorObject<ChangedKeys, undefined, void> {
  const pending = new Set<string>()
  let reset = false
  let done = false
  let lastAt = -Infinity
  let waiting: ((result: IteratorResult<ChangedKeys, undefined>) => void) | null = null
  let cancelTimer: (() => void) | null = null

  const stopListening = subscribe((keys) => {
    if (reset) return
    for (const key of keys) pending.add(key)
    if (pending.size > options.most) {
      pending.clear()
      reset = true
    }
    offer()
  })

  function take(): ChangedKeys {
    const taken = { keys: [...pending], reset }
    pending.clear()
    reset = false
    lastAt = clock.now()
    return taken
  }

  function offer(): void {
    if (waiting === null || (pending.size === 0 && !reset) || cancelTimer !== null) return
    const wait = Math.max(0, lastAt + options.everyMs - clock.now())
    cancelTimer = clock.after(wait, () => {
      cancelTimer = null
      const resolve = waiting
      waiting = null
      resolve?.({ done: false, value: take() })
    })
  }

  function end(): void {
    if (done) return
    done = true
    stopListening()
    cancelTimer?.()
    waiting?.({ done: true, value: undefined })
    waiting = null
    options.signal?.removeEventListener('abort', end)
  }
  options.signal?.addEventListener('abort', end, { once: true })
  if (options.signal?.aborted) end()

  return streamOf(() => {
    if (done) return Promise.resolve({ done: true, value: undefined })
    return new Promise((resolve) => {
      waiting = resolve
      offer()
    })
  }, end)
}

/**
 * An iterator by hand where a generator will not do: `return` of a generator waits for a pending `next`, and a cancel must
 * reach a stream that is silent.
 */
export function streamOf<T>(
  next: () => Promise<IteratorResult<T, undefined>>,
  end: () => void,
): AsyncIteratorObject<T, undefined, void> {
  const stream: AsyncIteratorObject<T, undefined, void> = {
    next,
    return() {
      end()
      return Promise.resolve({ done: true, value: undefined })
    },
    [Symbol.asyncIterator]: () => stream,
    async [Symbol.asyncDispose]() {
      end()
    },
  }
  return stream
}

/** Like an iterator's map, but `return` still reaches a stream that is waiting. */
export const mapped = <From, To>(
  source: AsyncIteratorObject<From, undefined, void>,
  map: (value: From) => To,
): AsyncIteratorObject<To, undefined, void> =>
  streamOf(
    async () => {
      const result = await source.next()
      return result.done ? { done: true, value: undefined } : { done: false, value: map(result.value) }
    },
    () => void source.return?.(),
  )
