import { sqlStep } from './migration.ts'

/**
 * What leaves for desks outside Earshot. A row is written in the transaction of the decision, marked `sending` before
 * the first byte leaves, and `sent` after the receiver said so; a row found `sending` at start is `unknown`.
 */
export const outbox = sqlStep(340, 'outbox')`
  CREATE TABLE channels (
    id TEXT PRIMARY KEY,
    desk_id TEXT NOT NULL,
    body TEXT NOT NULL,
    secret_keys TEXT NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    case_id TEXT NOT NULL,
    channel_id TEXT NOT NULL,
    channel_name TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    next_attempt_at INTEGER,
    sent_at INTEGER,
    advice TEXT
  ) STRICT;
  CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
  CREATE INDEX outbox_sending ON outbox (state) WHERE state = 'sending';
  CREATE INDEX outbox_case ON outbox (case_id);
`
