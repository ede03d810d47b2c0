import { sqlStep } from './migration.ts'

export const shifts = sqlStep(500, 'shifts')`
  CREATE TABLE shifts (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    officer TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    note TEXT NOT NULL
  ) STRICT;
  CREATE INDEX shifts_started ON shifts (started_at);
  -- At most one shift runs.
  CREATE UNIQUE INDEX shifts_running ON shifts (ended_at IS NULL) WHERE ended_at IS NULL;
`
