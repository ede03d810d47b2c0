import { canonicalJson } from '#shared/util/canonical-json.ts'
import type { JournalEntry } from '#shared/model/journal.ts'
import type { Writes } from '#engine/store/reads.ts'

/**
 * Writes what an entry of the journal tells into the tables that follow from it. Live, in the transaction of the entry, and
 * again when `verify` builds those tables anew: so it reads nothing but the entry and tables that follow from the journal.
 */
export type Projection = (db: Writes, entry: JournalEntry) => void

interface Thing {
  id: string
}

const listOf = <One>(value: unknown): One[] => (value == null ? [] : ([value].flat() as One[]))

/** Things in `before` that are not in `after`. */
const goneOf = <One extends Thing>({ before, after }: Record<string, unknown>): One[] => {
  const kept = new Set(listOf<One>(after).map(({ id }) => id))
  return listOf<One>(before).filter(({ id }) => !kept.has(id))
}

/**
 * For entries `{before, after}` of one thing or of several: what is in `after` is saved, what is in `before` alone is gone.
 */
export const things =
  <One extends Thing>(
    save: (db: Writes, thing: One, at: number, data: Record<string, unknown>) => void,
    remove?: (db: Writes, id: string, at: number) => void,
  ): Projection =>
  (db, { at, data }) => {
    for (const { id } of goneOf<One>(data)) remove?.(db, id, at)
    for (const thing of listOf<One>(data.after)) save(db, thing, at, data)
  }

/** What a further entry says that takes such an entry back. */
export const turnedRound = ({ before, after }: Record<string, unknown>): { before: unknown; after: unknown } => ({
  before: after ?? null,
  after: before ?? null,
})

/** Whether everything that the entry saved or removed is as it left it. `current`: as it is now; undefined: not there. */
export function asLeft(data: Record<string, unknown>, current: (id: string) => unknown): boolean {
  const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b)
  return (
    listOf<Thing>(data.after).every((thing) => same(current(thing.id), thing)) &&
    goneOf(data).every(({ id }) => current(id) === undefined)
  )
}
