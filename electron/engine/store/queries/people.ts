import type { Person } from '#shared/model/person.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import { readable } from '#engine/store/broken-rows.ts'
import { statement } from '#engine/store/connections.ts'
import { peopleTable } from '#engine/store/tables/bodies.ts'

export const personById = (db: Reads, id: string): Person | undefined => peopleTable.get(db, id)?.body

/** Whether there is such a row, also one that cannot be read. */
export const hasPerson = (db: Reads, id: string): boolean =>
  statement(db, 'SELECT 1 FROM people WHERE id = ?').get(id) !== undefined

export const personByEmail = (db: Reads, email: string): Person | undefined =>
  peopleTable.one(db, `WHERE email = ? AND email <> ''`, email)?.body

/** The one person of this name without an address; undefined when there is none. */
export const personByName = (db: Reads, name: string): Person | undefined =>
  peopleTable.one(db, `WHERE name = ? COLLATE NOCASE AND email = '' ORDER BY id LIMIT 1`, name)?.body

interface Row {
  id: string
  body: string
}

/** The people of rows with their ids and bodies. */
const peopleIn = (db: Reads, rows: readonly Row[]): Person[] =>
  readable(
    db,
    'people',
    rows,
    ({ id }) => id,
    ({ body }) => JSON.parse(body) as Person,
  )

/** Inserts or replaces, with the desks the person belongs to. */
export function writePerson(db: Writes, person: Person, at: number): void {
  const { id, name, email, archived } = person
  peopleTable.put(db, { id, name, email, archived, body: person, updatedAt: at })
  statement(db, 'DELETE FROM people_desks WHERE person_id = ?').run(person.id)
  if (person.archived) return
  const join = statement(db, 'INSERT OR IGNORE INTO people_desks (desk_id, person_id) VALUES (?, ?)')
  for (const deskId of person.deskIds) join.run(deskId, person.id)
}

export const peopleOfDesk = (db: Reads, deskId: string): Person[] =>
  peopleIn(
    db,
    statement<Row>(
      db,
      'SELECT p.id, p.body FROM people_desks d JOIN people p ON p.id = d.person_id WHERE d.desk_id = ? ORDER BY p.id',
    ).all(deskId),
  )

export interface PeopleQuery {
  /** Part of the name or address; empty: all. */
  search: string
  deskId: string | null
  /** Id of the last one of the page before; somebody whom the file does not have is before nobody. */
  after: string | null
  limit: number
}

/**
 * `p` is the index people_list, or the people of one desk. Names are looked through in the index; a row is read only for what
 * is shown.
 */
const from = (deskId: string | null): string =>
  deskId === null
    ? 'people p INDEXED BY people_list WHERE p.archived = 0'
    : 'people_desks d CROSS JOIN people p ON p.id = d.person_id WHERE d.desk_id = @deskId AND p.archived = 0'

const wanted = ({ deskId, search }: PeopleQuery): string =>
  from(deskId) + (search === '' ? '' : ` AND (p.name LIKE @search ESCAPE '\\' OR p.email LIKE @search ESCAPE '\\')`)

const bound = ({ search, deskId }: PeopleQuery): { search?: string; deskId?: string } => ({
  ...(search !== '' && { search: `%${search.replace(/[\\%_]/g, '\\$&')}%` }),
  ...(deskId !== null && { deskId }),
})

/** By name. `next`: the last one's id when there are more, whether or not all rows of the page could be read. */
export function peoplePage(db: Reads, query: PeopleQuery): { people: Person[]; next: string | null } {
  const { after, limit } = query
  const behind =
    after === null
      ? ''
      : 'AND (p.name COLLATE NOCASE, p.id) > ((SELECT name FROM people WHERE id = @after) COLLATE NOCASE, @after)'
  const rows = statement<Row>(
    db,
    `SELECT p.id, p.body FROM ${wanted(query)} ${behind} ORDER BY p.name COLLATE NOCASE, p.id LIMIT @limit`,
  ).all({ ...bound(query), ...(after !== null && { after }), limit: limit + 1 })
  const shown = rows.slice(0, limit)
  return { people: peopleIn(db, shown), next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null }
}

export const peopleCount = (db: Reads, query: PeopleQuery): number =>
  statement<{ n: number }>(db, `SELECT COUNT(*) AS n FROM ${wanted(query)}`).get(bound(query))?.n ?? 0

export interface HeldByPerson {
  personId: string
  open: number
  /** When anything of theirs last changed; 0: never. */
  lastAt: number
}

/** What these people hold now. Two index look-ups a person, however many cases they ever had. */
export const heldBy = (db: Reads, personIds: readonly string[]): HeldByPerson[] =>
  statement<HeldByPerson>(
    db,
    `SELECT value AS personId,
       (SELECT COUNT(*) FROM cases WHERE officer_id = value AND state <> 'closed' AND state IN ('routed', 'accepted')) AS open,
       COALESCE((SELECT MAX(updated_at) FROM cases WHERE officer_id = value AND officer_id IS NOT NULL), 0) AS lastAt
     FROM json_each(?)`,
  ).all(JSON.stringify(personIds))
