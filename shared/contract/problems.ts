import { z } from 'zod'
import { JournalEntry } from '#shared/model/journal.ts'
import { Problem } from '#shared/model/problem.ts'
import { NamedInstant } from '#shared/model/mention.ts'
import { read, readMasked, write } from './base.ts'
import { MentionCard } from '#shared/model/mention-card.ts'

const target = z.object({ id: z.string() })
const undo = z.object({ undo: z.number().int() })

export const problems = {
  /** Rising first. `since`: heard at least once since then. */
  list: readMasked
    .input(
      z.object({
        since: NamedInstant,
        withClosed: z.boolean().default(false),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .output(z.array(Problem)),
  get: read.input(target).output(Problem),
  /** Newest first. */
  mentions: read
    .input(target.extend({ limit: z.number().int().min(1).max(500).default(100) }))
    .output(z.array(MentionCard)),
  /** What people and Earshot decided about it, newest first; Earshot's moves say why in `data.because`. */
  changes: read
    .input(target.extend({ limit: z.number().int().min(1).max(200).default(30) }))
    .output(z.array(JournalEntry)),
  /** The problem that a mention belongs to; null: none. */
  ofMention: read.input(z.object({ mentionId: z.string() })).output(Problem.nullable()),
  rename: write.input(target.extend({ label: z.string().trim().min(1).max(120) })).output(undo),
  close: write.input(target).output(undo),
  reopen: write.input(target).output(undo),
  /** `id` becomes part of `into`. */
  merge: write.input(target.extend({ into: z.string() })).output(undo),
  /** These mentions become a problem of their own; an empty label is made from their words. */
  split: write
    .input(
      target.extend({
        mentionIds: z.array(z.string()).min(1).max(1000),
        label: z.string().trim().max(120).default(''),
      }),
    )
    .output(undo.extend({ problem: Problem })),
}
