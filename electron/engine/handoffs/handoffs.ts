import type { Said } from '#shared/model/said.ts'
import type { Letter } from '#shared/model/letter.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Http } from '#engine/platform/http.ts'
import type { Log } from '#engine/platform/log.ts'
import { createMailer, type Mailer } from '#engine/platform/mailer.ts'
import type { Secrets } from '#engine/platform/secrets.ts'
import { claimDeskLetter } from '#engine/store/queries/outbox.ts'
import type { Store } from '#engine/store/store.ts'
import type { DeskBook } from '#engine/organisation/desk-book.ts'
import type { Ledger } from '#engine/cases/ledger.ts'
import { createAnswerWays, type AnswerWays } from './answer-ways.ts'
import { createChannels, type Channels } from './channels.ts'
import { createDeskAnswers, type DeskAnswers } from './desk-answers.ts'
import { createMailReplies } from './mail-replies.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { createDeskKey } from './signing.ts'

/** Doors that hand-offs leave through, and how their answers come back. */
export interface HandoffDeps {
  http: Http
  secrets: Secrets
  /** Default: SMTP to any address. */
  mailer?: Mailer
  /** Whether this process shows the pages that links of hand-offs lead to; default true. */
  servesLinks?: boolean
}

/** Everything between a case and the desks outside Earshot. */
export interface Handoffs {
  readonly channels: Channels
  readonly outbox: Outbox
  /** What desks outside answer, by link or by mail. */
  readonly deskAnswers: DeskAnswers
  readonly answerWays: AnswerWays
  /** Takes a mail by which a desk answers, or a report that it could not be reached; false: it is a customer's. */
  takeLetter(letter: Letter): Promise<boolean>
}

export function createHandoffs(
  deps: HandoffDeps & {
    store: Store
    ledger: Ledger
    book: DeskBook
    clock: Clock
    log: Log
    timeZone: string
    /** An answer to a customer that came back; false: there is no such answer, or it was sent again since. */
    answerCameBack: (key: string, advice: Said) => boolean
  },
): Handoffs {
  const { store, ledger, book, clock, log, http, secrets, timeZone, mailer = createMailer() } = deps
  const channels = createChannels({ store, book, clock, http, mailer, secrets })
  const key = createDeskKey({ secrets, clock, log })
  const answerWays = createAnswerWays({ store, clock, key, served: deps.servesLinks ?? true })
  const outbox = createOutbox({ store, ledger, book, channels, ways: answerWays, clock, log })
  const deskAnswers = createDeskAnswers({ store, ledger, book, outbox, key, clock, timeZone })
  const replies = createMailReplies({
    stationId: store.stationId,
    key,
    answers: deskAnswers,
    answerCameBack: (id, messageId, advice) =>
      ledger.transact(() => !claimDeskLetter(store, messageId, id, clock.now()) || deps.answerCameBack(id, advice)),
  })
  return { channels, outbox, deskAnswers, answerWays, takeLetter: (letter) => replies.take(letter) }
}
