import type { Migration } from './migration.ts'

export const canned: Migration = {
  version: 350,
  name: 'canned',
  up(db) {
    db.exec(`
      CREATE TABLE canned_replies (
        id TEXT PRIMARY KEY,
        body TEXT NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT`)
  },
}
