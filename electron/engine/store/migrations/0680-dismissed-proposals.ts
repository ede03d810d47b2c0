import { sqlStep } from './migration.ts'

/** Proposed rules that an officer did not want. They come back only when twice as many corrections speak for them. */
export const dismissedProposals = sqlStep(680, 'dismissed proposals')`
  CREATE TABLE dismissed_proposal (
    key TEXT PRIMARY KEY,
    support INTEGER NOT NULL,
    at INTEGER NOT NULL,
    by_name TEXT NOT NULL
  ) STRICT, WITHOUT ROWID
`
