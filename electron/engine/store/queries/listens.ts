import type { Listen } from '#shared/model/listen.ts'
import type { Reads, Writes } from '../reads.ts'
import { numbersOf } from '../listen-numbers.ts'
import { statement } from '../connections.ts'
import { ALL } from '../rollups.ts'
import { sumOf, totalOf } from './rollup-reads.ts'

interface Row {
  id: string
  name: string
  colour: number
  query: string
  enabled: number
  routed: number
  created_at: number
  updated_at: number
}

const columns = 'id, name, colour, query, enabled, routed, created_at, updated_at'

const fromRow = (row: Row): Listen => ({
  id: row.id,
  name: row.name,
  colour: row.colour,
  query: row.query,
  enabled: row.enabled === 1,
  routed: row.routed === 1,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

/** Oldest first, without the removed ones. */
export const readListens = (db: Reads): Listen[] =>
  statement<Row>(db, `SELECT ${columns} FROM listens WHERE removed_at IS NULL ORDER BY created_at, rowid`)
    .all()
    .map(fromRow)

/** undefined: there is none, or it was removed. */
export function readListen(db: Reads, id: string): Listen | undefined {
  const row = statement<Row>(db, `SELECT ${columns} FROM listens WHERE id = ? AND removed_at IS NULL`).get(id)
  return row && fromRow(row)
}

/** Makes it, changes it, or brings it back when it was removed. */
export function writeListen(db: Writes, listen: Listen): void {
  statement(
    db,
    `INSERT INTO listens (${columns}) VALUES (@id, @name, @colour, @query, @enabled, @routed, @createdAt, @updatedAt)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, colour = excluded.colour, query = excluded.query,
       enabled = excluded.enabled, routed = excluded.routed, updated_at = excluded.updated_at, removed_at = NULL`,
  ).run({ ...listen, enabled: listen.enabled ? 1 : 0, routed: listen.routed ? 1 : 0 })
}

export const markListenRemoved = (db: Writes, id: string, at: number): void => {
  statement(db, 'UPDATE listens SET removed_at = ? WHERE id = ?').run(at, id)
}

/** Far enough ahead that a publisher's wrong clock is still counted. */
const END_OF_TIME = Date.UTC(2200, 0, 1)

/** Mentions that a listen heard: published between `from` and `to`, and all. Both 0 for one that never matched yet. */
export function listenCounts(db: Reads, id: string, from: number, to: number): { between: number; inAll: number } {
  const [no] = numbersOf(db, [id])
  if (no === undefined) return { between: 0, inAll: 0 }
  return {
    between: totalOf(sumOf(db, no, ALL, from, to)),
    inAll: totalOf(sumOf(db, no, ALL, 0, END_OF_TIME)),
  }
}
