import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { Case } from '#shared/model/case.ts'
import { JournalEntry } from '#shared/model/journal.ts'
import { Instant, NamedInstant } from '#shared/model/mention.ts'
import { Moment, Shift, ShiftSummary } from '#shared/model/shift.ts'
import { SentimentBucket } from '#shared/model/sentiment-bucket.ts'
import { Cursor, read, write } from './base.ts'
import { MentionCard } from '#shared/model/mention-card.ts'

export const review = {
  shifts: read.output(z.array(ShiftSummary)),
  start: write.input(z.object({ name: z.string().trim().min(1).max(120) })).output(Shift),
  end: write.input(z.object({ id: z.string(), note: z.string().max(10_000).default('') })).output(Shift),
  rename: write
    .input(z.object({ id: z.string(), name: z.string().trim().min(1).max(120), note: z.string().max(10_000) }))
    .output(Shift),
  /** Volume × sentiment over the shift, and the journal's marks, for the scrubber. */
  timeline: read.input(z.object({ id: z.string(), buckets: z.number().int().min(10).max(1000) })).output(
    z.object({
      buckets: z.array(SentimentBucket),
      marks: z.array(z.object({ at: Instant, kind: z.string(), text: z.string() })),
    }),
  ),
  at: read.input(z.object({ id: z.string(), at: NamedInstant })).output(Moment),
  /** Frames from `from` on at `speed` × real time until the shift ends or the caller stops. */
  play: read.input(z.object({ id: z.string(), from: NamedInstant, speed: z.number().min(1).max(60) })).output(
    eventIterator(
      z.object({
        at: Instant,
        mentions: z.array(MentionCard),
        mentionCount: z.number().int(),
        cases: z.array(Case),
        journal: z.array(JournalEntry),
        done: z.boolean(),
      }),
    ),
  ),
  journal: read
    .input(
      z.object({
        from: NamedInstant.nullable(),
        to: NamedInstant.nullable(),
        mentionId: z.string().nullable(),
        before: Cursor.nullable().default(null),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ items: z.array(JournalEntry), next: Cursor.nullable() })),
  /** Who did what, when and why: the journal as text chunks, each line with its place in the hash chain. */
  audit: write
    .input(
      z.object({
        from: NamedInstant.nullable(),
        to: NamedInstant.nullable(),
        mentionId: z.string().nullable(),
        format: z.enum(['ndjson', 'csv']),
      }),
    )
    .output(eventIterator(z.string())),
  /** Checks the hash chain from its first entry, and tells how far it is. `brokenAt`: the first entry that does not fit. */
  verify: read.output(
    eventIterator(
      z.object({
        entries: z.number().int(),
        total: z.number().int(),
        brokenAt: z.number().int().nullable(),
        done: z.boolean(),
      }),
    ),
  ),
  /** Text chunks of an export file. Not for walls: what is exported leaves the machine. */
  export: write
    .input(
      z.object({
        shiftId: z.string().nullable(),
        from: NamedInstant.nullable(),
        to: NamedInstant.nullable(),
        query: z.string().max(16_384).default(''),
        format: z.enum(['ndjson', 'csv']),
      }),
    )
    .output(eventIterator(z.string())),
}
