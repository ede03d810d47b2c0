import type { Migration } from './migration.ts'

/** How a mention came in, where that matters: NULL as it was written, 1 history of an import, 2 heard late. */
export const arrivals: Migration = {
  version: 760,
  name: 'arrivals',
  up(db) {
    db.exec('ALTER TABLE mention ADD COLUMN arrival INTEGER CHECK (arrival IN (1, 2))')
  },
}
