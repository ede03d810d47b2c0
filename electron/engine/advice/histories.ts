import type { Explanation } from '#shared/model/rule.ts'
import type { CaseHistory, CaseStep } from './scorecard.ts'
import type { Reads } from '#engine/store/reads.ts'
import { casesOpenedBetween, deskEntries, type DeskEntry, type OpenedCase } from '#engine/store/queries/decisions.ts'

/** Cases of a period that are looked at; the newest ones when there are more. */
export const MOST_CASES = 50_000

const settles = new Set(['case.accepted', 'case.replied', 'case.approved', 'case.closed'])

function stepOf(entry: DeskEntry): CaseStep {
  const step: CaseStep = {
    seq: entry.seq,
    at: entry.at,
    kind: entry.kind,
    actor: { kind: entry.actor_kind, id: entry.actor_id, name: entry.actor_name },
    suggested: entry.suggested === 1,
  }
  if (entry.deskType !== null) step.deskId = entry.deskId
  if (entry.undoes !== null) step.undoes = entry.undoes
  if (entry.reason !== null) step.reason = entry.reason
  return step
}

function historyOf(c: OpenedCase, entries: readonly DeskEntry[]): CaseHistory {
  const explanation = JSON.parse(c.explanation) as Explanation
  const steps = entries.map(stepOf)
  const opening = steps[0]
  const held = opening?.kind === 'case.opened' && opening.deskId === null
  return {
    caseId: c.caseId,
    mentionId: c.mentionId,
    openedAt: c.openedAt,
    ruleId: explanation.ruleId,
    ruleName: explanation.ruleName,
    held,
    hint: held ? explanation.deskId : null,
    settled: steps.some(({ kind }) => settles.has(kind)),
    // What was opened without a desk was placed nowhere.
    steps: held ? steps.slice(1) : steps,
  }
}

/** Every case opened in [from, to) with its decisions, one at a time. */
export function* histories(reads: Reads, from: number, to: number): Generator<CaseHistory> {
  for (const c of casesOpenedBetween(reads, from, to, MOST_CASES)) yield historyOf(c, deskEntries(reads, c.caseId))
}
