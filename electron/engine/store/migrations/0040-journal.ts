import { sqlStep } from './migration.ts'

/** Every decision, in the order it was made. `hash` covers the entry and the hash before it. Only ever appended to. */
export const journal = sqlStep(40, 'journal')`
  CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    mention_id TEXT,
    case_id TEXT,
    data TEXT NOT NULL,
    hash BLOB NOT NULL
  ) STRICT;
  CREATE INDEX journal_mention ON journal (mention_id, seq) WHERE mention_id IS NOT NULL;
  CREATE INDEX journal_case ON journal (case_id, seq) WHERE case_id IS NOT NULL;
  CREATE INDEX journal_at ON journal (at, seq);
  CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'journal entries are never changed'); END;
  CREATE TRIGGER journal_stays BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'journal entries are never removed'); END;
`
