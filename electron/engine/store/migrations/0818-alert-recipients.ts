import { sqlStep } from './migration.ts'

/** Who is told of alerts outside Earshot, and how one climbs that nobody takes. */
export const alertRecipients = sqlStep(818, 'alert recipients')`
  CREATE TABLE alert_recipients (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    -- Keys that have a secret in the keychain under "id/key".
    secret_keys TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE alert_rotas (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`
