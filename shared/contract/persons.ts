import { z } from 'zod'
import { read, write } from './base.ts'

/** One account of somebody, or one that may be theirs. */
export const PersonAccount = z.object({
  key: z.string(),
  network: z.string(),
  handle: z.string(),
  name: z.string().nullable(),
  url: z.string().nullable(),
  mentions: z.number().int(),
  cases: z.number().int(),
  /** 0 … 1: how sure it is that the account belongs to the same person. */
  confidence: z.number(),
  /** `sameHandle`, `sameName`, `handleIsName`, `linksToOther`; empty: an officer said so, or it is the author's own. */
  because: z.array(z.string()),
  /** false: a suggestion. */
  linked: z.boolean(),
})
export const PersonView = z.object({
  personId: z.string().nullable(),
  accounts: z.array(PersonAccount),
  /** Over all linked accounts. */
  mentions: z.number().int(),
  cases: z.number().int(),
})
export type PersonView = z.infer<typeof PersonView>

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
