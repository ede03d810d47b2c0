import { z } from 'zod'
import { PersonView } from '#shared/model/person-view.ts'
import { read, write } from './base.ts'

/** 0 … 100 each; null: not known. */
export const InfluenceView = z.object({
  total: z.number().nullable(),
  reach: z.number().nullable(),
  resonance: z.number().nullable(),
  relevance: z.number().nullable(),
  history: z.number().nullable(),
})

const target = z.object({ mentionId: z.string(), account: z.string() })
const undo = z.object({ undo: z.number().int() })

export const persons = {
  /** Who wrote a mention, over networks, and who may be the same. */
  ofMention: read.input(z.object({ mentionId: z.string() })).output(PersonView),
  influence: read.input(z.object({ mentionId: z.string() })).output(InfluenceView.nullable()),
  link: write.input(target).output(undo),
  unlink: write.input(target).output(undo),
}
