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

/** Reads: officers and walls. */
export const read = oc.$meta<Meta>({ write: false }).errors(wireErrors)
/** Changes something: refused to a wall, on the engine's side. */
export const write = oc.$meta<Meta>({ write: true }).errors(wireErrors)

export interface Meta {
  write: boolean
}

/** Opaque to the caller: where the next page begins. */
export const Cursor = z.string().max(200)
