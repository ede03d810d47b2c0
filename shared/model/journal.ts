import { z } from 'zod'
import { Instant } from './mention.ts'

/** Who decided: an officer, a rule, or Earshot itself. */
export const Actor = z.object({ kind: z.enum(['officer', 'rule', 'engine', 'desk']), id: z.string(), name: z.string() })
export type Actor = z.infer<typeof Actor>

export const journalKinds = [
  'case.opened', 'case.routed', 'case.accepted', 'case.replied', 'case.closed', 'case.reopened', 'case.noted',
  'case.prioritised', 'case.confirmed', 'case.assigned', 'case.undone', 'mention.relabelled', 'author.muted',
  'author.unmuted', 'thread.muted', 'thread.unmuted', 'listen.saved', 'listen.removed', 'source.saved',
  'source.removed', 'desk.saved', 'rule.saved', 'rule.removed', 'shift.started', 'shift.ended', 'settings.saved',
  'import.finished', 'handoff.queued', 'handoff.sent', 'handoff.failed', 'problem.changed', 'person.changed', 'learning.changed',
  'case.warned', 'case.escalated', 'case.queued', 'case.promised', 'case.approvalAsked', 'case.approved',
  'handoff.asked', 'handoff.solved', 'handoff.bounced', 'handoff.answered', 'case.outcome', 'handoff.unknown', 'channel.saved', 'channel.removed', 'canned.saved', 'canned.removed',
  'answer.queued', 'answer.failed', 'answer.unknown', 'answer.cancelled', 'answer.withdrawing', 'answer.withdrawn',
  'answer.stayed', 'alert.raised', 'shift.renamed', 'people.imported', 'people.saved', 'case.grouped', 'mention.judged', 'proposal.dismissed',
] as const // prettier-ignore
export const JournalKind = z.enum(journalKinds)
export type JournalKind = z.infer<typeof JournalKind>

/** One decision, as it was known when it was made. Entries are never changed; undo is a further entry. */
export const JournalEntry = z.object({
  seq: z.number().int().positive(),
  at: Instant,
  kind: JournalKind,
  actor: Actor,
  mentionId: z.string().nullable(),
  caseId: z.string().nullable(),
  /** What changed; for case kinds `{before, after}` hold the changed fields of the case. */
  data: z.record(z.string(), z.unknown()),
})
export type JournalEntry = z.infer<typeof JournalEntry>
