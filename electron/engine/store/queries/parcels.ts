import type { Reads, Writes } from '#engine/store/reads.ts'
import { statement } from '#engine/store/connections.ts'
import { parcelTable, type Parcel, type ParcelKind } from '#engine/store/tables/parcels.ts'

export type { Parcel, ParcelKind }

/** Inserts, or writes how far it came. */
export const putParcel = (db: Writes, parcel: Parcel): void => parcelTable.put(db, parcel)

export const parcelById = (db: Reads, id: string): Parcel | undefined =>
  parcelTable.one(db, 'WHERE id = ?', id) as Parcel | undefined

/** Oldest first. */
export const parcelsOfCase = <K extends ParcelKind>(db: Reads, kind: K, caseId: string): Parcel<K>[] =>
  parcelTable.all(db, 'WHERE case_id = ? AND kind = ? ORDER BY seq', caseId, kind) as Parcel<K>[]

/** A lane with something that waits, and when the first of it is due. */
export interface WaitingLane {
  kind: ParcelKind
  lane: string
  at: number
}
export const waitingLanes = (db: Reads): WaitingLane[] =>
  statement<WaitingLane>(
    db,
    'SELECT kind, lane, min(next_attempt_at) AS at FROM parcels WHERE next_attempt_at IS NOT NULL GROUP BY kind, lane',
  ).all()

/** What this lane sends next, in the order in which it was written. */
export const parcelsDue = (db: Reads, { kind, lane }: WaitingLane, now: number, limit: number): Parcel[] =>
  parcelTable.all(
    db,
    'WHERE kind = ? AND lane = ? AND next_attempt_at <= ? ORDER BY next_attempt_at, seq LIMIT ?',
    kind,
    lane,
    now,
    limit,
  ) as Parcel[]

/** What was on its way when the machine went down. */
export const parcelsInterrupted = (db: Reads): Parcel[] =>
  parcelTable.all(db, "WHERE state = 'sending' ORDER BY seq") as Parcel[]

/** The reply that is this post of a network; undefined: it is none of ours. `url` finds it on a server that gave it another id. */
export const replyThatIs = (
  db: Reads,
  network: string,
  externalId: string | null,
  url: string | null,
): Parcel<'reply'> | undefined =>
  ((externalId === null
    ? undefined
    : parcelTable.one(db, 'WHERE external_id = ? AND network = ?', externalId, network)) ??
    (url === null ? undefined : parcelTable.one(db, 'WHERE url = ? AND network = ?', url, network))) as
    Parcel<'reply'> | undefined

/** true: this mail is new here, and is now kept as taken for what was said about a parcel. Inside its transaction. */
export const claimLetter = (db: Writes, messageId: string, parcelId: string, at: number): boolean =>
  statement(
    db,
    'INSERT INTO desk_letters (message_id, handoff_id, at) VALUES (?, ?, ?) ON CONFLICT (message_id) DO NOTHING',
  ).run(messageId, parcelId, at).changes > 0
