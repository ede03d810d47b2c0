import { sqlStep } from './migration.ts'

/** What one station remembers for everybody: settings by name, and the walls that were arranged. */
export const station = sqlStep(510, 'station')`
  CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL -- JSON
  ) STRICT;
  CREATE TABLE wall_layouts (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    panes TEXT NOT NULL -- JSON, see shared/model/wall.ts
  ) STRICT;
`
