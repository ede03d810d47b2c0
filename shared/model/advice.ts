import { z } from 'zod'
import { Priority } from './rule.ts'
import { Instant } from './mention.ts'

/** Where a mention like this one went before. Followed by itself only from the certainty on that the officer set. */
export const Suggestion = z.object({
  deskId: z.string(),
  deskName: z.string(),
  priority: Priority,
  /** 0 … 1. Learned from decisions and checked on some that were held back; before that, the share of like cases. */
  certainty: z.number().min(0).max(1),
  /** How many earlier cases it rests on, and the closest of them. */
  precedents: z.number().int(),
  /** Words of the text that spoke for it. */
  words: z.array(z.string()),
  /** What it has in common with most of those cases, in whatever language: `part/card-payment`, `symptom/is-declined`. */
  concepts: z.array(z.string()),
  /** false: too little was decided yet to know how far the certainty can be trusted. */
  checked: z.boolean(),
  examples: z.array(z.object({ caseId: z.string(), text: z.string(), reply: z.string().nullable() })),
})
export type Suggestion = z.infer<typeof Suggestion>

/** Words that were answered before; `{author}` stands for the customer's name. */
export const ReplySuggestion = z.object({
  text: z.string(),
  /** `solution`: for the same problem, by whoever solved it. `precedent`: in like cases. */
  kind: z.enum(['solution', 'precedent']),
  /** Share of the like cases, weighted by likeness, that got this answer, 0 … 1. */
  certainty: z.number().min(0).max(1),
  cases: z.number().int(),
  /** The newest case that got it. */
  caseId: z.string(),
  deskName: z.string(),
  at: Instant,
})
export type ReplySuggestion = z.infer<typeof ReplySuggestion>
