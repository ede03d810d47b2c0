import { earshot } from '#shared/model/journal.ts'
import { both, said } from '#shared/words/said.ts'
import { handoffStays } from '#shared/model/undo.ts'
import { Failure } from '#engine/platform/failure.ts'
import { caseById } from '#engine/store/queries/cases.ts'
import type { Store } from '#engine/store/store.ts'
import type { Parcel } from '#engine/store/queries/parcels.ts'
import type { Ledger } from '#engine/cases/ledger.ts'
import type { Carried, Instead } from '#engine/delivery/carried.ts'
import type { DeliveryWords } from '#engine/delivery/verdict.ts'
import type { Channels } from './channels.ts'
import type { DeskWays } from './desk-ways.ts'
import { handoffOnCase } from './on-case.ts'
import { honoursKey } from './send.ts'

const words: DeliveryWords = {
  gaveUp: said('handoff.checkChannel'),
  unsure: said('handoff.askDesk'),
  mayBeThere: said(handoffStays),
  leavingNow: said(handoffStays),
}

/** Hand-offs to desks outside as parcels: one lane a channel. */
export function handoffParcels({
  store,
  ledger,
  channels,
  ways,
}: {
  store: Store
  ledger: Ledger
  channels: Channels
  ways: DeskWays
}): Carried<'handoff'> {
  const about = ({ id, laneName }: Parcel<'handoff'>) => ({ handoff: id, channel: laneName })

  return {
    words,
    width: 4,
    paceMs: () => 0,

    repeatable({ lane }) {
      const stored = channels.get(lane)
      return stored !== undefined && honoursKey(stored.channel)
    },

    ready(parcel): Parcel<'handoff'> | Instead {
      const open = channels.get(parcel.lane)?.channel.enabled === true
      const known = caseById(store, parcel.caseId)
      const closed = known === undefined || known.state === 'closed'
      // An attempt that ended without a word may have arrived, whatever is decided now.
      if (parcel.maybeThere && (closed || !open)) {
        const why = said(open ? 'handoff.caseClosed' : 'handoff.channelRemoved')
        return { state: 'unknown', advice: both(why, words.unsure) }
      }
      if (!open) return { state: 'failed', advice: said('handoff.channelRemoved') }
      if (closed) return { state: 'cancelled', advice: said('handoff.caseClosed') }
      const linksUntil = parcel.content.linksUntil ?? ways.until()
      return { ...parcel, content: { ...parcel.content, linksUntil } }
    },

    async send({ id, lane, content }) {
      const stored = channels.get(lane)
      if (!stored) return { outcome: 'refused', advice: said('handoff.channelRemoved'), retryAfterMs: null }
      const answer = await ways.of(id, content.linksUntil ?? ways.until(), stored.channel)
      return channels.send(stored.channel, { ...content.payload, answer })
    },

    tell(known, parcel, before) {
      const { state, advice } = parcel
      const data = { ...about(parcel), advice }
      if (state === 'sent' || state === 'failed' || state === 'unknown')
        ledger.change(known, { kind: `handoff.${state}`, after: { handoff: state }, data }, earshot)
      // It did not leave, and the case still says that it will: it was taken back on its way, or the case was closed.
      else if (before.takeBack || known.handoff !== handoffOnCase(store, known.id))
        ledger.change(
          known,
          { kind: 'handoff.failed', after: { handoff: handoffOnCase(store, known.id) }, data },
          earshot,
        )
    },

    recall: () => said(handoffStays),

    again(known, parcel) {
      if (parcel.state !== 'failed' && parcel.state !== 'unknown' && parcel.state !== 'cancelled')
        throw new Failure('user', 'delivery.onlyFailedAgain')
      if (known?.state === 'closed') throw new Failure('user', 'case.closedHandOff')
      const data = { ...about(parcel), again: true }
      if (known) ledger.change(known, { kind: 'handoff.queued', after: { handoff: 'queued' }, data }, earshot)
      // Links that are sent now hold from now on.
      return { ...parcel, content: { ...parcel.content, linksUntil: null } }
    },
  }
}
