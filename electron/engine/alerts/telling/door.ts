import type { AlertDoor, AlertOpened, AlertView } from '#shared/model/alert-door.ts'
import { cut } from '#shared/util/text-length.ts'
import type { AlertBook } from '#engine/alerts/book.ts'
import { readLink, type DeskKey } from '#engine/handoffs/signing.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { recipientById, wentElsewhere, type StoredRecipient } from '#engine/store/queries/alert-recipients.ts'
import { alertById, type StoredAlert } from '#engine/store/queries/alerts.ts'
import { parcelById } from '#engine/store/queries/parcels.ts'
import { readSettings } from '#engine/store/queries/settings.ts'
import type { Store } from '#engine/store/store.ts'
import type { Composing } from './composing.ts'

const NAME_MOST = 80
/** One line without characters that hide or turn the text around it. */
const cleanName = (name: string): string => cut(name.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim(), NAME_MOST).trim()

export interface AlertDoorDeps {
  store: Store
  clock: Clock
  book: AlertBook
  key: DeskKey
  composing: Composing
  /** IANA name of the station's zone. */
  timeZone: string
}

interface Opened {
  alert: StoredAlert
  to: StoredRecipient
  until: number
}

/** The pages behind the links of messages: a link is good for its one alert, and for taking it. */
export function createAlertDoor({ store, clock, book, key, composing, timeZone }: AlertDoorDeps): AlertDoor {
  async function open(token: string): Promise<Opened | Extract<AlertOpened, { ok: false }>> {
    const secret = await key.get()
    if (secret === null) return { ok: false, why: 'unavailable' }
    const link = readLink(secret, store.stationId, token, 'alert')
    const parcel = link && parcelById(store, link.handoffId)
    const alert = parcel?.kind === 'alert' ? alertById(store, parcel.caseId) : undefined
    if (!link || !parcel || !alert) return { ok: false, why: 'unknown' }
    if (link.until <= clock.now()) return { ok: false, why: 'expired' }
    const to = recipientById(store, parcel.lane)
    // Whoever was taken off the list, or whose place somebody else took, sees nothing by what they were sent before.
    if (!to?.recipient.enabled || wentElsewhere(store, parcel.lane, parcel.sentAt ?? parcel.createdAt))
      return { ok: false, why: 'removed' }
    return { alert, to, until: link.until }
  }

  function viewOf({ alert, to: { recipient }, until }: Opened): AlertView {
    return {
      who: recipient.name,
      message: composing.whole(alert, recipient),
      takenBy: alert.takenBy,
      takenAt: alert.takenAt,
      isOver: alert.state === 'resolved',
      timeZone: recipient.quiet?.timeZone ?? timeZone,
      until,
    }
  }

  return {
    publicUrl: () => readSettings(store).publicUrl,

    async read(token) {
      const opened = await open(token)
      return 'ok' in opened ? opened : { ok: true, view: viewOf(opened) }
    },

    async take(token, name) {
      const opened = await open(token)
      if ('ok' in opened) return opened
      const { alert, to } = opened
      const typed = cleanName(name)
      const by = typed === '' || typed === to.recipient.name ? to.recipient.name : `${typed} (${to.recipient.name})`
      if (alert.takenBy === null && alert.state !== 'resolved')
        book.do('take', alert.id, {}, { kind: 'desk', id: to.recipient.id, name: by })
      return { ok: true, view: viewOf({ ...opened, alert: book.get(alert.id) }) }
    },
  }
}
