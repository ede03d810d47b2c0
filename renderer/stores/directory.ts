import { defineStore } from 'pinia'
import { computed, markRaw } from 'vue'
import { useQuery } from '#renderer/client/use-query.ts'

/** Listens, desks and sources by name and colour: asked for once for the whole page, kept fresh, shared by every card. */
export const useDirectory = defineStore('directory', () => {
  const all = {
    listens: useQuery((client, signal) => client.listens.list(undefined, { signal }), { everyMs: 30_000 }),
    desks: useQuery((client, signal) => client.desks.list(undefined, { signal }), { everyMs: 15_000 }),
    sources: useQuery((client, signal) => client.sources.list(undefined, { signal }), { everyMs: 30_000 }),
  }
  const listens = computed(() => all.listens.data.value ?? [])
  return {
    /** The questions themselves, for a view that shows how they stand. */
    asked: markRaw(all),
    listens,
    /** Not archived, by key, then name. */
    desks: computed(() =>
      (all.desks.data.value ?? [])
        .filter((row) => !row.desk.archived)
        .sort((a, b) => (a.desk.key || 10) - (b.desk.key || 10) || a.desk.name.localeCompare(b.desk.name)),
    ),
    sources: computed(() => all.sources.data.value ?? []),
    listenById: computed(() => new Map(listens.value.map((listen) => [listen.id, listen]))),
    deskById: computed(() => new Map((all.desks.data.value ?? []).map((row) => [row.desk.id, row]))),
    /** true once listens and desks were answered. */
    ready: computed(() => all.listens.data.value !== null && all.desks.data.value !== null),
    /** Call after a change, so that every view sees it at once. */
    async refresh(what?: keyof typeof all): Promise<void> {
      await Promise.all(what ? [all[what].refresh()] : Object.values(all).map((query) => query.refresh()))
    },
  }
})
