import type { Case } from '#shared/model/case.ts'
import { statement } from '#engine/store/connections.ts'
import { rowOf } from '#engine/store/station-id.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import { caseTable } from '#engine/store/tables/cases.ts'

/** A case with what only the store keeps beside it. */
export interface StoredCase extends Case {
  /** Keys of the mention's author and conversation. */
  authorKey: number | null
  threadKey: number | null
  /** When the running clock started: opening, or the last opening again. */
  clockFrom: number
  /** How many of the desk's actions for long waiting have been taken since `queuedAt`. */
  waited: number
}

/** The case as the wire knows it. */
export function publicCase(stored: StoredCase): Case {
  const { authorKey: _author, threadKey: _thread, clockFrom: _from, waited: _waited, ...rest } = stored
  return rest
}

export const caseById = (db: Reads, id: string): StoredCase | undefined => caseTable.one(db, 'WHERE id = ?', id)

export const caseOfMention = (db: Reads, mentionId: string): StoredCase | undefined =>
  caseTable.one(db, 'WHERE mention_id = ?', mentionId)

/** How many cases the authors with these keys have had. */
export function caseCountsOfAuthors(db: Reads, authorKeys: readonly number[]): Map<number, number> {
  const rows = statement<{ key: number; n: number }>(
    db,
    `SELECT author_key AS key, COUNT(*) AS n FROM cases
     WHERE author_key IN (SELECT value FROM json_each(?)) GROUP BY author_key`,
  ).all(JSON.stringify(authorKeys))
  return new Map(rows.map((row) => [row.key, row.n]))
}

/** Tags of an author's newest 50 cases, each once. */
export function tagsOfAuthor(db: Reads, authorKey: number): string[] {
  const rows = statement<{ tag: string }>(
    db,
    `SELECT DISTINCT t.value AS tag FROM (SELECT tags FROM cases WHERE author_key = ? ORDER BY seq DESC LIMIT 50) c,
       json_each(iif(json_valid(c.tags), c.tags, '[]')) t`,
  ).all(authorKey)
  return rows.map((row) => row.tag)
}

/** The newest case of an author in a conversation: the one that their next message there is about. */
export const caseOfConversation = (db: Reads, threadKey: number, authorKey: number): StoredCase | undefined =>
  caseTable.one(db, 'WHERE thread_key = ? AND author_key = ? ORDER BY seq DESC LIMIT 1', threadKey, authorKey)

/** An author's newest cases, newest first. */
export const casesOfAuthor = (db: Reads, authorKey: number, most: number): StoredCase[] =>
  caseTable.all(db, 'WHERE author_key = ? ORDER BY seq DESC LIMIT ?', authorKey, most)

/** Every case, oldest first. For rebuilding and checking; walks the table. */
export const allCases = (db: Reads): Generator<StoredCase> => caseTable.each(db, 'ORDER BY seq')

/** Inserts or replaces the projection's row. */
export const putCase = (db: Writes, c: StoredCase): void =>
  caseTable.put(db, { ...c, mentionSeq: rowOf(db, c.mentionId) })

/** Its mention is gone. */
export const deleteCase = (db: Writes, id: string): boolean => caseTable.remove(db, id)

/** Before they are made again from the journal. */
export const deleteCases = (db: Writes): void => {
  statement(db, 'DELETE FROM cases').run()
}
