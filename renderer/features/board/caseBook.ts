import type { CaseCard } from '#shared/contract/cases.ts'
import type { Priority } from '#shared/model/rule.ts'
import { compareUrgency, isLate, urgencyOf } from './urgency.ts'
import type { Urgency } from './urgency.ts'

/** Narrows what was loaded, on the page and at once. Empty: all. */
export interface CaseSieve {
  /** `decide`: nobody has decided yet. `answer`: decided and not answered. `open`: everything that is not closed. */
  scope: 'decide' | 'answer' | 'open'
  deskIds: readonly string[]
  priorities: readonly Priority[]
  networks: readonly string[]
  overdue: boolean
  approval: boolean
  problemId: string | null
}

export const wideSieve: CaseSieve = {
  scope: 'open',
  deskIds: [],
  priorities: [],
  networks: [],
  overdue: false,
  approval: false,
  problemId: null,
}

const has = <T>(list: readonly T[], value: T) => list.length === 0 || list.includes(value)

export function passes(card: CaseCard, sieve: CaseSieve, now: number): boolean {
  const one = card.case
  if (!one || one.state === 'closed') return false
  if (sieve.scope === 'decide' && one.state !== 'new') return false
  if (sieve.scope === 'answer' && one.state !== 'routed' && one.state !== 'accepted') return false
  if (!has(sieve.deskIds, one.deskId ?? '') || !has(sieve.priorities, one.priority)) return false
  if (!has(sieve.networks, card.mention.network)) return false
  if (sieve.overdue && !isLate(one, now)) return false
  if (sieve.approval && !one.pendingReply) return false
  return sieve.problemId === null || one.problemId === sieve.problemId
}

/** Ids of the cases that pass, most urgent first. */
export function urgentIds(cards: Iterable<CaseCard>, sieve: CaseSieve, now: number): string[] {
  const passing: Urgency[] = []
  for (const card of cards) if (passes(card, sieve, now)) passing.push(urgencyOf(card.case!, now))
  return passing.sort(compareUrgency).map(({ id }) => id)
}

/** How many lists the sieve's scopes would have, for the tabs. */
export function scopeCounts(cards: Iterable<CaseCard>): Record<CaseSieve['scope'], number> {
  const counts = { decide: 0, answer: 0, open: 0 }
  for (const { case: one } of cards) {
    if (!one || one.state === 'closed') continue
    counts.open++
    if (one.state === 'new') counts.decide++
    else if (one.state !== 'replied') counts.answer++
  }
  return counts
}

/**
 * A card as it came over the wire replaces what is known unless it is older: answers and live patches overtake each
 * other. Returns whether something changed.
 */
export function take(book: Map<string, CaseCard>, card: CaseCard): boolean {
  const one = card.case
  if (!one) return false
  const known = book.get(one.id)
  if (known?.case && known.case.version > one.version) return false
  book.set(one.id, card)
  return true
}
