import { sqlStep } from './migration.ts'

/** The same person on several networks: what their names come down to, and which accounts were put together. */
export const persons = sqlStep(610, 'persons')`
  -- Names of authors who wrote something that was routed, reduced to what is compared.
  CREATE TABLE author_alias (
    alias TEXT NOT NULL,
    author_key INTEGER NOT NULL,
    PRIMARY KEY (alias, author_key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE person_account (
    author_key INTEGER PRIMARY KEY,
    person_id TEXT NOT NULL,
    confidence REAL NOT NULL,
    reason TEXT NOT NULL,
    linked_at INTEGER NOT NULL,
    linked_by TEXT NOT NULL
  ) STRICT;
  CREATE INDEX person_account_person ON person_account (person_id);
  -- Pairs that an officer took apart: never linked again by the machine. one < other.
  CREATE TABLE person_apart (
    one INTEGER NOT NULL,
    other INTEGER NOT NULL,
    PRIMARY KEY (one, other)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE author_influence (
    author_key INTEGER PRIMARY KEY,
    influence REAL,
    reach REAL,
    resonance REAL,
    relevance REAL,
    history REAL,
    engagement_sum REAL NOT NULL DEFAULT 0,
    engagement_known INTEGER NOT NULL DEFAULT 0,
    mentions INTEGER NOT NULL DEFAULT 0,
    heard INTEGER NOT NULL DEFAULT 0,
    updated_at INTEGER NOT NULL
  ) STRICT;
`
