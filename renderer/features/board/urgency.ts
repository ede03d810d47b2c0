import { clockOf } from '#renderer/components/case-clock.ts'
import type { Case } from '#shared/model/case.ts'
import { priorities } from '#shared/model/rule.ts'

type Urgent = Parameters<typeof clockOf>[0] & Pick<Case, 'id' | 'priority'>

export const isLate = (one: Parameters<typeof clockOf>[0], now: number): boolean => clockOf(one, now).kind === 'late'

const rank = new Map(priorities.map((priority, index) => [priority, index]))

/** What waits before what is answered; then as the engine pages: overdue, priority, nearest due time, oldest. */
export function compareUrgency(a: Urgent, b: Urgent, now: number): number {
  const answered = Number(a.state === 'replied') - Number(b.state === 'replied')
  if (answered !== 0) return answered
  const late = Number(isLate(b, now)) - Number(isLate(a, now))
  if (late !== 0) return late
  const priority = rank.get(a.priority)! - rank.get(b.priority)!
  if (priority !== 0) return priority
  const due = (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity)
  if (due !== 0 && !Number.isNaN(due)) return due
  return a.publishedAt - b.publishedAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** The priority `step` above (−1) or below (1); null at the ends. */
export function nextPriority(priority: Case['priority'], step: 1 | -1): Case['priority'] | null {
  return priorities[priorities.indexOf(priority) + step] ?? null
}
