import type { Reads } from '#engine/store/reads.ts'
import { allRows, statement } from '#engine/store/connections.ts'

/** How many people each desk has. */
const deskHeadcounts = (db: Reads): Map<string, number> =>
  new Map(
    allRows<{ deskId: string; n: number }>(
      db,
      'SELECT desk_id AS deskId, COUNT(*) AS n FROM people_desks GROUP BY desk_id',
    ).map(({ deskId, n }) => [deskId, n]),
  )

/** The house of any size in a few numbers. */
export const headcounts = (db: Reads) => ({ counts: deskHeadcounts(db), withoutDesk: peopleWithoutDesk(db, 3) })

/** People who belong to no desk: how many, and the names of the first few. */
function peopleWithoutDesk(db: Reads, most: number): { count: number; names: string[] } {
  const without = 'archived = 0 AND id NOT IN (SELECT person_id FROM people_desks)'
  const count = statement<{ n: number }>(db, `SELECT COUNT(*) AS n FROM people WHERE ${without}`).get()?.n ?? 0
  if (count === 0) return { count, names: [] }
  const rows = statement<{ name: string }>(db, `SELECT name FROM people WHERE ${without} ORDER BY name, id LIMIT ?`)
  return { count, names: rows.all(most).map(({ name }) => name) }
}
