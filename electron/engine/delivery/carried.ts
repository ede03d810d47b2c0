import type { SendResult } from '#shared/model/parcel.ts'
import type { Said } from '#shared/model/said.ts'
import type { Actor } from '#shared/model/journal.ts'
import { alertById, type StoredAlert } from '#engine/store/queries/alerts.ts'
import { caseById, type StoredCase } from '#engine/store/queries/cases.ts'
import type { Parcel, ParcelKind } from '#engine/store/queries/parcels.ts'
import type { Reads } from '#engine/store/reads.ts'
import type { DeliveryWords } from './verdict.ts'

/** What a kind of parcel is about. */
export interface Subjects {
  reply: StoredCase
  handoff: StoredCase
  alert: StoredAlert
}

/** undefined: it is not there any more. */
export const subjectOf = (
  reads: Reads,
  { kind, caseId }: Pick<Parcel, 'kind' | 'caseId'>,
): Subjects[ParcelKind] | undefined => (kind === 'alert' ? alertById(reads, caseId) : caseById(reads, caseId))

/** It is not sent yet: as it waits on, with the time at which it is due again. Written by whoever says so. */
export interface Later<K extends ParcelKind> {
  waits: Parcel<K>
}

/** What a parcel becomes instead of being sent. */
export interface Instead {
  state: 'failed' | 'unknown' | 'cancelled'
  advice: Said
}

/** What the outbox has to know of one kind of parcel. */
export interface Carried<K extends ParcelKind> {
  readonly words: DeliveryWords
  /** So many of one lane are under way at once. */
  readonly width: number
  /** Between the end of one and the begin of the next of a lane, in ms. */
  paceMs(lane: string): number
  /** Whether the receiver tells a second copy by its key. */
  repeatable(parcel: Parcel<K>): boolean
  /** Looks once more before it leaves: as it leaves, or what becomes of it instead. */
  ready(parcel: Parcel<K>): Parcel<K> | Instead | Later<K>
  /** One attempt; of what is `withdrawing`, to have it deleted. */
  send(parcel: Parcel<K>): Promise<SendResult>
  /**
   * Journals what became of it, with its case or alert. Inside the transaction that has written it. `cameBack`: the receiver's own
   * server gave it back, whatever the last attempt had said.
   */
  tell(known: Subjects[K], parcel: Parcel<K>, before: Parcel<K>, cameBack: boolean): void
  /** Somebody wants back what was sent. Returns what stays outside. Inside a transaction. */
  recall(known: Subjects[K], parcel: Parcel<K>, actor: Actor): Said
  /** Journals that a person sends it again, and gives it as it then leaves. Throws a Failure. Inside a transaction. */
  again(known: Subjects[K] | undefined, parcel: Parcel<K>, actor: Actor): Parcel<K>
}
