import type { Desk } from '#shared/model/desk.ts'
import type { Priority } from '#shared/model/rule.ts'
import { addOpenMinutes } from './hours.ts'

/** What the practice of service desks starts from: urgent 15 minutes, complaints (high) an hour. */
export const defaultServiceLevel = { urgent: 15, high: 60, normal: 240, low: null } as const

/** When the customer must have heard back; null: the desk promises nothing at this priority, or never opens. */
export function dueAt(desk: Desk | undefined, priority: Priority, clockFrom: number): number | null {
  if (desk === undefined) {
    // Nobody has it yet: the clock runs as if everybody were open, so that nothing waits unseen.
    const minutes = defaultServiceLevel[priority]
    return minutes === null ? null : clockFrom + minutes * 60_000
  }
  const minutes = desk.serviceLevel[priority]
  return minutes === null ? null : addOpenMinutes(desk.hours, clockFrom, minutes)
}
