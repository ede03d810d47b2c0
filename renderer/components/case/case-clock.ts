import { elapsed } from '#shared/util/elapsed.ts'
import type { Case } from '#shared/model/case.ts'

export interface CaseClock {
  /** `soon`: less than a quarter of the promised time is left (and less than 15 min); `open`: no service level runs. */
  kind: 'answered' | 'late' | 'soon' | 'due' | 'open' | 'closed'
  /** Time left, past, or taken; null where there is nothing to count. */
  ms: number | null
}

const SOON_AT_MOST_MS = 15 * 60_000

/** Which clock a case shows at `now` (engine time, ms). */
export function clockOf(
  item: Pick<Case, 'state' | 'dueAt' | 'repliedAt' | 'publishedAt' | 'openedAt'>,
  now: number,
): CaseClock {
  if (item.repliedAt !== null) return { kind: 'answered', ms: elapsed(item.publishedAt, item.repliedAt) }
  if (item.state === 'closed') return { kind: 'closed', ms: null }
  if (item.dueAt === null) return { kind: 'open', ms: null }
  const left = item.dueAt - now
  if (left < 0) return { kind: 'late', ms: -left }
  const promised = Math.max(1, item.dueAt - item.openedAt)
  return { kind: left < Math.min(SOON_AT_MOST_MS, promised / 4) ? 'soon' : 'due', ms: left }
}
