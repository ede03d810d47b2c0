import { sqlStep } from './migration.ts'

/**
 * What desks outside answer. `outbox.links_until`: until when the links and tags of a hand-off hold, fixed when it is first
 * sent, so that every attempt carries the same ones; null: it was never sent, or before there were links.
 * `outbox.maybe_there`: an attempt ended without a word, so a copy may have arrived.
 * `desk_letters` are mails that were taken for an answer, so that one that is read again (a crash, two folders) acts once.
 */
export const deskAnswers = sqlStep(660, 'desk answers')`
  ALTER TABLE cases ADD COLUMN desk_says TEXT;
  CREATE INDEX cases_desk_says ON cases (seq) WHERE desk_says IS NOT NULL AND state <> 'closed';
  ALTER TABLE outbox ADD COLUMN links_until INTEGER;
  ALTER TABLE outbox ADD COLUMN maybe_there INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE desk_letters (
    message_id TEXT PRIMARY KEY,
    handoff_id TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
`
