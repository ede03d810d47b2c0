import { isToBeHeard, type AlertTold } from '#shared/model/alert.ts'
import type { AlertSaying } from '#shared/model/alert-message.ts'
import type { RotaStep } from '#shared/model/alert-recipient.ts'
import type { JournalEntry } from '#shared/model/journal.ts'
import { newId } from '#shared/util/ids.ts'
import { said } from '#shared/words/said.ts'
import type { AlertBook } from '#engine/alerts/book.ts'
import type { Outbox } from '#engine/delivery/outbox.ts'
import { earshot } from '#shared/model/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import type { AlertChange } from '#engine/store/projections/alerts.ts'
import { cardEntriesAfter, waitingMessages } from '#engine/store/queries/alert-parcels.ts'
import { alertById, openAlerts, putWatchState, watchStates, type StoredAlert } from '#engine/store/queries/alerts.ts'
import { lastEntrySeq } from '#engine/store/queries/journal.ts'
import type { Store } from '#engine/store/store.ts'
import type { StoredRecipient } from '#engine/store/queries/alert-recipients.ts'
import type { Composing } from './composing.ts'
import { isFor, placesOf } from './matching.ts'
import { quietUntil } from './quiet.ts'
import type { Recipients } from './recipients.ts'
import { climbs, lastStepAt, stepOf } from './rota.ts'

const ROUND_MS = 30_000
/** Worse found so long after its minute was found by a station that caught up: said, and told nobody. */
const LATE_MS = 11 * 60_000
const CURSOR = 'telling'

export interface TellingDeps {
  store: Store
  transact<T>(work: () => T): T
  clock: Clock
  log: Log
  book: AlertBook
  outbox: Pick<Outbox, 'put' | 'takeBack' | 'hasten'>
  recipients: Recipients
  composing: Composing
}

/** Tells those outside what happens to cards. */
export interface Telling {
  /** Tells what happened since it last looked, also before a crash; then with every change of a card. */
  start(): void
  /** One look at what waits: entries, mutes that ended, the rota. Called each half minute; tests call it. */
  look(): void
  stop(): void
}

const begins = (saying: AlertSaying): boolean => saying === 'raised' || saying === 'worse'

/** Whether a message began to tell somebody: it arrived, may have, or is under way. */
const reached = ({ saying, state, heldUntil }: AlertTold): boolean =>
  begins(saying) && heldUntil === null && state !== 'failed' && state !== 'cancelled'

/**
 * Long: the one memory of how far the journal was told, and each thing that can happen to a card. What happens to cards stands in the journal; this follows it, and writes the messages, the place up to which it was read and what the card
 * says of them in one transaction: a crash in between repeats nothing and leaves nothing out.
 */
export function createTelling(deps: TellingDeps): Telling {
  const { store, clock, log, book, outbox, recipients, composing } = deps
  let cursor = Number(watchStates(store, CURSOR)[0]?.content ?? Number.NaN)
  let following = false
  let again = false
  let stopHearing: (() => void) | null = null
  let cancel: (() => void) | null = null
  /** Since when a step counts whose time lies ahead, as the clock was set back. */
  const anchors = new Map<string, number>()

  function keep(seq: number): void {
    cursor = seq
    putWatchState(store, { name: CURSOR, at: clock.now(), content: String(seq) })
  }

  /** Puts one message in; null: a message that waits tells it already. */
  function putOne(alert: StoredAlert, to: StoredRecipient, saying: AlertSaying, step: number | null): AlertTold | null {
    const now = clock.now()
    const { recipient } = to
    const heldUntil = step === null ? quietUntil(recipient.quiet, alert.strength, now) : null
    const waits = alert.told.some(
      (one) =>
        one.recipientId === recipient.id && one.heldUntil !== null && begins(one.saying) && one.state === 'queued',
    )
    if (heldUntil !== null && waits) return null
    const message = composing.message(alert, saying, recipient.id)
    if (message === null) return null
    const id = newId('out')
    outbox.put<'alert'>(
      {
        id,
        kind: 'alert',
        caseId: alert.id,
        lane: recipient.id,
        laneName: recipient.name,
        network: null,
        content: { message, linksUntil: null, held: heldUntil !== null, with: [] },
      },
      heldUntil ?? now,
    )
    return {
      id,
      recipientId: recipient.id,
      who: recipient.name,
      channel: recipient.kind,
      saying,
      step,
      at: now,
      heldUntil,
      sentAt: null,
      state: 'queued',
      advice: null,
    }
  }

  /** What still waits for the end of quiet hours is told now with the newer word. */
  function withoutHeld(alert: StoredAlert, ids: ReadonlySet<string>): AlertTold[] {
    return alert.told.map((one) => {
      if (one.heldUntil === null || one.state !== 'queued' || !ids.has(one.recipientId)) return one
      outbox.takeBack([one.id], earshot)
      return { ...one, state: 'cancelled', heldUntil: null, advice: said('recipient.saidAtOnce') }
    })
  }

  function tell(
    alert: StoredAlert,
    to: readonly StoredRecipient[],
    saying: AlertSaying,
    step: number | null = null,
  ): void {
    const fresh = to.flatMap((one) => putOne(alert, one, saying, step) ?? [])
    if (fresh.length === 0) return
    const now = new Set(fresh.filter(({ heldUntil }) => heldUntil === null).map(({ recipientId }) => recipientId))
    const told = [...withoutHeld(alert, now), ...fresh]
    book.change(alert, 'alert.told', { told }, undefined, { saying, ...(step !== null && { step }) })
  }

  /** Those whom such an alert reaches, each with the word that is right for them. */
  function tellOfBegin(alert: StoredAlert, saying: 'raised' | 'worse'): void {
    if (alert.state === 'resolved' || !isToBeHeard(alert, clock.now())) return
    const places = placesOf(store, alert)
    const for_ = recipients.all().filter(({ recipient }) => isFor(recipient, alert, places))
    const knows = new Set(alert.told.filter(reached).map(({ recipientId }) => recipientId))
    const isNew = ({ recipient }: StoredRecipient): boolean => !knows.has(recipient.id)
    tell(alert, for_.filter(isNew), 'raised')
    if (saying === 'worse') tell(alertById(store, alert.id) ?? alert, knowing(alert, knows), 'worse')
  }

  /** Those who were told that it began, also by the rota, as long as they are still there. */
  const knowing = (alert: StoredAlert, ids = new Set(alert.told.filter(reached).map((one) => one.recipientId))) =>
    recipients.all().filter(({ recipient }) => recipient.enabled && ids.has(recipient.id))

  function heard({ kind, at, data }: JournalEntry): void {
    if (data.after === undefined) return
    const { alert: id, before, after } = data as unknown as AlertChange
    const alert = alertById(store, id)
    if (alert === undefined) return
    switch (kind) {
      case 'alert.raised':
        return tellOfBegin(alert, 'raised')
      case 'alert.unsilenced':
        if (alert.state === 'raised') tellOfBegin(alert, 'raised')
        return
      case 'alert.worse': {
        const isStronger = (after.strength ?? 0) > (before?.strength ?? after.strength ?? 0)
        if (isStronger && at - (after.lastAt ?? at) < LATE_MS) tellOfBegin(alert, 'worse')
        return
      }
      case 'alert.resolved':
      case 'alert.closed':
        if (alert.state === 'resolved') tell(alert, knowing(alert), 'resolved')
        return
      default: {
        const isBlind = kind === 'alert.noData'
        if ((alert.state === 'noData') === isBlind && alert.state !== 'resolved' && isToBeHeard(alert, clock.now()))
          tell(alert, knowing(alert), isBlind ? 'noData' : 'dataAgain')
      }
    }
  }

  /** Reads on in the journal; false: it could not. What a message of ours changes on a card is heard by the same signal, and read after this. */
  function follow(): boolean {
    if (following) return (again = true)
    following = true
    try {
      do {
        again = false
        deps.transact(() => {
          const entries = cardEntriesAfter(store, cursor)
          for (const entry of entries) heard(entry)
          if (entries.length > 0) keep(entries.at(-1)?.seq ?? cursor)
        })
      } while (again)
      return true
    } catch (error) {
      log.log('error', 'Nobody could be told of an alert; it is tried again within half a minute', {}, error)
      // What was rolled back is read again from where it is kept.
      cursor = Number(watchStates(store, CURSOR)[0]?.content ?? cursor)
      return false
    } finally {
      following = false
    }
  }

  /** What was raised while it was muted, and still stands. */
  function tellAfterMute(alert: StoredAlert, now: number): void {
    if (alert.mutedUntil === null || alert.mutedUntil > now || alert.state !== 'raised') return
    if (alert.told.some(({ at }) => at >= (alert.mutedUntil ?? 0)) || alert.told.some(reached)) return
    tellOfBegin(alert, 'raised')
  }

  function climb(alert: StoredAlert, now: number): void {
    const rota = recipients.rota()
    if (!climbs(alert, rota, now)) return void anchors.delete(alert.id)
    if (lastStepAt(alert) > now) anchors.set(alert.id, Math.min(anchors.get(alert.id) ?? now, now))
    const askedBy = ({ recipientIds }: RotaStep): StoredRecipient[] =>
      recipientIds.flatMap((id) => recipients.get(id) ?? []).filter(({ recipient }) => recipient.enabled)
    const anchor = anchors.get(alert.id) ?? Infinity
    const step = stepOf(alert, rota, { now, anchor, canAsk: (one) => askedBy(one).length > 0 })
    if (step === null) return
    anchors.delete(alert.id)
    log.log('info', 'An alert that nobody has taken goes on to the next step of the rota', {
      alert: alert.id,
      step: step.no,
    })
    tell(alert, askedBy(step), 'raised', step.no)
  }

  /** Quiet hours were changed, or the clock was: what waits for their end leaves when they end now. */
  function retime(now: number): void {
    for (const { recipient } of recipients.all())
      for (const parcel of waitingMessages(store, recipient.id)) {
        const alert = alertById(store, parcel.caseId)
        if (!parcel.content.held || parcel.attempts > 0 || alert === undefined) continue
        const until = quietUntil(recipient.quiet, alert.strength, now) ?? now
        if (parcel.nextAttemptAt !== null && until < parcel.nextAttemptAt) outbox.hasten(parcel.id, until)
      }
  }

  function look(): void {
    const isRead = follow()
    try {
      const now = clock.now()
      deps.transact(() => {
        for (const { id } of openAlerts(store)) {
          const alert = alertById(store, id)
          if (alert === undefined) continue
          tellAfterMute(alert, now)
          climb(alertById(store, id) ?? alert, now)
        }
        retime(now)
        const last = lastEntrySeq(store)
        if (isRead && last - cursor > 1_000) keep(last)
      })
    } catch (error) {
      log.log('error', 'The look at who has to be told failed and is done again', {}, error)
    }
  }

  function round(): void {
    look()
    cancel = clock.after(ROUND_MS, round)
  }

  return {
    look,
    start() {
      if (cancel !== null) return
      // What was on the board before there was anybody to tell is history.
      if (Number.isNaN(cursor)) store.transaction(() => keep(lastEntrySeq(store)))
      stopHearing = book.onChanged(() => void follow())
      round()
    },
    stop() {
      stopHearing?.()
      cancel?.()
      cancel = null
    },
  }
}
