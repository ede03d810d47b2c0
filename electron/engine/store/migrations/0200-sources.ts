import { sqlStep } from './migration.ts'

export const sources = sqlStep(200, 'sources')`
  CREATE TABLE sources (
    id TEXT PRIMARY KEY NOT NULL,
    connector TEXT NOT NULL,
    network TEXT NOT NULL,
    name TEXT NOT NULL,
    enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    config TEXT NOT NULL,
    -- JSON list of the keys that have a secret in the keychain: the keychain itself is never asked for a list
    secret_keys TEXT NOT NULL DEFAULT '[]',
    created_at INTEGER NOT NULL,
    -- a removed source keeps its row, because its mentions still name it
    removed_at INTEGER
  ) STRICT, WITHOUT ROWID
`
