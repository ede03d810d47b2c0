import { Failure } from '#engine/platform/failure.ts'
import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import type { Channel, Handoff } from '#shared/model/handoff.ts'
import type { Actor } from '#shared/model/journal.ts'
import { newId } from '#shared/util/ids.ts'
import { entriesOfCase } from '#engine/store/queries/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import { caseById, type StoredCase } from '#engine/store/queries/cases.ts'
import { mentionById } from '#engine/store/queries/mentions.ts'
import {
  outboxById,
  outboxDue,
  outboxInterrupted,
  outboxOfCase,
  publicHandoff,
  putOutbox,
  type OutboxRow,
} from '#engine/store/queries/outbox.ts'
import type { Store } from '#engine/store/store.ts'
import {
  CANCELLED,
  GRACE_MS,
  guarded,
  interruptedVerdict,
  verdictOf,
  type Verdict,
  type DeliveryWords,
} from '#engine/delivery/delivery.ts'
import type { DeskBook } from '#engine/organisation/desk-book.ts'
import type { Ledger } from '#engine/cases/ledger.ts'
import type { AnswerWays } from './answer-ways.ts'
import type { Channels } from './channels.ts'
import { payloadOf, type Payload } from './payload.ts'
import { honoursKey } from './send.ts'

const AT_ONCE = 4

const words: DeliveryWords = {
  gaveUp: said('handoff.checkChannel'),
  unsure: said('handoff.askDesk'),
}

const engine: Actor = { kind: 'engine', id: 'earshot', name: 'Earshot' }

export interface OutboxDeps {
  store: Store
  ledger: Ledger
  book: DeskBook
  channels: Channels
  ways: AnswerWays
  clock: Clock
  log: Log
  /** Default 5 s. */
  graceMs?: number
}

/**
 * Hand-offs on their way to desks outside. A row is committed with the decision; it is marked as being sent before the
 * first byte leaves, and as sent when the receiver said so. Whatever happens in between, nothing is forgotten, and nothing
 * is sent twice to a receiver that cannot tell.
 */
export interface Outbox {
  /** Queues a case for every enabled channel of its desk that it has not gone through yet. Inside a transaction. */
  enqueue(c: StoredCase): StoredCase
  /** Queues it for one channel, again if need be, with what an officer writes to the desk. Inside a transaction. */
  handOff(
    c: StoredCase,
    channelId: string,
    actor: Actor,
    message?: { text: string; by: string },
  ): { case: StoredCase; entry: number }
  /** Takes back what has not left yet. Inside a transaction. */
  cancel(ids: readonly string[]): void
  /** Sends a failed or unknown one again, with the same key. */
  retry(id: string): Handoff
  /** The receiver's mail server said, after it had taken it, that it cannot deliver it. Inside a transaction. */
  bounced(id: string, advice: Said): void
  ofCase(caseId: string): Handoff[]
  /** Sorts out what a crash left behind. */
  start(): void
  /** Sends what is due; resolves when none of it is under way any more. */
  work(): Promise<void>
}

export function createOutbox(deps: OutboxDeps): Outbox {
  const { store, ledger, book, channels, clock, log } = deps
  const sending = new Set<string>()

  function queue(
    c: StoredCase,
    channel: Channel,
    actor: Actor,
    message: { text: string; by: string } | null = null,
  ): { case: StoredCase; entry: number } {
    const desk = book.desk(channel.deskId)
    const mention = mentionById(store, c.mentionId)
    if (!desk || !mention) throw new Failure('user', 'handoff.deskOrMentionGone')
    const id = newId('out')
    const now = clock.now()
    putOutbox(store, {
      id,
      caseId: c.id,
      channelId: channel.id,
      channelName: channel.name,
      payload: JSON.stringify(payloadOf(id, store.stationId, desk, c, mention, now, message)),
      state: 'queued',
      attempts: 0,
      createdAt: now,
      nextAttemptAt: now + (deps.graceMs ?? GRACE_MS),
      sentAt: null,
      advice: null,
      linksUntil: null,
      maybeThere: 0,
    })
    return ledger.change(
      c,
      { kind: 'handoff.queued', after: { handoff: 'queued' }, data: { handoff: id, channel: channel.name } },
      actor,
    )
  }

  /** Writes how an attempt ended, with the case and the journal, in one transaction. */
  function record(row: OutboxRow, { state, nextAttemptAt, advice, maybeThere }: Verdict): void {
    const sentAt = state === 'sent' ? clock.now() : row.sentAt
    ledger.transact(() => {
      putOutbox(store, { ...row, state, nextAttemptAt, advice, sentAt, maybeThere: maybeThere ? 1 : 0 })
      const known = state === 'queued' ? undefined : caseById(store, row.caseId)
      if (state === 'queued' || known === undefined) return
      const data = { handoff: row.id, channel: row.channelName, advice }
      ledger.change(known, { kind: `handoff.${state}`, after: { handoff: state }, data }, engine)
    })
  }

  const failed = (advice: Said): Verdict => ({ state: 'failed', nextAttemptAt: null, advice, maybeThere: false })

  async function attempt(due: OutboxRow): Promise<void> {
    const stored = channels.get(due.channelId)
    const known = caseById(store, due.caseId)
    if (!stored?.channel.enabled) return record(due, failed(said('handoff.channelRemoved')))
    if (known === undefined || known.state === 'closed') {
      store.transaction(() => putOutbox(store, { ...due, state: 'failed', nextAttemptAt: null, advice: CANCELLED }))
      return
    }
    const { channel } = stored
    const linksUntil = due.linksUntil ?? deps.ways.until()
    const row: OutboxRow = { ...due, state: 'sending', attempts: due.attempts + 1, nextAttemptAt: null, linksUntil }
    store.transaction(() => putOutbox(store, row))
    const outcome = await guarded(
      async () => {
        const payload = JSON.parse(row.payload) as Payload
        return channels.send(channel, { ...payload, answer: await deps.ways.of(row.id, linksUntil, channel) })
      },
      log,
      { channel: channel.id, kind: channel.kind },
    )
    const parcel = { id: row.id, attempts: row.attempts, maybeThere: row.maybeThere === 1 }
    record(row, verdictOf(parcel, outcome, { now: clock.now(), repeatable: honoursKey(channel), words }))
  }

  /** Channels that the case has gone through; one that was sent back may be sent there again. */
  function channelsGone(caseId: string): Set<string> {
    const sentBack = new Set(
      entriesOfCase(store, caseId).flatMap(({ kind, data }) => (kind === 'handoff.bounced' ? [data.handoff] : [])),
    )
    return new Set(outboxOfCase(store, caseId).flatMap((row) => (sentBack.has(row.id) ? [] : [row.channelId])))
  }

  return {
    enqueue(c) {
      if (c.deskId === null || c.state !== 'routed' || channels.ofDesk(c.deskId).length === 0) return c
      const gone = channelsGone(c.id)
      let current = c
      for (const { channel } of channels.ofDesk(c.deskId)) {
        if (channel.enabled && !gone.has(channel.id)) current = queue(current, channel, engine).case
      }
      return current
    },

    handOff(c, channelId, actor, message) {
      const stored = channels.get(channelId)
      if (!stored?.channel.enabled) throw new Failure('user', 'handoff.channelOff')
      const waiting = outboxOfCase(store, c.id).find(
        (row) => row.channelId === channelId && (row.state === 'queued' || row.state === 'sending'),
      )
      if (waiting && !message) throw new Failure('user', said('handoff.onItsWay', { channel: stored.channel.name }))
      return queue(c, stored.channel, actor, message)
    },

    cancel(ids) {
      for (const id of ids) {
        const row = outboxById(store, id)
        if (row?.state === 'queued')
          putOutbox(store, { ...row, state: 'failed', nextAttemptAt: null, advice: CANCELLED })
      }
    },

    retry(id) {
      const row = outboxById(store, id)
      if (!row) throw new Failure('user', 'handoff.gone')
      if (row.state !== 'failed' && row.state !== 'unknown') throw new Failure('user', 'delivery.onlyFailedAgain')
      // Links that are sent now hold from now on.
      const next: OutboxRow = { ...row, state: 'queued', attempts: 0, nextAttemptAt: clock.now(), advice: null, linksUntil: null } // prettier-ignore
      ledger.transact(() => {
        putOutbox(store, next)
        const known = caseById(store, row.caseId)
        const data = { handoff: row.id, channel: row.channelName, again: true }
        if (known) ledger.change(known, { kind: 'handoff.queued', after: { handoff: 'queued' }, data }, engine)
      })
      return publicHandoff(next)
    },

    bounced(id, advice) {
      const row = outboxById(store, id)
      // It may be on its way once more; what the next attempt says is newer.
      if (row?.state === 'sent' || row?.state === 'unknown') record(row, failed(advice))
    },

    ofCase: (caseId) => outboxOfCase(store, caseId).map(publicHandoff),

    start() {
      for (const row of outboxInterrupted(store)) {
        const stored = channels.get(row.channelId)
        const repeatable = stored !== undefined && honoursKey(stored.channel)
        record(row, interruptedVerdict(clock.now(), repeatable, words))
      }
    },

    async work() {
      for (;;) {
        const due = outboxDue(store, clock.now(), AT_ONCE).filter((row) => !sending.has(row.id))
        if (due.length === 0) return
        for (const row of due) sending.add(row.id)
        await Promise.all(due.map((row) => attempt(row).finally(() => sending.delete(row.id))))
      }
    },
  }
}
