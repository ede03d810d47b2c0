import { alertById, writeAlert, type StoredAlert } from '#engine/store/queries/alerts.ts'
import type { AlertRecipient, AlertRota } from '#shared/model/alert-recipient.ts'
import { deleteRecipient, writeRecipient, writeRota } from '#engine/store/queries/alert-recipients.ts'
import { things, type Projection } from './projection.ts'

/** What an entry about a card says: its fields as they were and as they are; of a new card all of them. */
export interface AlertChange {
  alert: string
  before: Partial<StoredAlert> | null
  after: Partial<StoredAlert>
}

/** A rule's alert has no card: it says nothing of one. */
export const alerts: Projection = (db, { data }) => {
  if (data.after === undefined) return
  const { alert, after } = data as unknown as AlertChange
  writeAlert(db, { ...alertById(db, alert), ...after } as StoredAlert)
}

export const alertRecipients = things<AlertRecipient>(
  (db, recipient, _at, data) => writeRecipient(db, { recipient, secretKeys: (data.secretKeys as string[]) ?? [] }),
  deleteRecipient,
)

/** `{before, after}` of the one rota that a station has. */
export const alertRota: Projection = (db, { data }) => writeRota(db, data.after as AlertRota)
