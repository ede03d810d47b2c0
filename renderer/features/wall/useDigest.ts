import { onScopeDispose, readonly, ref } from 'vue'
import type { Ref } from 'vue'

/** Streams are not read out one by one: every half minute one sentence says how many came. */
const EVERY_MS = 30_000
const counters = new Map<string, Ref<number>>()
const digest = ref(0)
let timer: ReturnType<typeof setInterval> | undefined

/** Registers a stream's counter of what arrived; the digest takes the largest, since panes overlap. */
export function useDigest(id: string, arrived: Ref<number>) {
  counters.set(id, arrived)
  timer ??= setInterval(() => {
    let most = 0
    for (const counter of counters.values()) {
      most = Math.max(most, counter.value)
      counter.value = 0
    }
    digest.value = most
  }, EVERY_MS)
  onScopeDispose(() => {
    counters.delete(id)
    if (!counters.size) {
      clearInterval(timer)
      timer = undefined
    }
  })
}
export const useDigestCount = () => readonly(digest)
