import type { CaseCard } from '#shared/contract/cases.ts'
import type { Case } from '#shared/model/case.ts'
import type { Priority } from '#shared/model/rule.ts'
import { compareUrgency, isLate, urgencyOf, type Urgency } from './urgency.ts'

export const scopes = ['decide', 'answer', 'open'] as const

/** Narrows what was loaded, on the page and at once. Empty: all. */
export interface CaseSieve {
  /** `decide`: nobody has decided yet, or a desk outside said something. `answer`: decided and not answered. `open`: everything that is not closed. */
  scope: (typeof scopes)[number]
  deskIds: readonly string[]
  priorities: readonly Priority[]
  networks: readonly string[]
  overdue: boolean
  approval: boolean
  /** Only cases whose answer did not arrive, or perhaps not. */
  undelivered: boolean
  problemId: string | null
}

export const wideSieve: CaseSieve = {
  scope: 'open',
  deskIds: [],
  priorities: [],
  networks: [],
  overdue: false,
  approval: false,
  undelivered: false,
  problemId: null,
}

/** Whether it keeps anything back besides what its scope does. */
export const narrows = ({ scope: _scope, ...sieve }: CaseSieve): boolean =>
  Object.values(sieve).some((value) => (Array.isArray(value) ? value.length > 0 : Boolean(value)))

const has = <T>(list: readonly T[], value: T) => list.length === 0 || list.includes(value)

/** A person has to decide: nobody did yet, or a desk outside said something since. */
export const waitsForDecision = (one: Case): boolean => one.state === 'new' || one.deskSays != null
export const isUndelivered = (one: Case): boolean => one.answer === 'failed' || one.answer === 'unknown'

export function passes(card: CaseCard, sieve: CaseSieve, now: number): boolean {
  const one = card.case
  if (!one || one.state === 'closed') return false
  if (sieve.scope === 'decide' && !waitsForDecision(one)) return false
  if (sieve.scope === 'answer' && one.state !== 'routed' && one.state !== 'accepted') return false
  if (!has(sieve.deskIds, one.deskId ?? '') || !has(sieve.priorities, one.priority)) return false
  if (!has(sieve.networks, card.mention.network)) return false
  if (sieve.overdue && !isLate(one, now)) return false
  if (sieve.approval && !one.pendingReply) return false
  if (sieve.undelivered && !isUndelivered(one)) return false
  return sieve.problemId === null || one.problemId === sieve.problemId
}

/** Ids of the cases that pass, most urgent first. */
export function urgentIds(cards: Iterable<CaseCard>, sieve: CaseSieve, now: number): string[] {
  const passing: Urgency[] = []
  for (const card of cards) if (passes(card, sieve, now)) passing.push(urgencyOf(card.case!, now))
  return passing.sort(compareUrgency).map(({ id }) => id)
}

/** How many the sieve's scopes would have, for the tabs, and how many answers did not arrive. */
export function scopeCounts(cards: Iterable<CaseCard>): Record<CaseSieve['scope'] | 'undelivered', number> {
  const counts = { decide: 0, answer: 0, open: 0, undelivered: 0 }
  for (const { case: one } of cards) {
    if (!one || one.state === 'closed') continue
    counts.open++
    if (waitsForDecision(one)) counts.decide++
    if (one.state === 'routed' || one.state === 'accepted') counts.answer++
    if (isUndelivered(one)) counts.undelivered++
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
