import { oc } from '@orpc/contract'
import { z } from 'zod'

/**
 * The closed list of errors on the wire. By who must act: the caller (BAD_INPUT, NOT_FOUND, CONFLICT, FORBIDDEN),
 * time (UNAVAILABLE: try again), or us (BUG: the detail is in the engine's log under `reference`).
 */
export const wireErrors = {
  BAD_INPUT: {
    status: 400,
    data: z.object({ field: z.string().optional(), position: z.number().int().optional() }).optional(),
  },
  FORBIDDEN: { status: 403 },
  NOT_FOUND: { status: 404 },
  CONFLICT: { status: 409 },
  UNAVAILABLE: { status: 503, data: z.object({ retryAfterMs: z.number().int().optional() }).optional() },
  BUG: { status: 500, data: z.object({ reference: z.string() }).optional() },
} as const

/**
 * `masked`: what the output's schema covers is covered, see `shared/model/rights.ts`. `open`: all of it. A call that says
 * nothing of a role is refused to it.
 */
export type Right = 'masked' | 'open'

export interface Meta {
  write: boolean
  /** What a wall gets: it hangs in a room with visitors, and its address is known to more people than an officer's. */
  wall?: Right
}

/** Reads of officers. */
export const read = oc.$meta<Meta>({ write: false }).errors(wireErrors)
/** Reads of walls too, without what is covered there. */
export const readMasked = read.meta({ write: false, wall: 'masked' })
/** Reads of walls too, as they are: numbers, and what officers hung up to be seen. */
export const readOpen = read.meta({ write: false, wall: 'open' })
/** Changes something: officers alone. */
export const write = oc.$meta<Meta>({ write: true }).errors(wireErrors)

/** Opaque to the caller: where the next page begins. */
export const Cursor = z.string().max(200)
