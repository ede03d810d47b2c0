import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { MentionCard } from '#shared/model/mention-card.ts'
import { NamedInstant } from '#shared/model/mention.ts'
import { SentimentLabel } from '#shared/model/sentiment.ts'
import { Cursor, read, readMasked, write } from './base.ts'

/** Which mentions a pane, a search or a chart is about. Fields narrow together; empty means all. */
export const MentionFilter = z.object({
  listenIds: z.array(z.string()).max(200).default([]),
  sourceIds: z.array(z.string()).max(200).default([]),
  networks: z.array(z.string()).max(50).default([]),
  sentiments: z.array(SentimentLabel).default([]),
  /** A query of the query language. */
  query: z.string().max(16_384).default(''),
  from: NamedInstant.nullable().default(null),
  to: NamedInstant.nullable().default(null),
  /** Only mentions with an open case that nobody has answered. */
  unanswered: z.boolean().default(false),
})
export type MentionFilter = z.infer<typeof MentionFilter>
export type MentionFilterInput = z.input<typeof MentionFilter>

export const MentionPage = z.object({
  items: z.array(MentionCard),
  next: Cursor.nullable(),
  /** How many match in all; null when counting would cost too much. `estimated`: at least this many. */
  total: z.number().int().nullable(),
  estimated: z.boolean(),
  /** Where a live subscription takes over without a gap. */
  liveFrom: z.number().int(),
})
export type MentionPage = z.infer<typeof MentionPage>

/**
 * One patch of a live pane. `seq` grows by one; a receiver that misses one asks for a snapshot. `added` holds at most
 * 100 cards (the newest); `addedCount` says how many there were.
 */
export const MentionPatch = z.object({
  seq: z.number().int(),
  /** The highest mention row the patch covers: resume from here. */
  liveFrom: z.number().int(),
  added: z.array(MentionCard),
  addedCount: z.number().int(),
  changed: z.array(MentionCard),
  /** true: too much was missed, take a new snapshot. */
  reset: z.boolean(),
})
export type MentionPatch = z.infer<typeof MentionPatch>

export const mentions = {
  /** Newest first by publishedAt. */
  page: readMasked
    .input(
      z.object({
        filter: MentionFilter,
        before: Cursor.nullable().default(null),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .output(MentionPage),
  get: readMasked.input(z.object({ id: z.string() })).output(MentionCard),
  /** The conversation that the mention is part of, oldest first. */
  thread: readMasked.input(z.object({ id: z.string() })).output(z.array(MentionCard)),
  /** The same author's other mentions, newest first. */
  byAuthor: read
    .input(z.object({ id: z.string(), limit: z.number().int().min(1).max(100).default(20) }))
    .output(z.array(MentionCard)),
  relabel: write.input(z.object({ id: z.string(), label: SentimentLabel })).output(MentionCard),
  muteAuthor: write.input(z.object({ id: z.string() })).output(z.object({ undo: z.number().int() })),
  muteThread: write.input(z.object({ id: z.string() })).output(z.object({ undo: z.number().int() })),
  /** Coalesced, at most 10 patches a second. */
  live: readMasked
    .input(z.object({ filter: MentionFilter, liveFrom: z.number().int() }))
    .output(eventIterator(MentionPatch)),
}
