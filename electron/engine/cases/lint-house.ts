import type { PeopleSeen } from '#engine/routing/lint-people.ts'
import type { ReadableDb } from '#engine/store/handles.ts'
import { deskHeadcounts, peopleWithoutDesk } from '#engine/store/queries/headcounts.ts'
import type { PeopleBook } from './people-book.ts'

/** The people of the house as the lint looks at them. */
export const peopleSeen = (db: ReadableDb, people: PeopleBook): PeopleSeen => ({
  ofDesk: (deskId) => people.candidates(deskId).map(({ person }) => person),
  counts: deskHeadcounts(db),
  withoutDesk: peopleWithoutDesk(db, 3),
})
