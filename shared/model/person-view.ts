import { z } from 'zod'

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
