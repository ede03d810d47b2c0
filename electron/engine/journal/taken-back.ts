import type { JournalEntry } from '#shared/model/journal.ts'
import { asLeft, turnedRound } from '#engine/store/projections/projection.ts'

/**
 * What a further entry says that takes back one which saved or removed things: each is as it was before. null: something was
 * changed again since, and nothing may be undone. `current`: a thing as it is now; undefined: it is not there.
 */
export const takenBack = (
  { seq, data }: JournalEntry,
  current: (id: string) => unknown,
): { before: unknown; after: unknown; undoes: number } | null =>
  asLeft(data, current) ? { ...turnedRound(data), undoes: seq } : null
