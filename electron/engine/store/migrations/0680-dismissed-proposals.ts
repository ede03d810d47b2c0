import type { Migration } from './migration.ts'

/** Proposed rules that an officer did not want. They come back only when twice as many corrections speak for them. */
export const dismissedProposals: Migration = {
  version: 680,
  name: 'dismissed proposals',
  up(db) {
    db.exec(`
      CREATE TABLE dismissed_proposal (
        key TEXT PRIMARY KEY,
        support INTEGER NOT NULL,
        at INTEGER NOT NULL,
        by_name TEXT NOT NULL
      ) STRICT, WITHOUT ROWID`)
  },
}
