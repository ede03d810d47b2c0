import { computed, inject, provide } from 'vue'
import type { ComputedRef, InjectionKey } from 'vue'
import type { DeskRow, ListenRow, SourceRow } from '#renderer/client/client.ts'
import { useQuery } from '#renderer/client/use-query.ts'

/** Listens, desks and sources by name and colour: asked for once for the whole page, kept fresh, shared by every card. */
export interface Directory {
  listens: ComputedRef<ListenRow[]>
  /** Not archived, by key, then name. */
  desks: ComputedRef<DeskRow[]>
  sources: ComputedRef<SourceRow[]>
  listenById: ComputedRef<ReadonlyMap<string, ListenRow>>
  deskById: ComputedRef<ReadonlyMap<string, DeskRow>>
  /** Call after a change, so that every view sees it at once. */
  refresh(what?: 'listens' | 'desks' | 'sources'): Promise<void>
  /** true once listens and desks were answered. */
  ready: ComputedRef<boolean>
}

const directoryKey: InjectionKey<Directory> = Symbol('directory')

export function useDirectory(): Directory {
  const directory = inject(directoryKey)
  if (!directory) throw new Error('No directory was provided')
  return directory
}

/** Called once, by the app's root. */
export function provideDirectory(): Directory {
  const listens = useQuery((client, signal) => client.listens.list(undefined, { signal }), { everyMs: 30_000 })
  const desks = useQuery((client, signal) => client.desks.list(undefined, { signal }), { everyMs: 15_000 })
  const sources = useQuery((client, signal) => client.sources.list(undefined, { signal }), { everyMs: 30_000 })
  const all = { listens, desks, sources }
  const rows = {
    listens: computed(() => listens.data.value ?? []),
    desks: computed(() =>
      (desks.data.value ?? [])
        .filter((row) => !row.desk.archived)
        .sort((a, b) => (a.desk.key || 10) - (b.desk.key || 10) || a.desk.name.localeCompare(b.desk.name)),
    ),
    sources: computed(() => sources.data.value ?? []),
  }
  const directory: Directory = {
    ...rows,
    listenById: computed(() => new Map(rows.listens.value.map((listen) => [listen.id, listen]))),
    deskById: computed(() => new Map((desks.data.value ?? []).map((row) => [row.desk.id, row]))),
    ready: computed(() => listens.data.value !== null && desks.data.value !== null),
    async refresh(what) {
      await Promise.all(what ? [all[what].refresh()] : Object.values(all).map((query) => query.refresh()))
    },
  }
  provide(directoryKey, directory)
  return directory
}
