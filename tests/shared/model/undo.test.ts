import { describe, expect, it } from 'vitest'
import type { JournalEntry } from '#shared/model/journal.ts'
import { lastDecision } from '#shared/model/undo.ts'

const mara = { kind: 'officer', id: 'officer:mara', name: 'Mara' } as const
const earshot = { kind: 'engine', id: 'earshot', name: 'Earshot' } as const
const rule = { kind: 'rule', id: 'rule_1', name: 'Complaint' } as const
const entry = (
  seq: number,
  kind: JournalEntry['kind'],
  actor: JournalEntry['actor'] = mara,
  data: Record<string, unknown> = {},
): JournalEntry => ({ seq, at: seq, kind, actor, mentionId: 'st-1', caseId: 'cas_1', data })

describe('what a colleague can take back', () => {
  it.each<[string, JournalEntry[], number | null]>([
    ['nothing of a case that only a rule touched', [entry(1, 'case.opened', rule)], null],
    ['the newest decision of a person', [entry(1, 'case.opened', rule), entry(2, 'case.routed'), entry(3, 'case.accepted')], 3], // prettier-ignore
    ['also after what Earshot did because of it', [entry(2, 'case.routed'), entry(3, 'case.assigned', earshot)], 2],
    ['nothing before something that was taken back', [entry(2, 'case.routed'), entry(3, 'case.accepted'), entry(4, 'case.undone', mara, { undoes: 3 })], null], // prettier-ignore
    ['nothing that happened before a clock was escalated', [entry(2, 'case.routed'), entry(3, 'case.escalated', earshot)], null], // prettier-ignore
    ['nothing that a desk said', [entry(2, 'case.routed'), entry(3, 'handoff.asked', { ...mara, kind: 'desk' })], null],
  ])('%s', (_what, entries, seq) => {
    expect(lastDecision(entries)).toBe(seq)
  })
})
