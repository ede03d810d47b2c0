import { computed, inject, onScopeDispose, provide, ref, watch } from 'vue'
import type { ComputedRef, InjectionKey, Ref } from 'vue'
import { useStation } from '#renderer/client/station.ts'
import { useQuery, type Query } from '#renderer/client/use-query.ts'
import type { Client } from '#renderer/client/client.ts'
import { go, useRoute } from '#renderer/stores/address.ts'
import { zoneOffset } from '#renderer/composables/time/zone-offset.ts'
import { endOf, readFilter, stretchOf, writeFilter, type InsightFilter, type Stretch } from './insight-filter.ts'

export interface Insights {
  filter: ComputedRef<InsightFilter>
  stretch: ComputedRef<Stretch>
  /** As it is said: its end, or now where that lies ahead. */
  end: ComputedRef<number>
  offset: ComputedRef<(at: number) => number>
  /** The period before is asked for and something was heard in it. */
  compares: ComputedRef<boolean>
  /** Told by who counts it. */
  heardBefore: Ref<boolean>
  set(change: Partial<InsightFilter>): void
  /** The mentions behind something: a query within the filter, or within a narrower stretch or one listen. */
  evidence(query: string, narrower?: { from?: number; to?: number; listenIds?: string[] }): void
  /** Asks about the filter's stretch, again when it changes and as it moves on. `stale`: the answer is to an older filter. */
  ask<T>(run: (client: Client, about: About, signal: AbortSignal) => Promise<T>): Answer<T>
}
export interface About extends Stretch {
  listenIds: string[]
}
export interface Answer<T> extends Omit<Query<{ key: string; value: T }>, 'data'> {
  data: ComputedRef<T | null>
  stale: ComputedRef<boolean>
}

const REFRESH_MS = 20_000
const insightsKey: InjectionKey<Insights> = Symbol('insights')

export function useInsights(): Insights {
  const insights = inject(insightsKey)
  if (!insights) throw new Error('No insights were provided')
  return insights
}

export function provideInsights(): Insights {
  const station = useStation()
  const route = useRoute()
  const now = ref(station.now())
  const timer = setInterval(() => {
    if (!document.hidden) now.value = station.now()
  }, REFRESH_MS)
  onScopeDispose(() => clearInterval(timer))
  watch(station.generation, () => (now.value = station.now()))

  // Another view's address says nothing about this filter while the page changes over.
  const query = ref<Record<string, string>>({ ...route.value.query })
  watch(route, (next) => {
    if (next.view === 'insights') query.value = { ...next.query }
  })
  const filter = computed(() => readFilter(query.value))
  const offset = computed(() => zoneOffset(station.hello.value?.timeZone ?? 'UTC'))
  const stretch = computed(() => stretchOf(filter.value, now.value, offset.value))
  const end = computed(() => endOf(stretch.value, now.value))
  const chosen = computed(() => JSON.stringify({ ...filter.value, compare: true }))

  const heardBefore = ref(false)
  const insights: Insights = {
    filter,
    heardBefore,
    compares: computed(() => filter.value.compare && heardBefore.value),
    stretch,
    end,
    offset,
    set(change) {
      now.value = station.now()
      go('insights', [], writeFilter({ ...filter.value, ...change }), true)
    },
    evidence(text, narrower = {}) {
      const { from } = stretch.value
      go('search', [], {
        q: text,
        from: String(narrower.from ?? from),
        to: String(narrower.to ?? end.value),
        listens: (narrower.listenIds ?? filter.value.listenIds).join(','),
      })
    },
    ask(run) {
      const answer = useQuery(
        async (client, signal) => {
          const key = chosen.value
          return { key, value: await run(client, { ...stretch.value, listenIds: filter.value.listenIds }, signal) }
        },
        { watch: [chosen, now] },
      )
      return {
        ...answer,
        data: computed(() => answer.data.value?.value ?? null),
        stale: computed(() => answer.data.value !== null && answer.data.value.key !== chosen.value),
      }
    },
  }
  provide(insightsKey, insights)
  return insights
}
