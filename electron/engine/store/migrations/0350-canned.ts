import { sqlStep } from './migration.ts'

export const canned = sqlStep(350, 'canned')`
  CREATE TABLE canned_replies (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT
`
