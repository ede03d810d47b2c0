import { sqlStep } from './migration.ts'

export const cursors = sqlStep(210, 'cursors')`
  CREATE TABLE cursors (
    source_id TEXT PRIMARY KEY NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    cursor TEXT NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID
`
