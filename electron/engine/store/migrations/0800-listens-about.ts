import { sqlStep } from './migration.ts'

/** What a listen is about, in a person's words; NULL: nothing was said. */
export const listensAbout = sqlStep(800, 'what listens are about')`
  ALTER TABLE listens ADD COLUMN about TEXT;
`
