import type { CaseReply } from '#shared/model/case.ts'
import type { ParcelState } from '#shared/model/parcel.ts'
import { parcelsOfCase } from '#engine/store/queries/parcels.ts'
import type { Reads } from '#engine/store/reads.ts'

function shown(state: ParcelState | undefined): CaseReply {
  switch (state) {
    case undefined:
    case 'cancelled':
      return 'none'
    case 'sending':
      return 'queued'
    case 'withdrawing':
      return 'sent'
    default:
      return state
  }
}

/** What a case shows of its replies: how far the newest one came that was not taken back before it left. */
export const replyOnCase = (reads: Reads, caseId: string): CaseReply =>
  shown(parcelsOfCase(reads, 'reply', caseId).findLast(({ state }) => state !== 'cancelled')?.state)
