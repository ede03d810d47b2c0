import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Said } from '#shared/model/said.ts'

/** Who must act: the caller (`user`), time (`operational`: try again), or us (`bug`: the engine's log has the detail). */
export const FailureKind = z.enum(['user', 'operational', 'bug'])

/**
 * The one error on the wire: who must act, and a sentence of the catalogues with what fills its holes. `values.field` and
 * `values.position` (a UTF-16 offset) say what of an input is meant.
 */
export const wireErrors = {
  FAILURE: {
    status: 400,
    data: z.object({
      kind: FailureKind,
      code: z.string(),
      values: z.record(z.string(), z.union([z.string(), z.number(), Said])).optional(),
      retryAfterMs: z.number().int().optional(),
    }),
  },
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
