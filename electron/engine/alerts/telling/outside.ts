import type { AlertDoor } from '#shared/model/alert-door.ts'
import type { Actor } from '#shared/model/journal.ts'
import type { Letter } from '#shared/model/letter.ts'
import type { Said } from '#shared/model/said.ts'
import { newId } from '#shared/util/ids.ts'
import { said } from '#shared/words/said.ts'
import { alertNotices } from '#engine/alerts/alert-notices.ts'
import type { AlertBook } from '#engine/alerts/book.ts'
import type { Outbox } from '#engine/delivery/outbox.ts'
import { guarded } from '#engine/delivery/verdict.ts'
import { plainMessageId } from '#engine/handoffs/send.ts'
import type { DeskKey } from '#engine/handoffs/signing.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { Failure } from '#engine/platform/failure.ts'
import type { Http } from '#engine/platform/http.ts'
import type { Log } from '#engine/platform/log.ts'
import { createMailer, type MailAccount, type Mailer } from '#engine/platform/mailer.ts'
import type { Secrets } from '#engine/platform/secrets.ts'
import type { Store } from '#engine/store/store.ts'
import { createComposing } from './composing.ts'
import { createAlertDoor } from './door.ts'
import { createSendOver } from './doors.ts'
import { createAlertAnswers } from './answers.ts'
import { createAlertLinks } from './links.ts'
import { alertParcels } from './parcels.ts'
import { createRecipients, type Recipients } from './recipients.ts'
import { createTelling, type Telling } from './telling.ts'

export interface AlertsOutsideDeps {
  store: Store
  transact<T>(work: () => T): T
  clock: Clock
  log: Log
  http: Http
  secrets: Secrets
  mailer?: Mailer
  outbox: Outbox
  book: AlertBook
  key: DeskKey
  /** Whether this process shows the pages that links lead to; default true. */
  servesLinks?: boolean
  /** The account of a source that sends mail. Absent: there is none. */
  mailAccount?(sourceId: string): Promise<MailAccount | null>
  /** IANA name of the station's zone. */
  timeZone: string
}

/** Everything between a card and those outside who are told of it. */
export interface AlertsOutside extends Telling {
  readonly recipients: Recipients
  /** Where they see it and take it. */
  readonly door: AlertDoor
  /** How many alerts nobody has taken, of those that are not muted. */
  waiting(): number
  /** Sends one message that says it is a test. */
  check(recipientId: string): Promise<{ ok: boolean; message: Said }>
  /** Sends a message again that failed, or of which nobody knows; with the same key. */
  again(messageId: string, actor: Actor): void
  /** Takes a mail that answers a message about an alert, or says that it came back; false: it is something else. */
  takeLetter(letter: Letter): Promise<boolean>
}

export function createAlertsOutside(deps: AlertsOutsideDeps): AlertsOutside {
  const { store, clock, log, outbox, book, timeZone, mailer = createMailer() } = deps
  const mailAccount = deps.mailAccount ?? (() => Promise.resolve(null))
  const recipients = createRecipients(deps)
  const composing = createComposing(deps)
  const links = createAlertLinks({ ...deps, served: deps.servesLinks ?? true })
  const sendOver = createSendOver({ ...deps, mailer, mailAccount })
  outbox.carry('alert', alertParcels({ store, clock, book, composing, links, sendOver }))
  return {
    ...createTelling({ ...deps, recipients, composing }),
    recipients,
    door: createAlertDoor({ store, clock, book, key: deps.key, composing, timeZone }),
    waiting: () => alertNotices(store, clock.now()).length,
    async check(id) {
      const stored = recipients.get(id)
      if (!stored) throw new Failure('user', 'recipient.gone')
      const test = newId('test')
      const leaving = {
        id: test,
        message: composing.test(stored.recipient),
        link: null,
        messageId: plainMessageId(store.stationId, test),
        tag: null,
      }
      const { outcome, advice } = await guarded(() => sendOver(stored, leaving), log, { recipient: id })
      return outcome === 'sent'
        ? { ok: true, message: said('channel.testTaken') }
        : { ok: false, message: advice ?? said('channel.notTaken') }
    },
    again: (id, actor) => void outbox.retry('alert', id, actor),
    takeLetter: createAlertAnswers(deps),
  }
}
