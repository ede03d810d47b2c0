import { journalKinds, type JournalEntry } from '#shared/model/journal.ts'
import { allValues } from '#engine/store/connections.ts'
import type { Reads } from '#engine/store/reads.ts'
import type { StoredAlert } from './alerts.ts'
import { entryBySeq } from './journal.ts'

const kinds = journalKinds.filter((kind) => kind.startsWith('alert.'))

/** Entries about it, oldest first; they are after the card's own first one. */
export const entriesOfAlert = (db: Reads, { id, since }: StoredAlert): JournalEntry[] =>
  allValues<number>(
    db,
    `SELECT seq FROM journal WHERE kind IN (${kinds.map(() => '?').join()}) AND at >= ? AND json_valid(data)
       AND json_extract(data, '$.alert') = ? ORDER BY seq`,
    ...kinds,
    since,
    id,
  ).flatMap((seq) => entryBySeq(db, seq) ?? [])
