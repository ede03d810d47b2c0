import type { Migration } from './migration.ts'

export const rules: Migration = {
  version: 310,
  name: 'rules',
  up(db) {
    db.exec(`
      CREATE TABLE rules (
        id TEXT PRIMARY KEY,
        position INTEGER NOT NULL,
        body TEXT NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX rules_position ON rules (position);
    `)
  },
}
