import { sqlStep } from './migration.ts'

/**
 * Saved queries. A removed one keeps its row, so that what it heard still has a name in old shifts and that removing can
 * be undone.
 */
export const listens = sqlStep(20, 'listens')`
  CREATE TABLE listens (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    colour INTEGER NOT NULL,
    query TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    routed INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    removed_at INTEGER
  ) STRICT;
`
