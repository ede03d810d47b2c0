import type { Migration } from './migration.ts'

/** The list of people, and a search in it, read this index alone: with 100,000 people their rows are fifty megabytes. */
export const peopleList: Migration = {
  version: 720,
  name: 'people list',
  up(db) {
    db.exec(`
      CREATE INDEX people_list ON people (archived, name COLLATE NOCASE, id, email);
    `)
  },
}
