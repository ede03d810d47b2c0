import { Failure } from '#engine/platform/failure.ts'
import { said } from '#shared/words/said.ts'
import type { Channel, Handoff } from '#shared/model/handoff.ts'
import { earshot, type Actor } from '#shared/model/journal.ts'
import { newId } from '#shared/util/ids.ts'
import { entriesOfCase } from '#engine/store/queries/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { StoredCase } from '#engine/store/queries/cases.ts'
import { mentionById } from '#engine/store/queries/mentions.ts'
import { parcelsOfCase, type Parcel } from '#engine/store/queries/parcels.ts'
import type { Store } from '#engine/store/store.ts'
import type { Outbox } from '#engine/delivery/outbox.ts'
import type { DeskBook } from '#engine/organisation/desk-book.ts'
import type { Ledger, Recorded } from '#engine/cases/ledger.ts'
import type { Channels } from './channels.ts'
import { payloadOf } from './payload.ts'

/** What an officer writes to the desk. */
interface DeskMessage {
  text: string
  by: string
}

/** What desks outside are given. */
export interface Handoffs {
  /** Queues a case for every enabled channel of its desk that it has not gone through yet. Inside a transaction. */
  enqueue(c: StoredCase): StoredCase
  /** Queues it for one channel, again if need be, with what an officer writes to the desk. Inside a transaction. */
  handOff(c: StoredCase, channelId: string, actor: Actor, message?: DeskMessage): Recorded
  /** Sends a failed or unknown one again, with the same key. */
  retry(id: string): Handoff
  ofCase(caseId: string): Handoff[]
}

function stateOf({ state }: Parcel<'handoff'>): Handoff['state'] {
  if (state === 'sending') return 'queued'
  return state === 'queued' || state === 'sent' || state === 'unknown' ? state : 'failed'
}

const publicHandoff = (parcel: Parcel<'handoff'>): Handoff => ({
  id: parcel.id,
  caseId: parcel.caseId,
  channelId: parcel.lane,
  channelName: parcel.laneName,
  state: stateOf(parcel),
  attempts: parcel.attempts,
  createdAt: parcel.createdAt,
  nextAttemptAt: parcel.nextAttemptAt,
  sentAt: parcel.sentAt,
  advice: parcel.advice,
})

export function createHandoffs({
  store,
  ledger,
  book,
  channels,
  outbox,
  clock,
}: {
  store: Store
  ledger: Ledger
  book: DeskBook
  channels: Channels
  outbox: Outbox
  clock: Clock
}): Handoffs {
  function queue(c: StoredCase, channel: Channel, actor: Actor, message: DeskMessage | null = null): Recorded {
    const desk = book.desk(channel.deskId)
    const mention = mentionById(store, c.mentionId)
    if (!desk || !mention) throw new Failure('user', 'handoff.deskOrMentionGone')
    const id = newId('out')
    const payload = payloadOf(id, store.stationId, desk, c, mention, clock.now(), message)
    outbox.put<'handoff'>({
      id,
      kind: 'handoff',
      caseId: c.id,
      lane: channel.id,
      laneName: channel.name,
      network: null,
      content: { payload, linksUntil: null },
    })
    const data = { handoff: id, channel: channel.name }
    return ledger.change(c, { kind: 'handoff.queued', after: { handoff: 'queued' }, data }, actor)
  }

  /** Channels that the case has gone through; what was sent back, or taken back before it left, may be sent there again. */
  function channelsGone(caseId: string): Set<string> {
    const sentBack = new Set(
      entriesOfCase(store, caseId).flatMap(({ kind, data }) => (kind === 'handoff.bounced' ? [data.handoff] : [])),
    )
    const gone = parcelsOfCase(store, 'handoff', caseId).filter(
      ({ id, state }) => state !== 'cancelled' && !sentBack.has(id),
    )
    return new Set(gone.map(({ lane }) => lane))
  }

  return {
    enqueue(c) {
      if (c.deskId === null || c.state !== 'routed' || channels.ofDesk(c.deskId).length === 0) return c
      const gone = channelsGone(c.id)
      let current = c
      for (const { channel } of channels.ofDesk(c.deskId)) {
        if (channel.enabled && !gone.has(channel.id)) current = queue(current, channel, earshot).case
      }
      return current
    },

    handOff(c, channelId, actor, message) {
      if (c.state === 'closed') throw new Failure('user', 'case.closedHandOff')
      const stored = channels.get(channelId)
      if (!stored?.channel.enabled) throw new Failure('user', 'handoff.channelOff')
      const waits = parcelsOfCase(store, 'handoff', c.id).some(
        ({ lane, state }) => lane === channelId && (state === 'queued' || state === 'sending'),
      )
      if (waits && !message) throw new Failure('user', said('handoff.onItsWay', { channel: stored.channel.name }))
      return queue(c, stored.channel, actor, message)
    },

    retry: (id) => publicHandoff(outbox.retry('handoff', id, earshot)),
    ofCase: (caseId) => parcelsOfCase(store, 'handoff', caseId).map(publicHandoff),
  }
}
