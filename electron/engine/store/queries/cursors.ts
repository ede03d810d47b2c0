import type { Reads, Writes } from '../reads.ts'
import { cursorTable } from '../tables/station.ts'

/** What the connector asked to remember, or null on the first fetch. */
export const readCursor = (db: Reads, sourceId: string): string | null => cursorTable.get(db, sourceId)?.cursor ?? null

/** Called inside the transaction that stores the rows the cursor stands for. null forgets it. */
export function writeCursor(db: Writes, sourceId: string, cursor: string | null, at: number): void {
  if (cursor === null) cursorTable.remove(db, sourceId)
  else cursorTable.put(db, { sourceId, cursor, updatedAt: at })
}
