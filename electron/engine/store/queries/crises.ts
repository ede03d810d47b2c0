import type { Crisis } from '#shared/model/crisis.ts'
import { statement } from '#engine/store/connections.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import type { RowOf } from '#engine/store/table.ts'
import { crisisTable } from '#engine/store/tables/crises.ts'

const fromRow = ({ content, ...row }: RowOf<typeof crisisTable>): Crisis => ({ ...content, ...row })

export const crisisById = (db: Reads, id: string): Crisis | undefined => {
  const row = crisisTable.get(db, id)
  return row && fromRow(row)
}

export const writeCrisis = (db: Writes, { id, state, since, endedAt, ...content }: Crisis): void =>
  crisisTable.put(db, { id, state, since, endedAt, content })

export const removeCrisis = (db: Writes, id: string): boolean => crisisTable.remove(db, id)

/** The newest first. */
export const openCrises = (db: Reads): Crisis[] =>
  crisisTable.all(db, "WHERE state = 'open' ORDER BY since DESC, id").map(fromRow)

/** Those that run first, then the others; each the newest first. */
export const newestCrises = (db: Reads, limit: number): Crisis[] =>
  crisisTable.all(db, "ORDER BY state = 'open' DESC, since DESC, id LIMIT ?", limit).map(fromRow)

/** Whether an entry about a crisis was taken back. */
export const crisisTakenBack = (db: Reads, seq: number): boolean =>
  statement(
    db,
    `SELECT 1 FROM journal WHERE seq > ? AND kind = 'crisis.undone' AND json_extract(data, '$.undoes') = ? LIMIT 1`,
  ).get(seq, seq) !== undefined
