import { z } from 'zod'

/** From this certainty on a mention belongs; from the lower one on a person is asked. Chosen on the `train` part of the corpus; `evaluate categories` measures them on its `check` part. */
export const BELONGS_FROM = 0.5
export const UNSURE_FROM = 0.25

export const MOST_CATEGORIES = 50
/** Of one category, written in Settings; marked mentions come on top. */
export const MOST_TEXTS = 100
export const LONGEST_TEXT = 2_000

/** A kind of mention that this station tells apart by examples: a name and what shows it. */
export const Category = z.object({
  id: z.string(),
  /** No two are called the same, however they are written. */
  name: z.string().trim().min(1).max(80),
  /** What it is for, in a person's words; may be empty. */
  about: z.string().trim().max(1_000),
  /** Examples that were written down, each a text as people write it. */
  texts: z.array(z.string().min(1).max(LONGEST_TEXT)).max(MOST_TEXTS),
  /** Milliseconds since 1970. */
  createdAt: z.number().int(),
  updatedAt: z.number().int(),
})
export type Category = z.infer<typeof Category>

export const CategoryDraft = Category.omit({ id: true, createdAt: true, updatedAt: true }).extend({
  id: z.string().optional(),
  /** As they were written; whoever receives them says which of them cannot be learned from. */
  texts: z.array(z.string().max(100_000)).max(1_000),
})
export type CategoryDraft = z.infer<typeof CategoryDraft>

export const CategoryStatus = Category.extend({
  /** Mentions that officers said belong, and do not. */
  belong: z.number().int(),
  not: z.number().int(),
  /** Different examples that belong, written and marked, and how many of them it finds without having learned from that one. */
  examples: z.number().int(),
  found: z.number().int(),
  /** Examples that it takes before anything is said. */
  least: z.number().int(),
  /** Mentions that belong by now; asked for up to a thousand. */
  mentions: z.number().int(),
})
export type CategoryStatus = z.infer<typeof CategoryStatus>

/** A category that a mention belongs to, perhaps does, or does not by a person's word. */
export const MentionCategory = z.object({
  id: z.string(),
  name: z.string(),
  /** 0 … 1. */
  certainty: z.number().min(0).max(1),
  /** The officer who said so; null: learned from examples. */
  by: z.string().nullable().meta({ wall: 'hidden' }),
})
export type MentionCategory = z.infer<typeof MentionCategory>

export const belongs = ({ certainty }: { certainty: number }): boolean => certainty >= BELONGS_FROM
/** Sure enough to ask a person, not to say it. */
export const isUnsureOf = ({ certainty }: { certainty: number }): boolean =>
  certainty >= UNSURE_FROM && certainty < BELONGS_FROM
