import { defineStore } from 'pinia'
import { computed } from 'vue'
import { useQuery } from '#renderer/client/use-query.ts'

/** A station's talk takes on a new matter over days, not minutes. */
const ASKED_EVERY_MS = 10 * 60_000

/** Which aspects of a mention are shown: those of trades that the station's talk is not about are not. Asked for once for the whole page. */
export const useAspects = defineStore('aspects', () => {
  const uncarried = useQuery((client, signal) => client.learning.uncarriedAspects({}, { signal }), {
    everyMs: ASKED_EVERY_MS,
  })
  const hidden = computed(() => new Set(uncarried.data.value ?? []))
  return { shown: (names: readonly string[]): string[] => names.filter((name) => !hidden.value.has(name)) }
})
