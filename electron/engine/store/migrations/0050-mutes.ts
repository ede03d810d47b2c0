import { sqlStep } from './migration.ts'

/** Authors and conversations that an officer does not want to see. A projection of the journal (`entry`). */
export const mutes = sqlStep(50, 'mutes')`
  CREATE TABLE mute (
    kind TEXT NOT NULL CHECK (kind IN ('author', 'thread')),
    key INTEGER NOT NULL,
    mention_seq INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (kind, key)
  ) STRICT, WITHOUT ROWID;
`
