import type { AlertMessage } from '#shared/model/alert-message.ts'
import type { Payload } from '#shared/model/handoff-payload.ts'
import type { Actor } from '#shared/model/journal.ts'
import type { ParcelState } from '#shared/model/parcel.ts'
import type { NetworkWay } from '#shared/model/reply.ts'
import { fixed, flag, json, plain, saying, table, type RowOf } from '../table.ts'

/** What only one kind of parcel has. */
export interface ParcelContents {
  reply: {
    way: NetworkWay
    /** Whose name it leaves under; null: not known. */
    account: string | null
    text: string
    actor: Actor
    /** Journal entry that let it go. */
    entry: number
    /** As the officer chose them; absent: as what is answered has them. */
    warning?: string
    lang?: string
  }
  handoff: {
    /** What the senders make their message from; fixed when the case was handed off. */
    payload: Payload
    /** Until when its links hold; null: it was never sent, or none were asked for. */
    linksUntil: number | null
  }
  alert: {
    message: AlertMessage
    /** Until when its link holds; null: it was never sent. */
    linksUntil: number | null
    /** It waits for the end of quiet hours; what is over by then goes as one line with others. */
    held: boolean
    /** Other parcels whose word goes with this one. */
    with: string[]
  }
}
export type ParcelKind = keyof ParcelContents

/** What leaves: replies for customers, hand-offs for desks outside. */
export const parcelTable = table('parcels', ['id'], {
  id: plain<string>(),
  kind: fixed(plain<ParcelKind>()),
  caseId: fixed(plain<string>()),
  /** The source or channel that it leaves through, and what that was called then. */
  lane: fixed(plain<string>()),
  laneName: fixed(plain<string>()),
  state: plain<ParcelState>(),
  attempts: plain<number>(),
  /** An attempt ended without a word: a copy may have arrived. */
  maybeThere: flag(),
  /** Wanted back while it was on its way. */
  takeBack: flag(),
  createdAt: fixed(plain<number>()),
  triedAt: plain<number | null>(),
  nextAttemptAt: plain<number | null>(),
  sentAt: plain<number | null>(),
  advice: saying(),
  /** Where it stands on a network, to be known when it is heard. */
  network: fixed(plain<string | null>()),
  externalId: plain<string | null>(),
  url: plain<string | null>(),
  content: json<ParcelContents[ParcelKind]>(),
})

type Kept = Omit<RowOf<typeof parcelTable>, 'kind' | 'content'>
export type Parcel<K extends ParcelKind = ParcelKind> = {
  [Kind in K]: Kept & { kind: Kind; content: ParcelContents[Kind] }
}[K]
