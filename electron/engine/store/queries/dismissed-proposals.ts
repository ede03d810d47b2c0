import type { Reads, Writes } from '#engine/store/reads.ts'
import { statement } from '#engine/store/connections.ts'

export interface DismissedProposal {
  key: string
  /** Corrections that spoke for it then. */
  support: number
  at: number
  byName: string
}

export const readDismissed = (db: Reads): Map<string, DismissedProposal> =>
  new Map(
    statement<DismissedProposal>(db, 'SELECT key, support, at, by_name AS byName FROM dismissed_proposal')
      .all()
      .map((row) => [row.key, row]),
  )

export function writeDismissed(db: Writes, row: DismissedProposal): void {
  statement(
    db,
    `INSERT INTO dismissed_proposal (key, support, at, by_name) VALUES (@key, @support, @at, @byName)
     ON CONFLICT (key) DO UPDATE SET support = excluded.support, at = excluded.at, by_name = excluded.by_name`,
  ).run(row)
}

/** Says whether there was one. */
export const removeDismissed = (db: Writes, key: string): boolean =>
  statement(db, 'DELETE FROM dismissed_proposal WHERE key = ?').run(key).changes > 0
