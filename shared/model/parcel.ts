import { z } from 'zod'

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
