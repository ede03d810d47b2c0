import type { CannedReply } from '#shared/model/canned.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import { cannedTable } from '#engine/store/tables/bodies.ts'

export const readCanned = (db: Reads): CannedReply[] =>
  cannedTable
    .all(db, 'ORDER BY id')
    .map(({ body }) => body)
    .sort((a, b) => a.name.localeCompare(b.name) || a.lang.localeCompare(b.lang))

export const writeCanned = (db: Writes, canned: CannedReply, at: number): void =>
  cannedTable.put(db, { id: canned.id, body: canned, updatedAt: at })

/** Whether there was one. */
export const deleteCanned = (db: Writes, id: string): boolean => cannedTable.remove(db, id)
