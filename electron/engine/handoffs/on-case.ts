import type { HandoffState } from '#shared/model/case.ts'
import { parcelsOfCase } from '#engine/store/queries/parcels.ts'
import type { Reads } from '#engine/store/reads.ts'

/** What a case shows of its hand-offs: how far the newest one came that was not taken back before it left. */
export function handoffOnCase(reads: Reads, caseId: string): HandoffState {
  const newest = parcelsOfCase(reads, 'handoff', caseId).findLast(({ state }) => state !== 'cancelled')
  switch (newest?.state) {
    case 'queued':
    case 'sending':
      return 'queued'
    case 'sent':
    case 'failed':
    case 'unknown':
      return newest.state
    default:
      return 'none'
  }
}
