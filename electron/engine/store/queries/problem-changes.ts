import type { JournalEntry } from '#shared/model/journal.ts'
import { allValues, firstValue } from '#engine/store/connections.ts'
import type { Reads } from '#engine/store/reads.ts'
import { entryBySeq } from './journal.ts'
import { problemId } from './problems.ts'

/** The last entry that sorted problems, by its number; 0: none did. */
export const lastProblemChange = (db: Reads): number =>
  firstValue<number>(db, `SELECT seq FROM journal WHERE kind = 'problem.changed' ORDER BY at DESC, seq DESC LIMIT 1`) ??
  0

/** What moved mentions from one problem to another since then, oldest first. */
export const problemChangesSince = (db: Reads, since: number): JournalEntry[] =>
  allValues<number>(
    db,
    `SELECT seq FROM journal WHERE kind = 'problem.changed' AND at >= ? AND json_valid(data)
       AND data ->> '$.to' IS NOT NULL ORDER BY seq`,
    since,
  ).flatMap((seq) => entryBySeq(db, seq) ?? [])

/** What was decided about these problems since then, and what went from them to others, oldest first. */
export const changesOfProblems = (db: Reads, nos: readonly number[], since: number, limit: number): JournalEntry[] =>
  allValues<number>(
    db,
    `SELECT seq FROM journal WHERE kind = 'problem.changed' AND at >= ? AND json_valid(data)
       AND data ->> '$.problemId' IN (SELECT value FROM json_each(?)) ORDER BY seq DESC LIMIT ?`,
    since,
    JSON.stringify(nos.map(problemId)),
    limit,
  )
    .reverse()
    .flatMap((seq) => entryBySeq(db, seq) ?? [])
