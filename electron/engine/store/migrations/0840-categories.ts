import { sqlStep } from './migration.ts'

/** The station's own categories: what they are called and shown by, what officers said of mentions, and what was learned from both. */
export const categories = sqlStep(840, 'categories')`
  CREATE TABLE category (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    -- The name as the query language folds it.
    called TEXT NOT NULL,
    about TEXT NOT NULL,
    -- JSON: examples that were written down.
    texts TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE category_mark (
    -- The journal's entry of the word.
    entry INTEGER PRIMARY KEY,
    category_id TEXT NOT NULL,
    mention_id TEXT NOT NULL,
    mention_seq INTEGER,
    belongs INTEGER NOT NULL,
    -- 0: replaced by a later word, -1: taken back.
    counts INTEGER NOT NULL DEFAULT 1
  ) STRICT;
  CREATE INDEX category_mark_category ON category_mark (category_id, counts, entry);
  CREATE INDEX category_mark_mention ON category_mark (mention_id, category_id);
  CREATE TABLE mention_category (
    mention_seq INTEGER NOT NULL,
    category_id TEXT NOT NULL,
    -- Certainty in percent; of an officer's word 0 or 100.
    percent INTEGER NOT NULL,
    -- The officer who said so; NULL: learned.
    by_name TEXT,
    PRIMARY KEY (mention_seq, category_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX mention_category_category ON mention_category (category_id, percent);
`
