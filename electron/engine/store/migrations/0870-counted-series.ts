import { sqlStep } from './migration.ts'

/** Numbers per minute that are counted elsewhere, as the journal tells of the series, and what came of each. */
export const countedSeries = sqlStep(870, 'counted series')`
  CREATE TABLE counted_series (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    -- SHA-256 of the key with which a program sends numbers; NULL: none may.
    key_hash TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE counted_feed (
    no INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    -- When a number came last that was of now; NULL: never.
    live_at INTEGER,
    -- The first minute since 1970 of which a number was changed or came late, and the watch has not looked again; NULL: none.
    changed_from INTEGER
  ) STRICT;
  CREATE TABLE counted_value (
    series INTEGER NOT NULL,
    minute INTEGER NOT NULL,
    value REAL NOT NULL,
    PRIMARY KEY (series, minute)
  ) STRICT, WITHOUT ROWID;
`
