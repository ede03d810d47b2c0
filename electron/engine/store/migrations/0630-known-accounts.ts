import type { Migration } from './migration.ts'

/** Accounts whose mentions were routed, with the row of their newest one: names are compared without waiting for the look-up tables. */
export const knownAccounts: Migration = {
  version: 630,
  name: 'known accounts',
  up(db) {
    db.exec(`
      CREATE TABLE known_account (
        author_key INTEGER PRIMARY KEY,
        last_seq INTEGER NOT NULL
      ) STRICT;
    `)
  },
}
