import { sqlStep } from './migration.ts'

/**
 * What leaves for customers. As with hand-offs a row is written in the transaction of the decision and marked `sending`
 * before the first byte leaves. `maybe_there`: an attempt ended without a word, or was cut off by a crash. `entry` is the
 * journal entry that let it go: what happened to the case after it may stand against sending. `take_back`: somebody
 * wanted it back while it was on its way.
 */
export const answers = sqlStep(640, 'answers')`
  CREATE TABLE answers (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    case_id TEXT NOT NULL,
    way TEXT NOT NULL,
    source_id TEXT NOT NULL,
    source_name TEXT NOT NULL,
    network TEXT NOT NULL,
    account TEXT,
    text TEXT NOT NULL,
    actor TEXT NOT NULL,
    entry INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    maybe_there INTEGER NOT NULL,
    take_back INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    tried_at INTEGER,
    next_attempt_at INTEGER,
    sent_at INTEGER,
    external_id TEXT,
    url TEXT,
    advice TEXT
  ) STRICT;
  CREATE INDEX answers_due ON answers (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
  CREATE INDEX answers_sending ON answers (state) WHERE state = 'sending';
  CREATE INDEX answers_case ON answers (case_id);
  -- Our own words are known when they are heard, and who answers to them as well.
  CREATE INDEX answers_external ON answers (external_id) WHERE external_id IS NOT NULL;
  CREATE INDEX answers_url ON answers (url) WHERE url IS NOT NULL;

  -- The accounts that answers are given by; a removed source's stays ours.
  CREATE TABLE answer_accounts (
    source_id TEXT PRIMARY KEY,
    network TEXT NOT NULL,
    name TEXT NOT NULL,
    author_id TEXT,
    most INTEGER,
    checked_at INTEGER NOT NULL
  ) STRICT;

  ALTER TABLE cases ADD COLUMN answer TEXT NOT NULL DEFAULT 'none';
`
