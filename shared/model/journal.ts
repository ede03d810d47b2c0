import { z } from 'zod'
import { alertDecisionKinds } from './alert.ts'
import { decisionKinds } from './command.ts'
import { crisisDecisionKinds } from './crisis.ts'
import { Instant } from './mention.ts'

/** Who decided: an officer, a rule, or Earshot itself. */
export const Actor = z.object({ kind: z.enum(['officer', 'rule', 'engine', 'desk']), id: z.string(), name: z.string() })
export type Actor = z.infer<typeof Actor>

/** In whose name the station decides by itself. */
export const earshot: Actor = { kind: 'engine', id: 'earshot', name: 'Earshot' }

export const journalKinds = [
  ...decisionKinds,
  'case.opened',
  'case.undone',
  'case.withdrawn',
  'case.warned',
  'case.escalated',
  'case.queued',
  'case.grouped',
  'mention.relabelled',
  'mention.judged',
  'mention.categorised',
  'author.muted',
  'author.unmuted',
  'thread.muted',
  'thread.unmuted',
  'handoff.sent',
  'handoff.failed',
  'handoff.unknown',
  'handoff.asked',
  'handoff.solved',
  'handoff.bounced',
  'answer.failed',
  'answer.unknown',
  'answer.cancelled',
  'answer.withdrawing',
  'answer.withdrawn',
  'answer.stayed',
  'alert.raised',
  'alert.worse',
  'alert.resolved',
  'alert.noData',
  'alert.dataAgain',
  'alert.unsilenced',
  'alert.told',
  'alert.undone',
  ...alertDecisionKinds,
  'recipient.saved',
  'recipient.removed',
  'rota.saved',
  ...crisisDecisionKinds,
  'crisis.undone',
  'listen.saved',
  'listen.removed',
  'category.saved',
  'category.removed',
  'source.saved',
  'source.removed',
  'desk.saved',
  'rule.saved',
  'rule.removed',
  'channel.saved',
  'channel.removed',
  'canned.saved',
  'canned.removed',
  'people.imported',
  'people.saved',
  'shift.started',
  'shift.ended',
  'shift.renamed',
  'settings.saved',
  'import.finished',
  'import.undone',
  'problem.changed',
  'person.changed',
  'learning.changed',
  'proposal.dismissed',
  'annotation.saved',
  'annotation.removed',
  'series.saved',
  'series.removed',
  'layout.saved',
  'layout.removed',
  'station.baselined',
  'journal.cleaned',
  'wall.added',
  'wall.removed',
] as const
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
