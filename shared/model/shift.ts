import { z } from 'zod'
import { MentionCard } from './mention-card.ts'
import { JournalEntry } from './journal.ts'
import { Instant } from './mention.ts'

/** A recorded stretch of listening. Its content is the mentions seen and the journal kept between its ends. */
export const Shift = z.object({
  id: z.string(),
  name: z.string().trim().min(1).max(120),
  officer: z.string().max(120).meta({ wall: 'hidden' }),
  startedAt: Instant,
  /** null: running. */
  endedAt: Instant.nullable(),
  note: z.string().max(10_000).meta({ wall: 'hidden' }),
})
export type Shift = z.infer<typeof Shift>

/** Where it ends, or is at `now`; never before it began, whatever became of the machine's clock. */
export const endOfShift = ({ startedAt, endedAt }: Pick<Shift, 'startedAt' | 'endedAt'>, now: number): number =>
  Math.max(startedAt, endedAt ?? now)

export const ShiftSummary = z.object({
  shift: Shift,
  heard: z.number().int(),
  opened: z.number().int(),
  replied: z.number().int(),
  overdue: z.number().int(),
  medianMinutesToReply: z.number().nullable(),
})
export type ShiftSummary = z.infer<typeof ShiftSummary>

/** The board and the counts as they were known at `at`. */
export const Moment = z.object({
  at: Instant,
  heard: z.number().int(),
  openCases: z.number().int(),
  overdue: z.number().int(),
  byState: z.record(z.string(), z.number().int()),
  cards: z.array(MentionCard),
  /** What had been heard last, newest first, at most 30. */
  latest: z.array(MentionCard),
  /** Newest first, at most 50. */
  journal: z.array(JournalEntry),
})
export type Moment = z.infer<typeof Moment>
