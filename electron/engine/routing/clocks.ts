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

/** Instants of one case, in the order in which they should come. null: has not happened. */
export interface Clocks {
  publishedAt: number
  seenAt: number
  routedAt: number | null
  acceptedAt: number | null
  repliedAt: number | null
  confirmedAt: number | null
}

export const hopNames = [
  'published → seen',
  'seen → routed',
  'routed → accepted',
  'accepted → replied',
  'replied → confirmed',
] as const

export interface Hop {
  name: (typeof hopNames)[number]
  /** null: not over yet, or a step that was left out. */
  ms: number | null
}

/**
 * Which hop took the time. A step that was left out (answered without being accepted) gives its time to the next one
 * that happened.
 */
export function hops(clocks: Clocks): Hop[] {
  const steps = [
    clocks.publishedAt,
    clocks.seenAt,
    clocks.routedAt,
    clocks.acceptedAt,
    clocks.repliedAt,
    clocks.confirmedAt,
  ]
  let last = clocks.publishedAt
  return hopNames.map((name, i) => {
    const at = steps[i + 1]
    if (at === null || at === undefined) return { name, ms: null }
    const ms = Math.max(0, at - last)
    last = Math.max(last, at)
    return { name, ms }
  })
}
