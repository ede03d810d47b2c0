import { sqlStep } from './migration.ts'

/** After a change of models what is stored is read again: how far that is, and how mentions were read before. */
export const rereading = sqlStep(790, 'rereading')`
  CREATE TABLE rereading (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    -- What reads mood and intent, as labels carry it.
    edition TEXT NOT NULL,
    -- The newest row when it began.
    from_seq INTEGER NOT NULL,
    -- Rows up to this one are still to be read; 0: all are read.
    next_seq INTEGER NOT NULL,
    -- Rows above next_seq up to this one may stand in the full-text index as they were before; next_seq: none does.
    index_to INTEGER NOT NULL,
    -- Mentions that were read otherwise before.
    changed INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER
  ) STRICT;

  -- A mention as it was known until then, where mood or intent became another or a case was decided by it.
  CREATE TABLE earlier_reading (
    seq INTEGER NOT NULL,
    until INTEGER NOT NULL,
    sentiment INTEGER NOT NULL,
    score REAL NOT NULL,
    confidence REAL NOT NULL,
    model INTEGER NOT NULL,
    driving TEXT,
    intent TEXT,
    PRIMARY KEY (seq, until)
  ) STRICT, WITHOUT ROWID;
`
