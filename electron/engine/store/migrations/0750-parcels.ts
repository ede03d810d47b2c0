import type { Migration } from './migration.ts'

/**
 * One table of what leaves: replies to customers and hand-offs to desks outside, which had one each. A row is written in the
 * transaction of the decision and marked `sending` before the first byte leaves. What only one kind has stands in `content`.
 */
export const parcels: Migration = {
  version: 750,
  name: 'parcels',
  up(db) {
    db.exec(`
      CREATE TABLE parcels (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('reply', 'handoff')),
        case_id TEXT NOT NULL,
        -- The source or channel that it leaves through.
        lane TEXT NOT NULL,
        lane_name TEXT NOT NULL,
        state TEXT NOT NULL,
        attempts INTEGER NOT NULL,
        -- An attempt ended without a word, or was cut off by a crash.
        maybe_there INTEGER NOT NULL,
        -- Wanted back while it was on its way.
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

      INSERT INTO parcels (id, kind, case_id, lane, lane_name, state, attempts, maybe_there, take_back, created_at,
        next_attempt_at, sent_at, advice, content)
      SELECT id, 'handoff', case_id, channel_id, channel_name, state, attempts, maybe_there, 0, created_at,
        next_attempt_at, sent_at, advice, json_object('payload', json(payload), 'linksUntil', links_until)
      FROM outbox ORDER BY seq;

      INSERT INTO parcels (id, kind, case_id, lane, lane_name, state, attempts, maybe_there, take_back, created_at,
        tried_at, next_attempt_at, sent_at, advice, network, external_id, url, content)
      SELECT id, 'reply', case_id, source_id, source_name, state, attempts, maybe_there, take_back, created_at,
        tried_at, next_attempt_at, sent_at, advice, network, external_id, url,
        json_object('way', way, 'account', account, 'text', text, 'actor', json(actor), 'entry', entry)
      FROM answers ORDER BY seq;

      DROP TABLE outbox;
      DROP TABLE answers;
      CREATE INDEX parcels_due ON parcels (kind, lane, next_attempt_at) WHERE next_attempt_at IS NOT NULL;
      CREATE INDEX parcels_sending ON parcels (state) WHERE state = 'sending';
      CREATE INDEX parcels_case ON parcels (case_id);
      -- Our own words are known when they are heard, and who writes back to them as well.
      CREATE INDEX parcels_external ON parcels (external_id) WHERE external_id IS NOT NULL;
      CREATE INDEX parcels_url ON parcels (url) WHERE url IS NOT NULL;

      ALTER TABLE answer_accounts RENAME TO reply_accounts;
    `)
  },
}
