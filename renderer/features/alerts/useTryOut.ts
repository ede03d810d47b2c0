import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { triedDetectors, type AlertDefinition, type BackTest, type TriedDetector } from '#shared/model/back-test.ts'
import { useStation } from '#renderer/client/station.ts'
import { toProblem } from '#renderer/client/wire-error.ts'
import { go, useRoute } from '#renderer/stores/address.ts'
import { useWords } from '#renderer/composables/words/useWords.ts'

/** `station`, `listen:lst_1` or `source:src_1`: what is tried, as one word of the address. */
const aboutOf = (text: string): AlertDefinition['about'] => {
  const [, kind, id] = /^(listen|source):(.+)$/.exec(text) ?? []
  return kind === undefined || id === undefined
    ? { kind: 'station', id: null }
    : { kind: kind as 'listen' | 'source', id }
}
export const triedDays = [7, 14, 28] as const

/** A try of an alert on the past: what is chosen stands in the address; it runs until its result, `cancel` or another one. */
export function useTryOut() {
  const route = useRoute()
  const station = useStation()
  const { t } = useWords()
  const about = computed({
    get: () => route.value.query['about'] ?? 'station',
    set: (value) => choose({ about: value }),
  })
  const detector = computed<TriedDetector>({
    get: () => triedDetectors.find((one) => one === route.value.query['what']) ?? 'rise',
    set: (value) => choose({ what: value }),
  })
  const days = computed<number>({
    get: () => triedDays.find((one) => String(one) === route.value.query['days']) ?? 28,
    set: (value) => choose({ days: String(value) }),
  })
  const choose = (more: Record<string, string>) => go('alerts', ['try'], { ...route.value.query, ...more }, true)

  /** 0 … 1; null: it does not run. */
  const progress = ref<number | null>(null)
  const result = shallowRef<BackTest | null>(null)
  const refused = ref('')
  let running: AbortController | undefined

  async function run() {
    running?.abort()
    const mine = (running = new AbortController())
    progress.value = 0
    refused.value = ''
    try {
      const steps = await station.client.alerts.tryOut(
        { about: aboutOf(about.value), detector: detector.value, days: days.value },
        { signal: mine.signal },
      )
      for await (const step of steps) {
        if (mine.signal.aborted) return
        progress.value = step.total > 0 ? step.done / step.total : 0
        if (step.result) result.value = step.result
      }
    } catch (error) {
      if (!mine.signal.aborted) refused.value = toProblem(error).message || t('action.lost')
    } finally {
      if (running === mine) progress.value = null
    }
  }
  function cancel() {
    running?.abort()
    running = undefined
    progress.value = null
  }
  // What stands there would be of something else.
  watch([about, detector, days], () => {
    if (route.value.parts[0] !== 'try') return
    result.value = null
    void run()
  })
  // Begins by itself, once there is a connection.
  watch(
    station.generation,
    (connected) => {
      if (connected && result.value === null) void run()
    },
    { immediate: true },
  )
  onScopeDispose(() => running?.abort())
  return { about, detector, days, progress, result, refused, run, cancel }
}
