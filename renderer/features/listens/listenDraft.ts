import { cut } from '#shared/util/text-length.ts'
import type { Listen, ListenDraft } from '#shared/model/listen.ts'

/** What a new listen starts as: the colour that is used least comes first, so that two listens rarely look alike. */
export function emptyListen(existing: readonly Pick<Listen, 'colour'>[]): ListenDraft {
  const used = new Map<number, number>()
  for (const { colour } of existing) used.set(colour, (used.get(colour) ?? 0) + 1)
  let colour = 1
  for (let candidate = 2; candidate <= 8; candidate++)
    if ((used.get(candidate) ?? 0) < (used.get(colour) ?? 0)) colour = candidate
  return { name: '', colour, query: '', enabled: true, routed: true }
}

/** The draft that edits a saved listen; of a draft, itself. Always in the same order, so that two can be compared as text. */
export function draftOf(listen: Listen | ListenDraft): ListenDraft {
  const { id, name, colour, query, about, enabled, routed } = listen
  return { ...(id === undefined ? {} : { id }), name, colour, query, ...(about ? { about } : {}), enabled, routed }
}

/** A copy under a name that is still free: `Brewly`, `Brewly 2`, `Brewly 3`. */
export function duplicateOf(listen: ListenDraft, existing: readonly Pick<Listen, 'name'>[]): ListenDraft {
  const taken = new Set(existing.map((other) => other.name))
  const stem = listen.name.replace(/ \d+$/, '')
  let number = 2
  while (taken.has(`${stem} ${number}`)) number++
  const { id: _, ...rest } = listen
  return { ...rest, name: cut(`${stem} ${number}`, 120) }
}

/** Whether an edit differs from what is saved. */
export function isChanged(draft: ListenDraft, saved: ListenDraft | null): boolean {
  if (!saved) return draft.name.trim() !== '' || draft.query.trim() !== ''
  return (
    (['name', 'colour', 'query', 'enabled', 'routed'] as const).some((key) => draft[key] !== saved[key]) ||
    (draft.about ?? '') !== (saved.about ?? '')
  )
}

/** What stands against saving; empty when nothing does. */
export function draftFaults(draft: ListenDraft): ('name' | 'query' | 'long')[] {
  const faults: ('name' | 'query' | 'long')[] = []
  if (draft.name.trim() === '') faults.push('name')
  if (draft.query.trim() === '') faults.push('query')
  if (draft.query.length > 16_384) faults.push('long')
  return faults
}
