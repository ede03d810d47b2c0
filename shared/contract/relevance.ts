import { z } from 'zod'
import { RelevanceStatus } from '#shared/model/relevance.ts'
import { read, write } from './base.ts'

export const relevance = {
  /** An officer says whether a mention is about what its listens are for. They learn from it; `undo` unlearns. */
  mark: write
    .input(z.object({ mentionId: z.string(), relevant: z.boolean() }))
    .output(z.object({ undo: z.number().int() })),
  status: read.input(z.object({ listenId: z.string() })).output(RelevanceStatus),
  /** The listen forgets all decisions so far. */
  forget: write.input(z.object({ listenId: z.string() })).output(z.object({ undo: z.number().int() })),
}
