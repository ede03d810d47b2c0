import type { Case } from '#shared/model/case.ts'
import { priorities } from '#shared/model/rule.ts'

/** `none`: no clock runs. `soon`: the last quarter of the time, and never less than five minutes of warning. */
export type DueState = 'none' | 'ok' | 'soon' | 'late'

type Due = Pick<Case, 'state' | 'dueAt' | 'openedAt' | 'repliedAt'>
type Urgent = Due & Pick<Case, 'id' | 'priority' | 'publishedAt'>

const SHORTEST_WARNING = 5 * 60_000

/** Where a case stands against its service level at `now`. A case that was answered or closed has no running clock. */
export function dueState(one: Due, now: number): DueState {
  if (one.dueAt === null || one.state === 'replied' || one.state === 'closed') return 'none'
  const left = one.dueAt - now
  if (left < 0) return 'late'
  const warning = Math.max(SHORTEST_WARNING, (one.dueAt - one.openedAt) / 4)
  return left <= warning ? 'soon' : 'ok'
}

const rank = new Map(priorities.map((priority, index) => [priority, index]))

/** The order that the engine pages cases in: overdue, then priority, then the nearest due time, then the oldest. */
export function compareUrgency(a: Urgent, b: Urgent, now: number): number {
  const late = Number(dueState(b, now) === 'late') - Number(dueState(a, now) === 'late')
  if (late !== 0) return late
  const priority = rank.get(a.priority)! - rank.get(b.priority)!
  if (priority !== 0) return priority
  const due = (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity)
  if (due !== 0 && !Number.isNaN(due)) return due
  return a.publishedAt - b.publishedAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}
