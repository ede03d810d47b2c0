import { z } from 'zod'
import { KnownConcept, LearningStatus } from '#shared/model/learning.ts'
import { Said } from '#shared/model/said.ts'
import { Instant, NamedInstant } from '#shared/model/mention.ts'
import { SentimentLabel } from '#shared/model/sentiment.ts'
import { read, write } from './base.ts'

/** One label that an officer set, as the station learns from it. */
export const LearnedCorrection = z.object({
  /** The journal's entry. */
  entry: z.number().int(),
  at: Instant,
  by: z.string(),
  mentionId: z.string(),
  text: z.string(),
  was: SentimentLabel,
  now: SentimentLabel,
  /** `learns`: shapes new labels; `checks`: kept back to see whether that helps; `off`: forgotten, undone or replaced. */
  use: z.enum(['learns', 'checks', 'off']),
})
const AspectMood = z.object({
  aspect: z.string(),
  negative: z.number().int(),
  neutral: z.number().int(),
  positive: z.number().int(),
})
export const AspectEntry = z.object({ name: z.string(), words: z.array(z.string()) })

export const learning = {
  status: read.input(z.object({})).output(LearningStatus),
  /** Newest first. */
  ledger: read
    .input(z.object({ limit: z.number().int().min(1).max(1000).default(200) }))
    .output(z.array(LearnedCorrection)),
  /** No longer learns from one correction, or does again. The label itself stays as the officer set it. */
  use: write.input(z.object({ entry: z.number().int(), learns: z.boolean() })).output(LearningStatus),
  /** Forgets all; the ledger stays. `undo` learns from the same ones again. */
  reset: write.input(z.object({})).output(z.object({ undo: z.number().int() })),
  /** The customer's own names of products and matters. */
  aspects: read.input(z.object({})).output(z.array(AspectEntry)),
  /** Parts and symptoms of the lexicon and the customer's own names, as people of a language call them. Ids are what is stored and asked for. */
  concepts: read.input(z.object({ locale: z.string().max(35) })).output(z.array(KnownConcept)),
  /** Shipped aspects of trades that the station's talk does not carry: shown and offered nowhere. */
  uncarriedAspects: read.input(z.object({})).output(z.array(z.string())),
  /** What mentions of a period are about and in which mood, most spoken of first; `complete` false: only its newest part was read. */
  aspectMoods: read
    .input(z.object({ listenIds: z.array(z.string()).max(200).default([]), from: NamedInstant, to: NamedInstant }))
    .output(
      z.object({
        aspects: z.array(AspectMood),
        /** The lexicon's parts among them, at most 100. */
        parts: z.array(AspectMood),
        complete: z.boolean(),
      }),
    ),
  /** Replaces them by lines of `name: word, two words, begin*`. Lines that cannot be read are named and nothing is changed. */
  saveAspects: write.input(z.object({ text: z.string().max(1_000_000) })).output(
    z.object({
      aspects: z.array(AspectEntry),
      problems: z.array(z.object({ line: z.number().int(), message: Said })),
      /** The entry that `cases.undo` takes back; null: nothing was changed. */
      undo: z.number().int().nullable(),
    }),
  ),
}
