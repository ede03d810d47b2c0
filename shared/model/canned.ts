import { z } from 'zod'

/** A reply kept for reuse. `{author}`, `{brand}`, `{officer}`, `{desk}`, `{link}`, `{promise}` are filled in. */
export const CannedReply = z.object({
  id: z.string(),
  name: z.string().trim().min(1).max(120),
  /** BCP 47 primary subtag. */
  lang: z.string().min(2).max(12),
  text: z.string().min(1).max(10_000),
})
export type CannedReply = z.infer<typeof CannedReply>
export const CannedDraft = CannedReply.extend({ id: z.string().optional() })
export type CannedDraft = z.infer<typeof CannedDraft>
