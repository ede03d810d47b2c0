import { crisisDecisionKinds, type Crisis } from '#shared/model/crisis.ts'
import type { JournalEntry } from '#shared/model/journal.ts'
import { allValues } from '#engine/store/connections.ts'
import type { Reads } from '#engine/store/reads.ts'
import { entryBySeq } from './journal.ts'

const kinds = [...crisisDecisionKinds, 'crisis.undone']

/** Entries about it, oldest first. */
export const entriesOfCrisis = (db: Reads, { id, startedAt }: Crisis): JournalEntry[] =>
  allValues<number>(
    db,
    `SELECT seq FROM journal WHERE kind IN (${kinds.map(() => '?').join()}) AND at >= ? AND json_valid(data)
       AND json_extract(data, '$.crisis') = ? ORDER BY seq`,
    ...kinds,
    startedAt,
    id,
  ).flatMap((seq) => entryBySeq(db, seq) ?? [])
