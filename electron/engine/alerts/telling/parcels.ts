import type { AlertTold } from '#shared/model/alert.ts'
import type { Said } from '#shared/model/said.ts'
import { both, said } from '#shared/words/said.ts'
import type { Carried, Instead, Later } from '#engine/delivery/carried.ts'
import type { DeliveryWords } from '#engine/delivery/verdict.ts'
import { Failure } from '#engine/platform/failure.ts'
import { waitingMessages } from '#engine/store/queries/alert-parcels.ts'
import { recipientById, type StoredRecipient } from '#engine/store/queries/alert-recipients.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { alertById, type StoredAlert } from '#engine/store/queries/alerts.ts'
import { putParcel, type Parcel } from '#engine/store/queries/parcels.ts'
import type { Store } from '#engine/store/store.ts'
import type { AlertBook } from '#engine/alerts/book.ts'
import type { Composing } from './composing.ts'
import type { AlertLinks } from './links.ts'
import { quietUntil } from './quiet.ts'
import type { SendOver } from './doors.ts'

const words: DeliveryWords = {
  gaveUp: said('recipient.check'),
  unsure: said('recipient.ask'),
  mayBeThere: said('recipient.ask'),
  leavingNow: said('recipient.ask'),
}

type Message = Parcel<'alert'>
const begins = (saying: string): boolean => saying === 'raised' || saying === 'worse'

export interface AlertParcelsDeps {
  store: Store
  clock: Clock
  book: AlertBook
  composing: Composing
  links: AlertLinks
  sendOver: SendOver
}

/** What the card says of one message, with what came of it. */
export function writeTold(book: AlertBook, alert: StoredAlert, id: string, change: Partial<AlertTold>): void {
  const told = alert.told.map((one) => (one.id === id ? { ...one, ...change } : one))
  book.change(alert, 'alert.told', { told }, undefined, { message: id })
}

/** Long: what the outbox asks of a kind of parcel, one after the other. Messages about alerts as parcels: one lane a recipient, one after the other, so that an end never overtakes its begin. */
export function alertParcels(deps: AlertParcelsDeps): Carried<'alert'> {
  const { store, clock, book, composing, links, sendOver } = deps

  /** Began and ended while its reader was not to be woken: one line with whatever else did. */
  function summary(parcel: Message): Message {
    const others = waitingMessages(store, parcel.lane).filter(
      ({ id, state, maybeThere, caseId, content }) =>
        id !== parcel.id &&
        state === 'queued' &&
        !maybeThere &&
        content.held &&
        begins(content.message.saying) &&
        alertById(store, caseId)?.state === 'resolved',
    )
    const alerts = [parcel, ...others].flatMap(({ caseId }) => alertById(store, caseId) ?? [])
    const message = composing.held(alerts, parcel.lane) ?? parcel.content.message
    const whole: Message = { ...parcel, content: { ...parcel.content, message, with: others.map(({ id }) => id) } }
    return store.transaction(() => {
      putParcel(store, whole)
      for (const other of others) end(other, said('recipient.inSummary'))
      const alert = alertById(store, parcel.caseId)
      if (alert) writeTold(book, alert, parcel.id, { saying: 'held' })
      return whole
    })
  }

  function end(parcel: Message, advice: Said): void {
    putParcel(store, { ...parcel, state: 'cancelled', nextAttemptAt: null, advice })
    const alert = alertById(store, parcel.caseId)
    if (alert) writeTold(book, alert, parcel.id, { state: 'cancelled', advice, heldUntil: null })
  }

  /** What waited for the end of quiet hours, as things stand now. */
  function afterQuiet(parcel: Message): Message | Instead {
    const { message } = parcel.content
    const alert = alertById(store, parcel.caseId)
    if (alert === undefined) return { state: 'cancelled', advice: said('alarm.gone') }
    const isOver = alert.state === 'resolved'
    if (begins(message.saying)) {
      if (isOver) return summary(parcel)
      const now = composing.message(alert, message.saying, parcel.lane)
      return now ? { ...parcel, content: { ...parcel.content, message: now } } : parcel
    }
    const stands = message.saying === 'resolved' ? isOver : (message.saying === 'noData') === (alert.state === 'noData')
    return stands ? parcel : { state: 'cancelled', advice: said('recipient.notSoAnyMore') }
  }

  /**
   * Until when its reader is not to be told, although it is due: a machine that slept through the end of quiet hours wakes in the next ones, and hours
   * are changed. null: now. What the rota asks, and what a person sends again, goes at all hours.
   */
  function quietNow(parcel: Message, { recipient }: StoredRecipient): number | null {
    const alert = parcel.triedAt === null ? alertById(store, parcel.caseId) : undefined
    const told = alert?.told.find(({ id }) => id === parcel.id)
    if (alert === undefined || told?.step !== null) return null
    return quietUntil(recipient.quiet, alert.strength, clock.now())
  }

  function waitOn(parcel: Message, until: number): Later<'alert'> {
    const alert = alertById(store, parcel.caseId)
    if (alert) writeTold(book, alert, parcel.id, { heldUntil: until })
    return { waits: { ...parcel, nextAttemptAt: until, content: { ...parcel.content, held: true } } }
  }

  return {
    words,
    width: 1,
    paceMs: () => 0,
    repeatable: ({ lane }) => recipientById(store, lane)?.recipient.kind === 'webhook',

    ready(parcel): Message | Instead | Later<'alert'> {
      const stored = recipientById(store, parcel.lane)
      if (stored?.recipient.enabled !== true) {
        const why = said('recipient.removed')
        return parcel.maybeThere
          ? { state: 'unknown', advice: both(why, words.unsure) }
          : { state: 'failed', advice: why }
      }
      const until = quietNow(parcel, stored)
      if (until !== null) return waitOn(parcel, until)
      const isFirst = parcel.content.held && parcel.attempts === 0 && parcel.content.message.saying !== 'held'
      const ready = isFirst ? afterQuiet(parcel) : parcel
      if (!('id' in ready)) return ready
      const linksUntil = ready.content.linksUntil ?? links.until()
      return { ...ready, content: { ...ready.content, linksUntil } }
    },

    async send({ id, lane, content }) {
      const stored = recipientById(store, lane)
      if (!stored) return { outcome: 'refused', advice: said('recipient.removed'), retryAfterMs: null }
      const { link, messageId, tag } = await links.of(id, content.linksUntil ?? links.until())
      return sendOver(stored, { id, message: content.message, link: content.message.alert && link, messageId, tag })
    },

    tell(alert, parcel) {
      const { state, advice, sentAt } = parcel
      writeTold(book, alert, parcel.id, { state, advice, sentAt, heldUntil: null })
    },

    recall: () => words.mayBeThere,

    again(alert, parcel) {
      if (parcel.state !== 'failed' && parcel.state !== 'unknown') throw new Failure('user', 'delivery.onlyFailedAgain')
      if (alert) writeTold(book, alert, parcel.id, { state: 'queued', advice: null })
      return { ...parcel, content: { ...parcel.content, linksUntil: null } }
    },
  }
}
