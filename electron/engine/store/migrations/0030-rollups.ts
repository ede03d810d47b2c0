import { sqlStep } from './migration.ts'

/**
 * How many, by time × listen × source × sentiment, so that a chart costs its points and not its mentions. Kept by
 * ingest for 1, 60 and 1,440 minutes (UTC). Listen 0 is all mentions, source 0 all sources: a chart of one listen is one
 * contiguous range. `bucket` is `published_at ÷ (60,000 × step)`, rounded down.
 */
export const rollups = sqlStep(30, 'rollups')`
  CREATE TABLE rollup (
    step INTEGER NOT NULL,
    listen INTEGER NOT NULL,
    source INTEGER NOT NULL,
    bucket INTEGER NOT NULL,
    negative INTEGER NOT NULL,
    neutral INTEGER NOT NULL,
    positive INTEGER NOT NULL,
    PRIMARY KEY (step, listen, source, bucket)
  ) STRICT, WITHOUT ROWID;

  -- Listens whose history is being matched again, newest mention first: everything above next_seq is done.
  -- NULL: not begun.
  CREATE TABLE backfill (listen INTEGER PRIMARY KEY, next_seq INTEGER) STRICT;
`
