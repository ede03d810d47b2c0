import type { Reads, Writes } from '#engine/store/reads.ts'
import type { RowOf } from '#engine/store/table.ts'
import { dismissedTable } from '#engine/store/tables/learning.ts'

type DismissedProposal = RowOf<typeof dismissedTable>

export const readDismissed = (db: Reads, key: string): DismissedProposal | undefined => dismissedTable.get(db, key)
export const writeDismissed = (db: Writes, row: DismissedProposal): void => dismissedTable.put(db, row)
export const removeDismissed = (db: Writes, key: string): boolean => dismissedTable.remove(db, key)
