import { sqlStep } from './migration.ts'

/** What staff wrote about times, as the journal tells it. `ends`: the end of a stretch, or the moment itself. */
export const annotations = sqlStep(810, 'annotations')`
  CREATE TABLE annotation (
    id TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    listen_id TEXT,
    content TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX annotation_ends ON annotation (ends, at);
`
