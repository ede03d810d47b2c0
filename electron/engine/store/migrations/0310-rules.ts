import { sqlStep } from './migration.ts'

export const rules = sqlStep(310, 'rules')`
  CREATE TABLE rules (
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    body TEXT NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX rules_position ON rules (position);
`
