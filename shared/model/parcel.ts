import { z } from 'zod'
import type { Said } from './said.ts'

/**
 * How far something came that leaves for a customer or a desk.
 * - `queued`: waits for its time; can still be taken back without a trace
 * - `sending`: on its way this very moment, or when the machine went down
 * - `sent`: the receiver took it
 * - `failed`: the receiver did not take it
 * - `unknown`: it may be out; somebody has to look before it is sent again
 * - `cancelled`: taken back before it left
 * - `withdrawing`, `withdrawn`: deleted on the network, as far as the network can
 */
export const parcelStates = [
  'queued', 'sending', 'sent', 'failed', 'unknown', 'cancelled', 'withdrawing', 'withdrawn',
] as const // prettier-ignore
export const ParcelState = z.enum(parcelStates)
export type ParcelState = z.infer<typeof ParcelState>

/** Where something is that was sent, so that it can be shown, recognised when it is heard, and taken back. */
export interface SentPlace {
  externalId: string
  url: string | null
}

/**
 * How one attempt ended.
 * - `sent`: the receiver said so; `sent` says where, if it stands somewhere
 * - `later`: nothing was accepted; try again, not before `retryAfterMs`
 * - `refused`: it will not be accepted as it is; a person must act
 * - `unknown`: it may have been accepted
 */
export interface SendResult {
  outcome: 'sent' | 'later' | 'refused' | 'unknown'
  sent?: SentPlace | null
  /** What happened and what to do, to be shown to an officer; never a secret. */
  advice: Said | null
  retryAfterMs: number | null
  /** The wait is the receiver's for the whole account, not for this parcel alone. */
  all?: boolean
}
