import { z } from 'zod'
import { Instant } from './mention.ts'

/** The eight category colours of the style tokens, `--c1` … `--c8`. */
export const CategoryColour = z.number().int().min(1).max(8)

/** A saved boolean query with a name and a colour. */
export const Listen = z.object({
  id: z.string(),
  name: z.string().trim().min(1).max(120),
  colour: CategoryColour,
  /** Text of the query language, see docs/query-language.md. At most 16,384 characters. */
  query: z.string().min(1).max(16_384).meta({ wall: 'hidden' }),
  /** What it is about, in a person's words, and what is called the same and not meant; relevance begins with it. */
  about: z.string().max(2_000).optional().meta({ wall: 'hidden' }),
  /** Off: kept, but matches nothing new. */
  enabled: z.boolean(),
  /** Whether the routing rules look at what this listen hears. A competitor's name is heard but not routed. */
  routed: z.boolean(),
  createdAt: Instant,
  updatedAt: Instant,
})
export type Listen = z.infer<typeof Listen>

export const ListenDraft = Listen.omit({ id: true, createdAt: true, updatedAt: true }).extend({
  id: z.string().optional(),
})
export type ListenDraft = z.infer<typeof ListenDraft>
