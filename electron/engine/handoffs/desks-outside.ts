import type { Letter } from '#shared/model/letter.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Http } from '#engine/platform/http.ts'
import type { Log } from '#engine/platform/log.ts'
import { createMailer, type Mailer } from '#engine/platform/mailer.ts'
import type { Secrets } from '#engine/platform/secrets.ts'
import { claimLetter, parcelById } from '#engine/store/queries/parcels.ts'
import type { Store } from '#engine/store/store.ts'
import type { Outbox } from '#engine/delivery/outbox.ts'
import type { DeskBook } from '#engine/organisation/desk-book.ts'
import type { Ledger } from '#engine/cases/ledger.ts'
import { createChannels, type Channels } from './channels.ts'
import { createDeskAnswers, type DeskAnswers } from './desk-answers.ts'
import { createDeskMails } from './desk-mails.ts'
import { createDeskWays, type DeskWays } from './desk-ways.ts'
import { handoffParcels } from './handoff-parcels.ts'
import { createHandoffs, type Handoffs } from './handoffs.ts'
import { createDeskKey, type DeskKey } from './signing.ts'

/** Doors that hand-offs leave through, and how desks' answers come back. */
export interface DoorsOutside {
  http: Http
  secrets: Secrets
  /** Default: SMTP to any address. */
  mailer?: Mailer
  /** Whether this process shows the pages that links of hand-offs lead to; default true. */
  servesLinks?: boolean
}

/** Everything between a case and the desks outside Earshot. */
export interface DesksOutside {
  readonly channels: Channels
  readonly handoffs: Handoffs
  /** What desks outside answer, by link or by mail. */
  readonly deskAnswers: DeskAnswers
  readonly deskWays: DeskWays
  /** Signs what people outside come in by. */
  readonly deskKey: DeskKey
  /** Takes a mail by which a desk answers, or a report that something could not be delivered; false: it is a customer's. */
  takeLetter(letter: Letter): Promise<boolean>
}

export interface DesksOutsideDeps extends DoorsOutside {
  store: Store
  ledger: Ledger
  book: DeskBook
  outbox: Outbox
  clock: Clock
  log: Log
  timeZone: string
}

export function createDesksOutside(deps: DesksOutsideDeps): DesksOutside {
  const { store, ledger, outbox, clock, mailer = createMailer() } = deps
  const channels = createChannels({ ...deps, mailer })
  const key = createDeskKey(deps)
  const deskWays = createDeskWays({ store, clock, key, served: deps.servesLinks ?? true })
  outbox.carry('handoff', handoffParcels({ store, ledger, channels, ways: deskWays }))
  const handoffs = createHandoffs({ ...deps, channels })
  const deskAnswers = createDeskAnswers({ ...deps, handoffs, key })
  const mails = createDeskMails({
    stationId: store.stationId,
    key,
    answers: deskAnswers,
    cameBack(id, messageId, advice) {
      if (parcelById(store, id) === undefined) return false
      ledger.transact(() => claimLetter(store, messageId, id, clock.now()) && outbox.bounced(id, advice))
      return true
    },
  })
  return { channels, handoffs, deskAnswers, deskWays, deskKey: key, takeLetter: (letter) => mails.take(letter) }
}
