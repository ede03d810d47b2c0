import { sqlStep } from './migration.ts'

/**
 * Each import of a file, and the rows that it brought: so that it can be taken back as a whole. Rows come in stretches, one
 * for each batch and neighbours: `last_seq` is the last of it.
 */
export const imports = sqlStep(780, 'imports')`
  CREATE TABLE import (
    no INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    file TEXT NOT NULL,
    source_name TEXT NOT NULL,
    by_name TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    -- NULL: it is under way, or was broken off.
    ended_at INTEGER,
    stored INTEGER NOT NULL,
    -- When somebody wanted it back; and when that was done.
    undo_at INTEGER,
    undone_at INTEGER,
    -- Rows from here on are dealt with, while it is being taken back.
    undone_from INTEGER,
    removed INTEGER NOT NULL,
    -- Somebody had decided something about them: they stay.
    kept INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE import_rows (
    import INTEGER NOT NULL,
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    PRIMARY KEY (import, first_seq)
  ) STRICT, WITHOUT ROWID;
`
