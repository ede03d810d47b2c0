import { sqlStep } from './migration.ts'

export const sourceHealth = sqlStep(220, 'source health')`
  CREATE TABLE source_health (
    source_id TEXT PRIMARY KEY NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    last_success_at INTEGER,
    last_new_at INTEGER,
    last_attempt_at INTEGER,
    next_attempt_at INTEGER,
    quota TEXT,
    gaps TEXT NOT NULL DEFAULT '[]',
    dropped TEXT NOT NULL DEFAULT '{}',
    consecutive_failures INTEGER NOT NULL DEFAULT 0,
    needs_person INTEGER NOT NULL DEFAULT 0,
    finished INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    detail TEXT
  ) STRICT, WITHOUT ROWID
`
