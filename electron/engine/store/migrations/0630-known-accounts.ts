import { sqlStep } from './migration.ts'

/** Accounts whose mentions were routed, with the row of their newest one: names are compared without waiting for the look-up tables. */
export const knownAccounts = sqlStep(630, 'known accounts')`
  CREATE TABLE known_account (
    author_key INTEGER PRIMARY KEY,
    last_seq INTEGER NOT NULL
  ) STRICT;
`
