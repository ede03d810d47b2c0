import type { JournalEntry } from '#shared/model/journal.ts'
import type { Reads } from '#engine/store/reads.ts'
import { allValues, firstValue } from '#engine/store/connections.ts'
import { parcelTable, type Parcel } from '#engine/store/tables/parcels.ts'
import { entryBySeq } from './journal.ts'

/** Messages to one recipient that have not left, oldest first. */
export const waitingMessages = (db: Reads, lane: string): Parcel<'alert'>[] =>
  parcelTable.all(
    db,
    "WHERE kind = 'alert' AND lane = ? AND next_attempt_at IS NOT NULL ORDER BY seq",
    lane,
  ) as Parcel<'alert'>[]

const cardKinds = [
  'alert.raised',
  'alert.worse',
  'alert.unsilenced',
  'alert.resolved',
  'alert.closed',
  'alert.noData',
  'alert.dataAgain',
]

/** What happened to cards after an entry, oldest first. By the entries' numbers: a kind has its entries all over the journal. */
export const cardEntriesAfter = (db: Reads, seq: number): JournalEntry[] =>
  allValues<number>(
    db,
    `SELECT seq FROM journal NOT INDEXED WHERE seq > ? AND kind IN (${cardKinds.map(() => '?').join()}) ORDER BY seq`,
    seq,
    ...cardKinds,
  ).flatMap((one) => entryBySeq(db, one) ?? [])

/** The desk that has the case of a mention; null: none. */
export const deskOfMention = (db: Reads, mentionId: string): string | null =>
  firstValue<string | null>(
    db,
    'SELECT desk_id FROM cases WHERE mention_id = ? ORDER BY seq DESC LIMIT 1',
    mentionId,
  ) ?? null
