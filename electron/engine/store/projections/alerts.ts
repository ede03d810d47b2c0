import { alertById, writeAlert, type StoredAlert } from '#engine/store/queries/alerts.ts'
import type { AlertTold } from '#shared/model/alert.ts'
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
  const before = alertById(db, alert)
  const told = after.told && { told: withTold(before?.told ?? [], after.told) }
  writeAlert(db, { ...before, ...after, ...told } as StoredAlert)
}

/** Messages are many where many are told: an entry has those alone that are new or another now. None is ever taken away. */
export function withTold(before: readonly AlertTold[], changed: readonly AlertTold[]): AlertTold[] {
  const news = new Map(changed.map((one) => [one.id, one]))
  const known = new Set(before.map(({ id }) => id))
  return [...before.map((one) => news.get(one.id) ?? one), ...changed.filter(({ id }) => !known.has(id))]
}

export const alertRecipients = things<AlertRecipient>(
  (db, recipient, _at, data) => writeRecipient(db, { recipient, secretKeys: (data.secretKeys as string[]) ?? [] }),
  deleteRecipient,
)

/** `{before, after}` of the one rota that a station has. */
export const alertRota: Projection = (db, { data }) => writeRota(db, data.after as AlertRota)
