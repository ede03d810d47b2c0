import { noRota, type AlertRecipient, type AlertRota } from '#shared/model/alert-recipient.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import { recipientTable, rotaTable } from '#engine/store/tables/alerts.ts'

export interface StoredRecipient {
  recipient: AlertRecipient
  /** Keys that have a secret in the keychain under `recipient id/key`. */
  secretKeys: string[]
}

export const readRecipients = (db: Reads): StoredRecipient[] =>
  recipientTable.all(db, 'ORDER BY id').map(({ body, secretKeys }) => ({ recipient: body, secretKeys }))

export const recipientById = (db: Reads, id: string): StoredRecipient | undefined => {
  const row = recipientTable.get(db, id)
  return row && { recipient: row.body, secretKeys: row.secretKeys }
}

export const writeRecipient = (db: Writes, { recipient, secretKeys }: StoredRecipient): void =>
  recipientTable.put(db, { id: recipient.id, body: recipient, secretKeys })

export const deleteRecipient = (db: Writes, id: string): void => void recipientTable.remove(db, id)

const ONLY = 'station'

export const readRota = (db: Reads): AlertRota => rotaTable.get(db, ONLY)?.body ?? noRota
export const writeRota = (db: Writes, body: AlertRota): void => rotaTable.put(db, { id: ONLY, body })
