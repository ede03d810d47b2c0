import { defineStore } from 'pinia'
import { computed, markRaw } from 'vue'
import { useQuery } from '#renderer/client/use-query.ts'

/** The station's own categories: asked for once for the whole page, kept fresh. */
export const useCategories = defineStore('categories', () => {
  const asked = useQuery((client, signal) => client.categories.list({}, { signal }), { everyMs: 60_000 })
  return {
    /** The question itself, for a view that shows how it stands. */
    asked: markRaw(asked),
    all: computed(() => asked.data.value ?? []),
    refresh: () => asked.refresh(),
  }
})
