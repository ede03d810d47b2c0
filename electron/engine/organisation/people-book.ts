import { said } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import type { Actor } from '#shared/model/journal.ts'
import { Person, type PersonDraft, type Presence } from '#shared/model/person.ts'
import { newId } from '#shared/util/ids.ts'
import { createSignal } from '#shared/util/signal.ts'
import { appendEntry } from '#engine/store/queries/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Candidate } from '#engine/routing/assign.ts'
import { isTimeZone } from '#engine/routing/hours.ts'
import {
  hasPerson,
  heldBy,
  peopleCount,
  peopleOfDesk,
  peoplePage,
  personByEmail,
  personById,
} from '#engine/store/queries/people.ts'
import type { Store } from '#engine/store/store.ts'

export interface PeoplePage {
  items: { person: Person; open: number }[]
  next: string | null
  total: number
}

/** Officers and experts. Read desk by desk, so that a house of 100,000 costs no more than the desk at hand. */
export interface PeopleBook {
  get(id: string): Person | undefined
  page(query: { search: string; deskId: string | null; after: string | null; limit: number }): PeoplePage
  ofDesk(deskId: string): readonly Person[]
  /** The people of a desk with what they hold now. Empty: the desk is a mailbox, nobody is assigned. */
  candidates(deskId: string): Candidate[]
  hasPeople(deskId: string): boolean
  save(draft: PersonDraft, actor: Actor): Person
  archive(id: string, actor: Actor): Person
  setPresence(id: string, presence: Presence, actor: Actor): Person
  /** Somebody else wrote people: forget what was read. */
  forget(): void
  onChanged(listener: () => void): () => void
}

// Long: what can be done with people, a few lines each over the same memory of who is at which desk.
export function createPeopleBook({ store, clock }: { store: Store; clock: Clock }): PeopleBook {
  const changed = createSignal()
  let byDesk = new Map<string, Person[]>()

  function ofDesk(deskId: string): Person[] {
    let people = byDesk.get(deskId)
    if (people === undefined) byDesk.set(deskId, (people = peopleOfDesk(store, deskId)))
    return people
  }

  function forget(): void {
    byDesk = new Map()
    changed.tell()
  }

  function write(person: Person, before: Person | null, actor: Actor): Person {
    store.transaction(() =>
      appendEntry(store, { at: clock.now(), kind: 'people.saved', actor, data: { before, after: person } }),
    )
    forget()
    return person
  }

  function existing(id: string): Person {
    const person = personById(store, id)
    if (person === undefined) throw new Failure('user', 'people.gone')
    return person
  }

  return {
    get: (id) => personById(store, id),

    page({ search, deskId, after, limit }) {
      if (after !== null && !hasPerson(store, after)) throw new Failure('user', 'people.noPlaceInList')
      const query = { search: search.trim(), deskId, after, limit }
      const { people, next } = peoplePage(store, query)
      const open = new Map(heldBy(store, people.map(({ id }) => id)).map((held) => [held.personId, held.open])) // prettier-ignore
      return {
        items: people.map((person) => ({ person, open: open.get(person.id) ?? 0 })),
        next,
        total: peopleCount(store, query),
      }
    },

    ofDesk,

    candidates(deskId) {
      const people = ofDesk(deskId)
      if (people.length === 0) return []
      const held = new Map(heldBy(store, people.map(({ id }) => id)).map((one) => [one.personId, one])) // prettier-ignore
      return people.map((person) => ({
        person,
        open: held.get(person.id)?.open ?? 0,
        idleSince: held.get(person.id)?.lastAt ?? 0,
      }))
    },

    hasPeople: (deskId) => ofDesk(deskId).length > 0,

    save(draft, actor) {
      const before = draft.id === undefined ? null : existing(draft.id)
      const person = Person.parse({ ...draft, id: draft.id ?? newId('per') })
      if (!isTimeZone(person.hours.timeZone)) {
        throw new Failure('user', said('desk.noTimeZone', { zone: person.hours.timeZone }))
      }
      const same = person.email === '' ? undefined : personByEmail(store, person.email)
      if (same && same.id !== person.id)
        throw new Failure('user', said('people.addressTaken', { address: person.email, name: same.name }))
      return write(person, before, actor)
    },

    archive(id, actor) {
      const before = existing(id)
      return write({ ...before, archived: true, presence: 'off' }, before, actor)
    },

    setPresence(id, presence, actor) {
      const before = existing(id)
      return before.presence === presence ? before : write({ ...before, presence }, before, actor)
    },

    forget,
    onChanged: changed.on,
  }
}
