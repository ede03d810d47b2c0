import { sqlStep } from './migration.ts'

export const people = sqlStep(330, 'people')`
  CREATE TABLE people (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    archived INTEGER NOT NULL,
    body TEXT NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX people_email ON people (email) WHERE email <> '';
  CREATE INDEX people_name ON people (name COLLATE NOCASE, id);
  CREATE TABLE people_desks (
    desk_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    PRIMARY KEY (desk_id, person_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX people_desks_person ON people_desks (person_id);
`
