import type { Listen } from '#shared/model/listen.ts'
import type { Reads, Writes } from '../reads.ts'
import { numbersOf } from '../listen-numbers.ts'
import { statement } from '../connections.ts'
import { listenTable } from '../tables/listens.ts'
import { ALL } from '../rollups.ts'
import { sumOf, totalOf } from './rollup-reads.ts'

/** Oldest first, without the removed ones. */
export const readListens = (db: Reads): Listen[] =>
  listenTable.all(db, 'WHERE removed_at IS NULL ORDER BY created_at, rowid')

/** undefined: there is none, or it was removed. */
export const readListen = (db: Reads, id: string): Listen | undefined =>
  listenTable.one(db, 'WHERE id = ? AND removed_at IS NULL', id)

/** Makes it, changes it, or brings it back when it was removed. */
export const writeListen = (db: Writes, listen: Listen): void => listenTable.put(db, listen, 'removed_at = NULL')

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
