import type { Reads, Writes } from '../reads.ts'
import { firstValue, run, statement } from '../connections.ts'
import type { RowOf } from '../table.ts'
import { apartTable, influenceTable, linkTable } from '../tables/persons.ts'

export interface AccountRow {
  author_key: number
  network: string
  author_id: string
  mentions: number
  handle: string | null
  name: string | null
  url: string | null
  cases: number
}

/** An author with the name, address and handle of their newest mention that was routed. */
export const accountRow = (db: Reads, authorKey: number): AccountRow | undefined =>
  statement<AccountRow>(
    db,
    `SELECT a.author_key, m.network, m.author_id, m.author_earlier + 1 AS mentions, m.author_handle AS handle,
       m.author_name AS name, m.author_url AS url,
       (SELECT count(*) FROM author_case c WHERE c.author_key = a.author_key) AS cases
     FROM known_account a JOIN mention m ON m.seq = a.last_seq WHERE a.author_key = ?`,
  ).get(authorKey)

/** Mentions and cases over all accounts of a person. */
export const personTotals = (db: Reads, personId: string): { mentions: number; cases: number } =>
  statement<{ mentions: number; cases: number }>(
    db,
    `SELECT coalesce(sum(m.author_earlier + 1), 0) AS mentions,
       coalesce(sum((SELECT count(*) FROM author_case c WHERE c.author_key = a.author_key)), 0) AS cases
     FROM person_account p JOIN known_account a ON a.author_key = p.author_key JOIN mention m ON m.seq = a.last_seq
     WHERE p.person_id = ?`,
  ).get(personId)!

export const rememberAccount = (db: Writes, authorKey: number, seq: number): void =>
  void statement(
    db,
    `INSERT INTO known_account (author_key, last_seq) VALUES (?, ?)
     ON CONFLICT (author_key) DO UPDATE SET last_seq = max(last_seq, excluded.last_seq)`,
  ).run(authorKey, seq)

/** Row of the account's newest mention that was routed; 0: none was. */
export const lastSeqOf = (db: Reads, authorKey: number): number =>
  firstValue<number>(db, 'SELECT last_seq FROM known_account WHERE author_key = ?', authorKey) ?? 0

export const addAlias = (db: Writes, alias: string, authorKey: number): boolean =>
  run(db, 'INSERT OR IGNORE INTO author_alias (alias, author_key) VALUES (?, ?)', alias, authorKey) > 0

export const authorsWithAlias = (db: Reads, alias: string, limit: number): number[] =>
  statement(db, 'SELECT author_key FROM author_alias WHERE alias = ? LIMIT ?').pluck().all(alias, limit) as number[]

export type LinkRow = RowOf<typeof linkTable>

export const linkOf = (db: Reads, authorKey: number): LinkRow | undefined => linkTable.get(db, authorKey)
export const linksOf = (db: Reads, personId: string): LinkRow[] =>
  linkTable.all(db, 'WHERE person_id = ? ORDER BY linked_at', personId)
export const writeLink = (db: Writes, row: LinkRow): void => linkTable.put(db, row)
export const removeLink = (db: Writes, authorKey: number): boolean => linkTable.remove(db, authorKey)

const pair = (a: number, b: number): [number, number] => (a < b ? [a, b] : [b, a])
export const areApart = (db: Reads, a: number, b: number): boolean => apartTable.get(db, ...pair(a, b)) !== undefined
export function setApart(db: Writes, a: number, b: number): void {
  const [one, other] = pair(a, b)
  apartTable.insert(db, { one, other }, 'IGNORE')
}
export const clearApart = (db: Writes, a: number, b: number): boolean => apartTable.remove(db, ...pair(a, b))

export type InfluenceRow = RowOf<typeof influenceTable>
export const influenceRow = (db: Reads, authorKey: number): InfluenceRow | undefined =>
  influenceTable.get(db, authorKey)
export const writeInfluence = (db: Writes, row: InfluenceRow): void => influenceTable.put(db, row)
