import { clockOf } from '#renderer/components/case/case-clock.ts'
import type { Case } from '#shared/model/case.ts'
import { priorities } from '#shared/model/rule.ts'

type Urgent = Parameters<typeof clockOf>[0] & Pick<Case, 'id' | 'priority'>

export const isLate = (one: Parameters<typeof clockOf>[0], now: number): boolean => clockOf(one, now).kind === 'late'

const rank = new Map(priorities.map((priority, index) => [priority, index]))

/** What the order looks at, worked out once a case: 5,000 cases are compared 60,000 times. */
export interface Urgency {
  id: string
  /** Lower goes first: waiting and late, waiting, answered and late, answered; then priority. */
  weight: number
  dueAt: number
  publishedAt: number
}

export function urgencyOf(one: Urgent, now: number): Urgency {
  const answered = one.state === 'replied' ? 2 : 0
  const late = isLate(one, now) ? 0 : 1
  return {
    id: one.id,
    weight: (answered + late) * priorities.length + rank.get(one.priority)!,
    dueAt: one.dueAt ?? Infinity,
    publishedAt: one.publishedAt,
  }
}

/** What waits before what is answered; then as the engine pages: overdue, priority, nearest due time, oldest. */
export function compareUrgency(a: Urgency, b: Urgency): number {
  if (a.weight !== b.weight) return a.weight - b.weight
  if (a.dueAt !== b.dueAt) return a.dueAt < b.dueAt ? -1 : 1
  return a.publishedAt - b.publishedAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}
