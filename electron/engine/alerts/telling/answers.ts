import { alertCommands } from '#shared/model/alert.ts'
import type { Letter } from '#shared/model/letter.ts'
import { cut } from '#shared/util/text-length.ts'
import type { AlertBook } from '#engine/alerts/book.ts'
import type { Outbox } from '#engine/delivery/outbox.ts'
import { adviceOf } from '#engine/handoffs/desk-mails.ts'
import { localPartsAt, readTag, type DeskKey } from '#engine/handoffs/signing.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import { recipientById } from '#engine/store/queries/alert-recipients.ts'
import { alertById } from '#engine/store/queries/alerts.ts'
import { claimLetter, parcelById, type Parcel } from '#engine/store/queries/parcels.ts'
import type { Store } from '#engine/store/store.ts'

/** Tags that are looked at: a mail that names more of them is no reply. */
const MOST_TAGS = 20
const TEXT_MOST = 2_000
/** Answers that stand on one card; two machines that answer each other write no more. */
const MOST_COMMENTS = 200
/** Ids of messages that left while the keychain could not be read, and of tests. */
const PLAIN = /^(?:out|test)_[0-9a-z]{12}$/

export interface AlertAnswersDeps {
  store: Store
  transact<T>(work: () => T): T
  clock: Clock
  log: Log
  book: AlertBook
  key: DeskKey
  outbox: Pick<Outbox, 'bounced'>
}

/**
 * Mails that answer a message about an alert. None of them is a customer's: what somebody writes stands on the card, an absence note says
 * nothing, and a mail server's report marks the message as failed. Returns whether it was such a mail; read twice, it does nothing twice.
 */
export function createAlertAnswers(deps: AlertAnswersDeps): (letter: Letter) => Promise<boolean> {
  const { store, clock, log, book, key, outbox } = deps

  const messageOf = (id: string): Parcel | undefined => {
    const parcel = parcelById(store, id)
    return parcel?.kind === 'alert' ? parcel : undefined
  }

  /** The message that it answers, or that it is about a test; undefined: neither. */
  async function answered({ tags, answers }: Letter): Promise<Parcel | 'test' | undefined> {
    const named = [...new Set([...tags, ...localPartsAt(store.stationId, answers)])].slice(0, MOST_TAGS)
    if (named.length === 0) return undefined
    for (const id of named.filter((one) => PLAIN.test(one))) {
      const message = id.startsWith('test_') ? 'test' : messageOf(id)
      if (message) return message
    }
    const secret = await key.get()
    if (secret === null) return undefined
    for (const tag of named) {
      const message = messageOf(readTag(secret, store.stationId, tag) ?? '')
      if (message) return message
    }
    return undefined
  }

  function write(message: Parcel, { text, from }: Letter): void {
    const alert = alertById(store, message.caseId)
    const said = cut(
      text
        .replace(/\r\n?/g, '\n')
        .replace(/[^\P{C}\n\t]/gu, '')
        .trim(),
      TEXT_MOST,
    )
    const input = alertCommands.comment.input.safeParse({ text: said })
    if (!input.success || !alert || alert.comments.length >= MOST_COMMENTS) return
    const name = recipientById(store, message.lane)?.recipient.name ?? from?.address ?? message.laneName
    book.do('comment', alert.id, input.data, { kind: 'desk', id: message.lane, name })
  }

  return async (letter) => {
    const { messageId, report, automatic } = letter
    const message = await answered(letter)
    if (message === undefined) return false
    if (message === 'test') {
      if (report?.failed) log.log('warn', 'A test of a recipient of alerts came back', { status: report.status })
      return true
    }
    deps.transact(() => {
      if ((report ? !report.failed : automatic) || !claimLetter(store, messageId, message.id, clock.now())) return
      if (report) outbox.bounced(message.id, adviceOf(report, 'handoff.theRecipient'))
      else write(message, letter)
    })
    return true
  }
}
