import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { CaseState, CloseReason } from '#shared/model/case.ts'
import { JournalEntry } from '#shared/model/journal.ts'
import { Priority } from '#shared/model/rule.ts'
import { Cursor, read, write } from './base.ts'
import { MentionCard } from './mentions.ts'

/** A case with the mention it is about; `card.case` is never null here. */
export const CaseCard = MentionCard
export type CaseCard = MentionCard

export const CaseFilter = z.object({
  states: z.array(CaseState).default([]),
  deskIds: z.array(z.string()).default([]),
  priorities: z.array(Priority).default([]),
  /** A query of the query language on the mention. */
  query: z.string().max(16_384).default(''),
  /** Only cases that wait for a person's decision. */
  undecided: z.boolean().default(false),
  overdue: z.boolean().default(false),
})
export type CaseFilter = z.infer<typeof CaseFilter>

/** What a command on a case gives back: the case as it is now, and the journal entry that `undo` takes back. */
export const CaseChange = z.object({ card: CaseCard, undo: z.number().int() })
export type CaseChange = z.infer<typeof CaseChange>

/** `version`: the case as the officer saw it. Somebody was faster: CONFLICT, nothing changes. */
const target = z.object({ id: z.string(), version: z.number().int().optional() })

export const cases = {
  /** By urgency: overdue first, then priority, then the nearest due time, then oldest. */
  page: read
    .input(z.object({ filter: CaseFilter, after: Cursor.nullable().default(null), limit: z.number().int().min(1).max(500).default(100) }))
    .output(z.object({ items: z.array(CaseCard), next: Cursor.nullable(), total: z.number().int(), counts: z.record(CaseState, z.number().int()) })),
  get: read.input(z.object({ id: z.string() })).output(z.object({ card: CaseCard, history: z.array(JournalEntry) })),
  /** Opens a case for a mention that no rule routed. */
  open: write.input(z.object({ mentionId: z.string(), deskId: z.string().nullable(), priority: Priority.default('normal') })).output(CaseChange),
  route: write.input(target.extend({ deskId: z.string(), note: z.string().max(2000).default('') })).output(CaseChange),
  accept: write.input(target).output(CaseChange),
  /** Records what was answered. `text` may be empty when the answer was given elsewhere. */
  reply: write.input(target.extend({ text: z.string().max(20_000), url: z.string().nullable().default(null) })).output(CaseChange),
  confirm: write.input(target).output(CaseChange),
  close: write.input(target.extend({ reason: CloseReason, note: z.string().max(2000).default('') })).output(CaseChange),
  reopen: write.input(target).output(CaseChange),
  prioritise: write.input(target.extend({ priority: Priority })).output(CaseChange),
  note: write.input(target.extend({ text: z.string().min(1).max(10_000) })).output(CaseChange),
  /** Takes back one journal entry by a further entry. Says in `cannot` what lies outside Earshot and stays. */
  undo: write.input(z.object({ entry: z.number().int() })).output(z.object({ undone: z.string(), card: CaseCard.nullable(), cannot: z.string().nullable() })),
  /** Every change of a case on this station, by whomever; coalesced. `reset`: fetch the page anew. */
  live: read.input(z.object({})).output(eventIterator(z.object({ changed: z.array(CaseCard), reset: z.boolean() }))),
}
