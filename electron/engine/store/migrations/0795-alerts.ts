import { sqlStep } from './migration.ts'

/**
 * Cards of alerts, as the journal tells them; and what the watch over counted series knows, so that a restart goes on with it.
 * Parcels may be about an alert from here on: the table is made anew for its CHECK.
 */
export const alerts = sqlStep(795, 'alerts')`
  CREATE TABLE alert (
    id TEXT PRIMARY KEY,
    -- What it is about: open cards of one key are one card.
    key TEXT NOT NULL,
    state TEXT NOT NULL,
    since INTEGER NOT NULL,
    resolved_at INTEGER,
    content TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX alert_open ON alert (since) WHERE state <> 'resolved';
  CREATE INDEX alert_over ON alert (resolved_at) WHERE resolved_at IS NOT NULL;

  -- Baselines of counted series and lives of cards, by name.
  CREATE TABLE alert_watch (
    name TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    content TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  ALTER TABLE parcels RENAME TO parcels_before;
  CREATE TABLE parcels (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('reply', 'handoff', 'alert')),
    -- Of an alert its id.
    case_id TEXT NOT NULL,
    lane TEXT NOT NULL,
    lane_name TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    maybe_there INTEGER NOT NULL,
    take_back INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    tried_at INTEGER,
    next_attempt_at INTEGER,
    sent_at INTEGER,
    advice TEXT,
    network TEXT,
    external_id TEXT,
    url TEXT,
    content TEXT NOT NULL
  ) STRICT;
  INSERT INTO parcels (seq, id, kind, case_id, lane, lane_name, state, attempts, maybe_there, take_back, created_at,
    tried_at, next_attempt_at, sent_at, advice, network, external_id, url, content)
  SELECT seq, id, kind, case_id, lane, lane_name, state, attempts, maybe_there, take_back, created_at,
    tried_at, next_attempt_at, sent_at, advice, network, external_id, url, content FROM parcels_before;
  DROP TABLE parcels_before;
  CREATE INDEX parcels_due ON parcels (kind, lane, next_attempt_at) WHERE next_attempt_at IS NOT NULL;
  CREATE INDEX parcels_sending ON parcels (state) WHERE state = 'sending';
  CREATE INDEX parcels_case ON parcels (case_id);
  CREATE INDEX parcels_external ON parcels (external_id) WHERE external_id IS NOT NULL;
  CREATE INDEX parcels_url ON parcels (url) WHERE url IS NOT NULL;
`
