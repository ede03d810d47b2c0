import { z } from 'zod'

export const LearningStatus = z.object({
  /** Corrections that labels are shaped by, and those that are kept back as a check. */
  learns: z.number().int(),
  checks: z.number().int(),
  /** Of the checks, how many the shipped model and the station's own would get right. */
  rightBefore: z.number().int(),
  rightAfter: z.number().int(),
  /** false: nothing learned yet, or what was learned did worse on the checks and is left out. */
  inUse: z.boolean(),
  /** Words that moved most; above zero towards positive. */
  words: z.array(z.object({ word: z.string(), pull: z.number() })),
})
export type LearningStatus = z.infer<typeof LearningStatus>

/** A part or a symptom of the lexicon, or a name of the station's own. */
export const KnownConcept = z.object({
  id: z.string(),
  kind: z.enum(['part', 'symptom', 'own']),
  /** The matter that it belongs to: `delivery`; null: none that most companies hear of. */
  matter: z.string().nullable(),
  label: z.string(),
})
export type KnownConcept = z.infer<typeof KnownConcept>
