import { sqlStep } from './migration.ts'

/** What the station learns from its officers: corrections of sentiment, and the customer's dictionary of aspects. */
export const learning = sqlStep(620, 'learning')`
  CREATE TABLE correction (
    -- The journal's entry of the relabelling: who, when, what.
    entry INTEGER PRIMARY KEY,
    mention_seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    by_name TEXT NOT NULL,
    -- 0 negative, 1 neutral, 2 positive.
    was INTEGER NOT NULL,
    is_now INTEGER NOT NULL,
    -- 0: taken back, or from before a reset: no longer learned from.
    counts INTEGER NOT NULL DEFAULT 1
  ) STRICT;
  CREATE INDEX correction_mention ON correction (mention_seq);
  CREATE TABLE aspect_word (
    aspect TEXT NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (aspect, word)
  ) STRICT, WITHOUT ROWID;
`
