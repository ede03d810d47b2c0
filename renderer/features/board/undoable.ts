import type { JournalEntry, JournalKind } from '#shared/model/journal.ts'

/** What Earshot does by itself because of a decision goes with it when that is taken back. */
const follows = new Set<JournalKind>([
  'case.assigned', 'case.queued', 'case.warned', 'handoff.queued', 'handoff.sent', 'handoff.failed', 'handoff.unknown',
  'answer.queued', 'answer.failed', 'answer.unknown',
]) // prettier-ignore
const decisions = new Set<JournalKind>([
  'case.routed', 'case.accepted', 'case.replied', 'case.closed', 'case.reopened', 'case.noted', 'case.prioritised',
  'case.confirmed', 'case.assigned', 'case.promised', 'case.approvalAsked', 'case.approved', 'case.outcome',
  'case.undone', 'handoff.answered',
]) // prettier-ignore

/** The newest decision of a person about a case, which any colleague may take back; null: there is none, or it was. */
export function lastDecision(entries: readonly JournalEntry[]): number | null {
  const undone = new Set(entries.map(({ data }) => data['undoes']))
  for (const entry of entries.toSorted((a, b) => b.seq - a.seq)) {
    if (undone.has(entry.seq)) continue
    if (entry.actor.kind === 'engine' && follows.has(entry.kind)) continue
    return entry.actor.kind === 'officer' && decisions.has(entry.kind) && entry.kind !== 'case.undone'
      ? entry.seq
      : null
  }
  return null
}
