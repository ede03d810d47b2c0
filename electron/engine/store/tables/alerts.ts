import type { Alert } from '#shared/model/alert.ts'
import { AlertRecipient, AlertRota } from '#shared/model/alert-recipient.ts'
import { json, jsonText, plain, shape, table } from '../table.ts'

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

export const recipientTable = table('alert_recipients', ['id'], {
  id: plain<string>(),
  body: shape(AlertRecipient),
  /** Keys that have a secret in the keychain under `recipient id/key`. */
  secretKeys: jsonText<string[]>(),
})

export const rotaTable = table('alert_rotas', ['id'], { id: plain<string>(), body: shape(AlertRota) })
