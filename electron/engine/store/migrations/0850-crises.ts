import { sqlStep } from './migration.ts'

/** Crises that people run, as the journal tells them. */
export const crises = sqlStep(850, 'crises')`
  CREATE TABLE crisis (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    since INTEGER NOT NULL,
    ended_at INTEGER,
    content TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX crisis_open ON crisis (since) WHERE state = 'open';
`
