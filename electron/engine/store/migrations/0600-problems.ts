import { sqlStep } from './migration.ts'

/**
 * Problems: one fault behind many mentions. Every complaint belongs to a group; a group becomes a problem with its second
 * mention. `problem_member` is what was found or decided for each mention and is never moved by the machine once an officer
 * has spoken (`by_officer`).
 */
export const problems = sqlStep(600, 'problems')`
  CREATE TABLE problem (
    no INTEGER PRIMARY KEY,
    label TEXT NOT NULL,
    -- 1: an officer named it; the machine leaves the name alone.
    named INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    closed_at INTEGER,
    -- What an officer merged it into; it takes nothing more itself.
    merged_into INTEGER,
    -- An officer made it by splitting this one.
    split_from INTEGER
  ) STRICT;
  CREATE TABLE problem_member (
    mention_seq INTEGER PRIMARY KEY,
    no INTEGER NOT NULL,
    published_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    author_key INTEGER,
    network TEXT NOT NULL,
    by_officer INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX problem_member_no ON problem_member (no, seen_at, author_key);
  CREATE INDEX problem_member_seen ON problem_member (seen_at, no);
`
