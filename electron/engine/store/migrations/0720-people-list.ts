import { sqlStep } from './migration.ts'

/** The list of people, and a search in it, read this index alone: with 100,000 people their rows are fifty megabytes. */
export const peopleList = sqlStep(720, 'people list')`
  CREATE INDEX people_list ON people (archived, name COLLATE NOCASE, id, email);
`
