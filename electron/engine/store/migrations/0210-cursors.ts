import type { Migration } from './migration.ts'

export const cursors: Migration = {
  version: 210,
  name: 'cursors',
  up(db) {
    db.exec(`
      CREATE TABLE cursors (
        source_id TEXT PRIMARY KEY NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
        cursor TEXT NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID
    `)
  },
}
