import { noRota, type AlertRecipient, type AlertRota } from '#shared/model/alert-recipient.ts'
import { allRows } from '#engine/store/connections.ts'
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

/**
 * Whether what is sent to a recipient goes elsewhere than at an instant, ms since 1970. Of an address that is a secret the
 * journal knows that one was given, and by whom it was taken back.
 */
export function wentElsewhere(db: Reads, id: string, since: number): boolean {
  const sql = `SELECT 1 FROM journal AS now LEFT JOIN journal AS undone ON undone.seq = now.data ->> '$.undoes'
    WHERE now.kind = 'recipient.saved' AND now.at >= ? AND now.data ->> '$.before.id' = ? AND
      ((now.data ->> '$.before.kind', now.data ->> '$.before.config.to') IS NOT
        (now.data ->> '$.after.kind', now.data ->> '$.after.config.to')
      OR coalesce(now.data ->> '$.fingerprints.url', undone.data ->> '$.fingerprints.url') IS NOT NULL) LIMIT 1`
  return allRows(db, sql, since, id).length > 0
}

export const writeRecipient = (db: Writes, { recipient, secretKeys }: StoredRecipient): void =>
  recipientTable.put(db, { id: recipient.id, body: recipient, secretKeys })

export const deleteRecipient = (db: Writes, id: string): void => void recipientTable.remove(db, id)

const ONLY = 'station'

export const readRota = (db: Reads): AlertRota => rotaTable.get(db, ONLY)?.body ?? noRota
export const writeRota = (db: Writes, body: AlertRota): void => rotaTable.put(db, { id: ONLY, body })
