import { sqlStep } from './migration.ts'

/**
 * `seq` orders cases by opening. `rank` is the priority, 0 urgent … 3 low. `clock_from` is when the running clock
 * started (opened, or opened again). The row is a projection of the journal: `rebuildCases` makes it again from there.
 */
export const cases = sqlStep(320, 'cases')`
  CREATE TABLE cases (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    mention_seq INTEGER NOT NULL UNIQUE,
    mention_id TEXT NOT NULL,
    -- As in the mention: whose cases, and which conversation's.
    author_key INTEGER,
    thread_key INTEGER,
    state TEXT NOT NULL,
    desk_id TEXT,
    officer_id TEXT,
    rank INTEGER NOT NULL,
    tags TEXT NOT NULL,
    held INTEGER NOT NULL,
    needs_approval INTEGER NOT NULL,
    explanation TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    routed_at INTEGER,
    accepted_at INTEGER,
    replied_at INTEGER,
    confirmed_at INTEGER,
    closed_at INTEGER,
    close_reason TEXT,
    reopened INTEGER NOT NULL,
    clock_from INTEGER NOT NULL,
    due_at INTEGER,
    problem_id TEXT,
    skills TEXT NOT NULL,
    queued_at INTEGER,
    -- How many of the desk's actions for long waiting have been taken since then.
    waited INTEGER NOT NULL,
    pending_reply TEXT,
    promise TEXT,
    outcome TEXT NOT NULL,
    handoff TEXT NOT NULL,
    warned_at INTEGER,
    escalated_at INTEGER,
    version INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;
  -- The board: everything that is open, most urgent first.
  CREATE INDEX cases_open ON cases (state, rank, due_at) WHERE state <> 'closed';
  CREATE INDEX cases_state ON cases (state, closed_at, seq);
  CREATE INDEX cases_desk ON cases (desk_id, state);
  CREATE INDEX cases_officer ON cases (officer_id, state) WHERE officer_id IS NOT NULL AND state <> 'closed';
  CREATE INDEX cases_officer_last ON cases (officer_id, updated_at) WHERE officer_id IS NOT NULL;
  CREATE INDEX cases_queued ON cases (queued_at) WHERE queued_at IS NOT NULL;
  CREATE INDEX cases_problem ON cases (problem_id) WHERE problem_id IS NOT NULL;
  CREATE INDEX cases_author ON cases (author_key) WHERE author_key IS NOT NULL;
  CREATE INDEX cases_thread ON cases (thread_key) WHERE thread_key IS NOT NULL;
  CREATE INDEX cases_replied ON cases (replied_at) WHERE replied_at IS NOT NULL;
  CREATE INDEX cases_opened ON cases (opened_at);

  -- How far the routing of stored mentions came: the row number of the last one that was decided.
  CREATE TABLE routing_cursor (id INTEGER PRIMARY KEY CHECK (id = 1), mention_seq INTEGER NOT NULL) STRICT;
  INSERT INTO routing_cursor (id, mention_seq) VALUES (1, 0);
`
