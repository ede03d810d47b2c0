import { said } from '#shared/words/said.ts'
import { userFailure } from '#engine/platform/failure.ts'
import type { Said } from '#shared/model/said.ts'
import type { Actor, JournalEntry } from '#shared/model/journal.ts'
import type { Listen, ListenDraft } from '#shared/model/listen.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { newId } from '#shared/util/ids.ts'
import { createSignal } from '#shared/util/signal.ts'
import { takenBack } from '#engine/journal/taken-back.ts'
import { appendEntry } from '#engine/store/queries/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { readListen, readListens } from '#engine/store/queries/listens.ts'
import type { Store } from '#engine/store/store.ts'
import { unreadable } from './unreadable.ts'

export interface Listens {
  all(): Listen[]
  byId(id: string): Listen | undefined
  /** Makes or changes one. Throws a Failure when the query cannot be read or the id is not one of the saved. */
  save(draft: ListenDraft, actor: Actor): Listen
  /** Makes many, all or none, each with an entry of its own. Throws as `save` does. */
  saveAll(drafts: readonly ListenDraft[], actor: Actor): { listens: Listen[]; entries: number[] }
  /** Returns the number of the journal entry, for undo. What it heard stays in the journal and in old shifts. */
  remove(id: string, actor: Actor): number
  /** Takes back an entry `listen.saved` or `listen.removed`; says in words what is back. */
  undo(entry: JournalEntry, actor: Actor): Said
  /** Whether the routing rules look at what the listen hears. */
  isRouted(id: string): boolean
  /** Hands the saved listens to the matching; once, at the start. */
  start(): void
  /** Called after each change with all listens, and all as they were before it. */
  onChanged(listener: (listens: Listen[], before: Listen[]) => void): () => void
}

/** More than this help nobody, and every one is counted by the minute. */
const MOST = 10_000

// Long: one small function a thing that can be done to listens.
export function createListens(deps: {
  store: Store
  clock: Clock
  /** Of intake: what matches from the next batch on. */
  setListens(listens: readonly Listen[]): void
}): Listens {
  const { store, clock } = deps
  const changed = createSignal<[Listen[], Listen[]]>()
  let current = new Map(readListens(store).map((listen) => [listen.id, listen]))

  function reload(): void {
    const all = readListens(store)
    const before = [...current.values()]
    current = new Map(all.map((listen) => [listen.id, listen]))
    deps.setListens(all)
    changed.tell(all, before)
  }

  /** `after` null: removed. */
  function record(before: Listen | null, after: Listen | null, actor: Actor, undoes: number | null): number {
    const at = clock.now()
    const entry = store.transaction(() =>
      appendEntry(store, {
        at,
        kind: after ? 'listen.saved' : 'listen.removed',
        actor,
        data: { before, after, ...(undoes === null ? {} : { undoes }) },
      }),
    )
    reload()
    return entry
  }

  return {
    all: () => [...current.values()],
    byId: (id) => current.get(id),
    isRouted: (id) => current.get(id)?.routed ?? false,
    start: () => deps.setListens([...current.values()]),

    save(draft, actor) {
      const parsed = parseQuery(draft.query)
      if (!parsed.ok) throw unreadable(parsed.error)
      const before = draft.id === undefined ? null : (current.get(draft.id) ?? null)
      if (draft.id !== undefined && !before) {
        throw userFailure('listen.goneSaveNew')
      }
      if (!before && current.size >= MOST) throw userFailure('listen.tooMany', { n: MOST })
      const at = clock.now()
      const after: Listen = {
        ...draft,
        id: before?.id ?? newId('lis'),
        createdAt: before?.createdAt ?? at,
        updatedAt: at,
      }
      if (before && same(before, after)) return before
      record(before, after, actor, null)
      return after
    },

    saveAll(drafts, actor) {
      for (const { query } of drafts) {
        const parsed = parseQuery(query)
        if (!parsed.ok) throw unreadable(parsed.error)
      }
      if (current.size + drafts.length > MOST) throw userFailure('listen.tooMany', { n: MOST })
      const at = clock.now()
      const made = drafts.map((draft): Listen => ({ ...draft, id: newId('lis'), createdAt: at, updatedAt: at }))
      const entries = store.transaction(() =>
        made.map((after) => appendEntry(store, { at, kind: 'listen.saved', actor, data: { before: null, after } })),
      )
      reload()
      return { listens: made, entries }
    },

    remove(id, actor) {
      const before = current.get(id)
      if (!before) throw userFailure('listen.gone')
      return record(before, null, actor, null)
    },

    undo(entry, actor) {
      const { before, after } = entry.data as { before: Listen | null; after: Listen | null }
      const id = (before ?? after)?.id ?? ''
      const now = readListen(store, id) ?? null
      if (!takenBack(entry, (one) => (one === id ? (now ?? undefined) : undefined)))
        throw userFailure('undo.nameChangedSince', { name: now?.name ?? 'The listen' })
      record(now, before && { ...before, updatedAt: clock.now() }, actor, entry.seq)
      if (!before) return said('undo.nameRemoved', { name: after?.name ?? 'The listen' })
      return after ? said('undo.nameAsBefore', { name: before.name }) : said('undo.nameListens', { name: before.name })
    },

    onChanged: changed.on,
  }
}

const same = (a: Listen, b: Listen): boolean =>
  a.name === b.name &&
  a.colour === b.colour &&
  a.query === b.query &&
  (a.about ?? '') === (b.about ?? '') &&
  a.enabled === b.enabled &&
  a.routed === b.routed
