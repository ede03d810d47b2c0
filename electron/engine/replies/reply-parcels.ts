import type { SendResult } from '#shared/model/parcel.ts'
import type { Said } from '#shared/model/said.ts'
import { both, said } from '#shared/words/said.ts'
import { caseById } from '#engine/store/queries/cases.ts'
import { entriesOfCase } from '#engine/store/queries/journal.ts'
import { mentionById } from '#engine/store/queries/mentions.ts'
import { parcelsOfCase, type Parcel } from '#engine/store/queries/parcels.ts'
import type { Carried, Instead } from '#engine/delivery/carried.ts'
import type { DeliveryWords } from '#engine/delivery/verdict.ts'
import type { Accounts } from './accounts.ts'
import { createReplyTelling, type ReplyTellingDeps } from './reply-telling.ts'
import { standsAgainst } from './standing.ts'

type ReplyParcel = Parcel<'reply'>

const words: DeliveryWords = {
  gaveUp: said('reply.checkSource'),
  unsure: said('reply.lookOnNetwork'),
  mayBeThere: said('reply.mayHaveArrived'),
  leavingNow: said('reply.leavingNow'),
}

/** Replies to customers as parcels: one lane a source, in the order in which they were written, at the network's pace. */
export function replyParcels(deps: ReplyTellingDeps & { accounts: Accounts }): Carried<'reply'> {
  const { store, door, accounts } = deps

  /** What speaks against sending it unseen; null: nothing. */
  function against({ caseId, content }: ReplyParcel): Said | null {
    const later = entriesOfCase(store, caseId).filter(({ seq }) => seq > content.entry)
    const before = parcelsOfCase(store, 'reply', caseId).filter((other) => other.content.entry <= content.entry)
    return standsAgainst(new Set(before.map(({ id }) => id)), later)
  }

  return {
    ...createReplyTelling(deps),
    words,
    width: 1,
    paceMs: (lane) => door.paceMs(lane),
    repeatable: ({ lane, content }) => door.repeatable(lane, content.way),

    ready(parcel): ReplyParcel | Instead {
      const why = against(parcel)
      if (why === null) {
        const account = accounts.known(parcel.lane).name ?? parcel.content.account
        return { ...parcel, content: { ...parcel.content, account } }
      }
      return parcel.maybeThere
        ? { state: 'unknown', advice: both(why, words.unsure) }
        : { state: 'failed', advice: said('delivery.notSent', { why }) }
    },

    async send({ id: key, caseId, lane, state, content, ...parcel }): Promise<SendResult> {
      const { way, text, warning, lang } = content
      if (state === 'withdrawing')
        return door.withdraw(lane, way, { externalId: parcel.externalId ?? '', url: parcel.url })
      const mention = mentionById(store, caseById(store, caseId)?.mentionId ?? '')
      if (!mention) return { outcome: 'refused', advice: said('reply.mentionGone'), retryAfterMs: null }
      const triedAt = parcel.maybeThere ? parcel.triedAt : null
      return door.send(lane, mention, { way, text, key, at: parcel.createdAt, triedAt, warning, lang })
    },
  }
}
