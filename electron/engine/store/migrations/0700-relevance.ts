import { sqlStep } from './migration.ts'

/** Whether mentions are about what their listen is for: what officers said, and what was learned from it. */
export const relevance = sqlStep(700, 'relevance')`
  CREATE TABLE relevance_mark (
    -- The journal's entry of the decision; one row for each listen that heard the mention.
    entry INTEGER NOT NULL,
    listen_id TEXT NOT NULL,
    mention_seq INTEGER NOT NULL,
    relevant INTEGER NOT NULL,
    -- 0: taken back, replaced by a later word, or from before the listen was told to forget.
    counts INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (entry, listen_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX relevance_mark_listen ON relevance_mark (listen_id, counts, entry);
  CREATE INDEX relevance_mark_mention ON relevance_mark (mention_seq);
  -- Closed cases count as decisions from here on; forgetting moves it.
  CREATE TABLE relevance_listen (listen_id TEXT PRIMARY KEY, since INTEGER NOT NULL) STRICT;
  CREATE TABLE relevance (
    mention_seq INTEGER PRIMARY KEY,
    -- Likelihood in percent that it is about a listen that heard it.
    percent INTEGER NOT NULL,
    -- The officer who said so; NULL: learned.
    by_name TEXT
  ) STRICT;
`
