import type { PersonDraft } from '#shared/model/person.ts'
import { parseValues } from './factChoices.ts'
import { parseSkills, skillsText } from './ruleDraft.ts'

/** The parts of a person that are written as one line of text. */
export interface PersonFields {
  skills: string
  languages: string
  countries: string
  capacity: string
}

export const personFields = (person: PersonDraft): PersonFields => ({
  skills: skillsText(person.skills),
  languages: person.languages.join(', '),
  countries: person.countries.join(', '),
  capacity: String(person.capacity),
})

export interface PersonFault {
  field: string
  /** The whole id of a message. */
  fault: string
  from?: number
  to?: number
  value?: string
}

/** What stands against saving: codes that are none would quietly keep every case from this person. */
export function personFaults(person: Pick<PersonDraft, 'name' | 'email'>, fields: PersonFields): PersonFault[] {
  const faults: PersonFault[] = []
  if (person.name.trim() === '') faults.push({ field: 'name', fault: 'form.fill' })
  if (person.email.trim() !== '' && !/^[^\s@]+@[^\s@]+$/.test(person.email.trim()))
    faults.push({ field: 'email', fault: 'form.email' })
  const capacity = Number(fields.capacity)
  if (!Number.isInteger(capacity) || capacity < 1 || capacity > 1000)
    faults.push({ field: 'capacity', fault: 'form.range', from: 1, to: 1000 })
  const language = parseValues(fields.languages).find((value) => !/^[a-zA-Z]{2,3}$/.test(value))
  if (language !== undefined) faults.push({ field: 'languages', fault: 'desks.person.noLanguage', value: language })
  const country = parseValues(fields.countries).find((value) => !/^[a-zA-Z]{2}$/.test(value))
  if (country !== undefined) faults.push({ field: 'countries', fault: 'desks.person.noCountry', value: country })
  return faults
}

/** The person as it is sent. Languages are BCP 47 subtags in small letters, countries ISO 3166-1 in capitals. */
export const readPerson = (person: PersonDraft, fields: PersonFields): PersonDraft => ({
  ...person,
  name: person.name.trim(),
  email: person.email.trim(),
  capacity: Number(fields.capacity),
  skills: parseSkills(fields.skills),
  languages: parseValues(fields.languages).map((language) => language.toLowerCase()),
  countries: parseValues(fields.countries).map((country) => country.toUpperCase()),
})
