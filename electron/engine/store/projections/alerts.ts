import { alertById, writeAlert, type StoredAlert } from '#engine/store/queries/alerts.ts'
import type { Projection } from './projection.ts'

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
