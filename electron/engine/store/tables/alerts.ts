import type { Alert } from '#shared/model/alert.ts'
import { json, plain, table } from '../table.ts'

/** What is kept of a card, besides what the table has columns for. */
export type AlertContent = Omit<Alert, 'id' | 'state' | 'since' | 'resolvedAt'>

export const alertTable = table('alert', ['id'], {
  id: plain<string>(),
  /** What it is about: open cards of one key are one card. */
  key: plain<string>(),
  state: plain<Alert['state']>(),
  since: plain<number>(),
  resolvedAt: plain<number | null>(),
  content: json<AlertContent>(),
})

/** What the watch knows, by name. */
export const watchTable = table('alert_watch', ['name'], {
  name: plain<string>(),
  at: plain<number>(),
  content: plain<string>(),
})
