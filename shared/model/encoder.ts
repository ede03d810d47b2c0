import { z } from 'zod'
import { Said } from './said.ts'

/** What tells how alike two texts are. */
export const EncoderState = z.object({
  /** Name and version. */
  model: z.string(),
  /** A person's own, from the folder. */
  own: z.boolean(),
  dimensions: z.number().int(),
  bytes: z.number().int(),
  /** Measured on this machine, on one thread. */
  msPerText: z.number(),
  /** Where a sentence model of one's own is put. */
  folder: z.string(),
  /** Why a file that lies there is not used; the built-in one serves. */
  refused: Said.nullable(),
})
export type EncoderState = z.infer<typeof EncoderState>
