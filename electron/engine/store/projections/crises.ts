import type { Crisis } from '#shared/model/crisis.ts'
import { crisisById, removeCrisis, writeCrisis } from '#engine/store/queries/crises.ts'
import type { Projection } from './projection.ts'

/**
 * Fields of a crisis by name, and members of its lists as `list/id`, so that two people who tick two steps do not overwrite one
 * another and each can take back their own. null of a member: it is not there.
 */
export type CrisisPatch = Record<string, unknown>

/** What an entry about a crisis says. `after` null: there is none any more; `before` null: there was none. */
export interface CrisisChange {
  crisis: string
  before: CrisisPatch | null
  after: CrisisPatch | null
}

type Member = { id: string; place?: number }
const partsOf = (path: string): [string, string | undefined] => {
  const slash = path.indexOf('/')
  return slash < 0 ? [path, undefined] : [path.slice(0, slash), path.slice(slash + 1)]
}
const listOf = (crisis: Crisis, name: string): Member[] => (crisis as unknown as Record<string, Member[]>)[name] ?? []

/** A field, or a member of a list; null where there is none. */
export function valueAt(crisis: Crisis, path: string): unknown {
  const [name, id] = partsOf(path)
  if (id === undefined) return (crisis as unknown as Record<string, unknown>)[name] ?? null
  return listOf(crisis, name).find((one) => one.id === id) ?? null
}

export function patched(crisis: Crisis, patch: CrisisPatch): Crisis {
  const next = { ...crisis } as unknown as Record<string, unknown>
  for (const [path, value] of Object.entries(patch)) {
    const [name, id] = partsOf(path)
    if (id === undefined) {
      next[name] = value
      continue
    }
    const all = (next[name] as Member[] | undefined) ?? []
    const at = all.findIndex((one) => one.id === id)
    const member = value as Member | null
    if (member === null) next[name] = all.filter((one) => one.id !== id)
    else if (at >= 0) next[name] = all.with(at, member)
    // One that comes back stands where it stood.
    else next[name] = [...all, member].sort((a, b) => (a.place ?? 0) - (b.place ?? 0))
  }
  return next as unknown as Crisis
}

export const crises: Projection = (db, { data }) => {
  const { crisis: id, before, after } = data as unknown as CrisisChange
  if (after === null) return void removeCrisis(db, id)
  const known = crisisById(db, id)
  if (known) return writeCrisis(db, patched(known, after))
  if (before === null) writeCrisis(db, after as unknown as Crisis)
}
