import { sqlStep } from './migration.ts'

/** Small tables that are read whole: the body is the model's JSON, checked by its schema on the way in and out. */
export const desks = sqlStep(300, 'desks')`
  CREATE TABLE desks (
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    body TEXT NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT
`
