import type { Channel, Handoff } from '#shared/model/handoff.ts'
import type { Actor } from '#shared/model/journal.ts'
import { newId } from '#shared/util/ids.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import { SecretsUnavailable } from '#engine/platform/secrets.ts'
import { caseById, type StoredCase } from '#engine/store/queries/cases.ts'
import { mentionBySeq } from '#engine/store/queries/mentions.ts'
import {
  insertOutbox,
  outboxById,
  outboxDue,
  outboxInterrupted,
  outboxOfCase,
  publicHandoff,
  updateOutbox,
  type OutboxRow,
} from '#engine/store/queries/outbox.ts'
import type { Store } from '#engine/store/store.ts'
import type { DeskBook } from '../desk-book.ts'
import type { Ledger } from '../ledger.ts'
import { CaseProblem } from '#engine/platform/case-problem.ts'
import type { Channels } from './channels.ts'
import { payloadOf, type Payload } from './payload.ts'
import { honoursKey, type SendResult } from './send.ts'

/** Time to take a hand-off back before it leaves. */
const GRACE_MS = 5_000
const AT_ONCE = 4
const MOST_ATTEMPTS = 10
/** 30 s, 1 min, 2 min … at most 30 min, each up to a quarter longer, so that retries do not come in step. */
const backOff = (attempts: number, random: number): number =>
  Math.min(30_000 * 2 ** (attempts - 1), 1_800_000) * (1 + random / 4)

const CANCELLED = 'Taken back before it was sent.'

const engine: Actor = { kind: 'engine', id: 'earshot', name: 'Earshot' }

export interface OutboxDeps {
  store: Store
  ledger: Ledger
  book: DeskBook
  channels: Channels
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
  /** Queues it for one channel, again if need be. Inside a transaction. */
  handOff(c: StoredCase, channelId: string, actor: Actor): { case: StoredCase; entry: number }
  /** Takes back what has not left yet. Inside a transaction. */
  cancel(ids: readonly string[]): void
  /** Sends a failed or unknown one again, with the same key. */
  retry(id: string): Handoff
  ofCase(caseId: string): Handoff[]
  /** Sorts out what a crash left behind. */
  start(): void
  /** Sends what is due; resolves when none of it is under way any more. */
  work(): Promise<void>
}

export function createOutbox(deps: OutboxDeps): Outbox {
  const { store, ledger, book, channels, clock, log } = deps
  const { db } = store
  const sending = new Set<string>()

  function queue(c: StoredCase, channel: Channel, actor: Actor): { case: StoredCase; entry: number } {
    const desk = book.desk(channel.deskId)
    const mention = mentionBySeq(db, store.stationId, c.mentionSeq)
    if (!desk || !mention)
      throw new CaseProblem('NOT_FOUND', 'The desk or the mention of this case is not here any more.')
    const id = newId('out')
    const now = clock.now()
    insertOutbox(db, {
      id,
      caseId: c.id,
      channelId: channel.id,
      channelName: channel.name,
      payload: JSON.stringify(payloadOf(id, store.stationId, desk, c, mention, now)),
      state: 'queued',
      attempts: 0,
      createdAt: now,
      nextAttemptAt: now + (deps.graceMs ?? GRACE_MS),
      sentAt: null,
      advice: null,
    })
    return ledger.change(
      c,
      { kind: 'handoff.queued', after: { handoff: 'queued' }, data: { handoff: id, channel: channel.name } },
      actor,
    )
  }

  /** Writes how an attempt ended, with the case and the journal, in one transaction. */
  function record(
    row: OutboxRow,
    change: Partial<OutboxRow>,
    kind: 'handoff.sent' | 'handoff.failed' | 'handoff.unknown' | null,
  ): void {
    ledger.transact(() => {
      updateOutbox(db, { ...row, ...change })
      const known = kind === null ? undefined : caseById(db, row.caseId)
      if (kind === null || known === undefined) return
      const state = kind === 'handoff.sent' ? 'sent' : kind === 'handoff.failed' ? 'failed' : 'unknown'
      const data = { handoff: row.id, channel: row.channelName, advice: change.advice ?? null }
      ledger.change(known, { kind, after: { handoff: state }, data }, engine)
    })
  }

  function settle(row: OutboxRow, { outcome, advice, retryAfterMs }: SendResult): void {
    const now = clock.now()
    switch (outcome) {
      case 'sent':
        return record(row, { state: 'sent', sentAt: now, nextAttemptAt: null, advice: null }, 'handoff.sent')
      case 'refused':
        return record(row, { state: 'failed', nextAttemptAt: null, advice }, 'handoff.failed')
      case 'unknown':
        return record(row, { state: 'unknown', nextAttemptAt: null, advice: unsure(advice) }, 'handoff.unknown')
      case 'later': {
        if (row.attempts >= MOST_ATTEMPTS) {
          const given = `${advice ?? ''} Tried ${row.attempts} times. Check the channel, then send again.`.trim()
          return record(row, { state: 'failed', nextAttemptAt: null, advice: given }, 'handoff.failed')
        }
        const jitter = Number.parseInt(row.id.slice(-4), 36) / 36 ** 4
        const wait = Math.max(retryAfterMs ?? 0, backOff(row.attempts, jitter))
        return record(row, { state: 'queued', nextAttemptAt: now + Math.round(wait), advice }, null)
      }
    }
  }

  const unsure = (advice: string | null): string =>
    `${advice ?? 'It was on its way when Earshot was stopped.'} It may have arrived: ask the desk, and send it again only if it did not.`

  async function attempt(due: OutboxRow): Promise<void> {
    const stored = channels.get(due.channelId)
    const known = caseById(db, due.caseId)
    if (!stored?.channel.enabled) {
      return record(
        due,
        { state: 'failed', nextAttemptAt: null, advice: 'The channel was removed or switched off.' },
        'handoff.failed',
      )
    }
    if (known === undefined || known.state === 'closed') {
      return record(due, { state: 'failed', nextAttemptAt: null, advice: CANCELLED }, null)
    }
    const row: OutboxRow = { ...due, state: 'sending', attempts: due.attempts + 1, nextAttemptAt: null }
    store.transaction(() => updateOutbox(db, row))
    const outcome = await channels
      .send(stored.channel, JSON.parse(row.payload) as Payload)
      .catch((error: unknown): SendResult => {
        // The keychain is locked: nothing has left yet.
        if (error instanceof SecretsUnavailable) return { outcome: 'later', advice: error.message, retryAfterMs: null }
        log.log(
          'error',
          'A hand-off failed by a fault of the program',
          { channel: stored.channel.id, kind: stored.channel.kind },
          error,
        )
        return {
          outcome: 'unknown',
          advice: 'Earshot made a mistake while sending it; the log has the detail.',
          retryAfterMs: null,
        }
      })
    settle(row, outcome)
  }

  return {
    enqueue(c) {
      if (c.deskId === null || c.state !== 'routed' || channels.ofDesk(c.deskId).length === 0) return c
      const gone = new Set(outboxOfCase(db, c.id).map((row) => row.channelId))
      let current = c
      for (const { channel } of channels.ofDesk(c.deskId)) {
        if (channel.enabled && !gone.has(channel.id)) current = queue(current, channel, engine).case
      }
      return current
    },

    handOff(c, channelId, actor) {
      const stored = channels.get(channelId)
      if (!stored?.channel.enabled)
        throw new CaseProblem('NOT_FOUND', 'There is no such channel, or it is switched off.')
      const waiting = outboxOfCase(db, c.id).find(
        (row) => row.channelId === channelId && (row.state === 'queued' || row.state === 'sending'),
      )
      if (waiting) throw new CaseProblem('CONFLICT', `It is on its way through ${stored.channel.name} already.`)
      return queue(c, stored.channel, actor)
    },

    cancel(ids) {
      for (const id of ids) {
        const row = outboxById(db, id)
        if (row?.state === 'queued')
          updateOutbox(db, { ...row, state: 'failed', nextAttemptAt: null, advice: CANCELLED })
      }
    },

    retry(id) {
      const row = outboxById(db, id)
      if (!row) throw new CaseProblem('NOT_FOUND', 'There is no such hand-off.')
      if (row.state !== 'failed' && row.state !== 'unknown')
        throw new CaseProblem('BAD_INPUT', 'Only what failed or is unknown is sent again.')
      const next: OutboxRow = { ...row, state: 'queued', attempts: 0, nextAttemptAt: clock.now(), advice: null }
      ledger.transact(() => {
        updateOutbox(db, next)
        const known = caseById(db, row.caseId)
        const data = { handoff: row.id, channel: row.channelName, again: true }
        if (known) ledger.change(known, { kind: 'handoff.queued', after: { handoff: 'queued' }, data }, engine)
      })
      return publicHandoff(next)
    },

    ofCase: (caseId) => outboxOfCase(db, caseId).map(publicHandoff),

    start() {
      for (const row of outboxInterrupted(db)) {
        const stored = channels.get(row.channelId)
        // The same key again: a receiver that honours it takes it once.
        if (stored && honoursKey(stored.channel)) record(row, { state: 'queued', nextAttemptAt: clock.now() }, null)
        else record(row, { state: 'unknown', nextAttemptAt: null, advice: unsure(null) }, 'handoff.unknown')
      }
    },

    async work() {
      for (;;) {
        const due = outboxDue(db, clock.now(), AT_ONCE).filter((row) => !sending.has(row.id))
        if (due.length === 0) return
        for (const row of due) sending.add(row.id)
        await Promise.all(due.map((row) => attempt(row).finally(() => sending.delete(row.id))))
      }
    },
  }
}
