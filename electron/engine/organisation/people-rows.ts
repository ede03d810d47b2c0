import { cut } from '#shared/util/text-length.ts'
import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import type { BusinessHours } from '#shared/model/desk.ts'
import { Presence, type Person } from '#shared/model/person.ts'
import type { RequiredSkill } from '#shared/model/rule.ts'
import { isTimeZone } from '#engine/routing/hours.ts'
import { parseHours } from '#engine/routing/hours-text.ts'

export interface RowProblem {
  line: number
  column: string | null
  message: Said
}

/** What one row says about a person. A column that the file does not have, or an empty cell, says nothing. */
export type PersonRow = Partial<Omit<Person, 'id' | 'deskIds' | 'hours'>> & {
  name: string
  /** Names of desks; a new one is made. */
  desks?: string[]
  timeZone?: string
  spans?: BusinessHours['spans']
  holidays?: string[]
  unit?: string
}

/** Names of columns in English and German, and what they are. */
const columns: Record<string, string> = {
  name: 'name', email: 'email', 'e-mail': 'email', mail: 'email', desk: 'desks', desks: 'desks', abteilung: 'desks',
  abteilungen: 'desks', department: 'desks', skills: 'skills', kenntnisse: 'skills', languages: 'languages',
  sprachen: 'languages', countries: 'countries', länder: 'countries', laender: 'countries', hours: 'hours',
  arbeitszeit: 'hours', arbeitszeiten: 'hours', timezone: 'timezone', 'time zone': 'timezone', zeitzone: 'timezone',
  holidays: 'holidays', feiertage: 'holidays', capacity: 'capacity', kapazität: 'capacity', presence: 'presence',
  anwesenheit: 'presence', unit: 'unit', bereich: 'unit',
} // prettier-ignore

export const knownColumn = (name: string): string | undefined => columns[name.trim().toLowerCase().replaceAll('_', ' ')]

/** Several values in one cell. Names of desks may hold a comma, codes and skills do not. */
const listOf = (cell: string, between = /[;|,]/): string[] => cell.split(between).map((item) => item.trim()).filter((item) => item !== '') // prettier-ignore

/** Reads the cells of one row by their known columns. What cannot be read is a problem and is left out; the rest counts. */
export function readRow(
  cells: Readonly<Record<string, string>>,
  line: number,
  problems: RowProblem[],
): PersonRow | null {
  const wrong = (column: string, message: Said): undefined => {
    problems.push({ line, column, message })
    return undefined
  }
  const cell = (column: string): string => (cells[column] ?? '').trim()
  const name = cell('name')
  if (name === '') {
    problems.push({ line, column: 'name', message: said('people.nameMissing') })
    return null
  }
  const row: PersonRow = { name: cut(name, 160) }
  const email = cell('email')
  if (email !== '') {
    if (/^[^\s@]+@[^\s@]+$/.test(email) && email.length <= 254) row.email = email.toLowerCase()
    else wrong('email', said('people.noAddress', { value: email }))
  }
  if (cell('desks') !== '') row.desks = listOf(cell('desks'), /[;|]/)
  if (cell('skills') !== '') row.skills = listOf(cell('skills')).flatMap((item) => skillOf(item) ?? wrong('skills', said('people.noSkill', { value: item })) ?? []) // prettier-ignore
  if (cell('languages') !== '') row.languages = listOf(cell('languages')).map((one) => one.toLowerCase())
  if (cell('countries') !== '') row.countries = listOf(cell('countries')).flatMap((one) => (/^[a-z]{2}$/i.test(one) ? one.toUpperCase() : (wrong('countries', said('people.noCountry', { value: one })) ?? []))) // prettier-ignore
  if (cell('hours') !== '') {
    const spans = hoursOf(cell('hours'))
    if (spans.ok) row.spans = spans.value
    else wrong('hours', spans.error)
  }
  const zone = cell('timezone')
  if (zone !== '') {
    if (isTimeZone(zone)) row.timeZone = zone
    else wrong('timezone', said('desk.noTimeZone', { zone }))
  }
  if (cell('holidays') !== '') row.holidays = listOf(cell('holidays')).flatMap((one) => (/^\d{4}-\d{2}-\d{2}$/.test(one) ? one : (wrong('holidays', said('people.noDate', { value: one })) ?? []))) // prettier-ignore
  const capacity = cell('capacity')
  if (capacity !== '') {
    const number = Number(capacity)
    if (Number.isInteger(number) && number >= 1 && number <= 1000) row.capacity = number
    else wrong('capacity', said('people.noCapacity', { value: capacity }))
  }
  const presence = cell('presence').toLowerCase()
  if (presence !== '') {
    const parsed = Presence.safeParse(presence)
    if (parsed.success) row.presence = parsed.data
    else wrong('presence', said('people.noPresence', { value: presence }))
  }
  if (cell('unit') !== '') row.unit = cut(cell('unit'), 200)
  return row
}

function skillOf(item: string): RequiredSkill | null {
  const found = /^(.+?)(?:\s*[:=]\s*|\s+)([1-5])$/.exec(item)
  return found ? { skill: found[1] as string, level: Number(found[2]) } : null
}

/** A large house has few different hours. */
const knownHours = new Map<string, ReturnType<typeof parseHours>>()

function hoursOf(text: string): ReturnType<typeof parseHours> {
  let spans = knownHours.get(text)
  if (spans === undefined) {
    if (knownHours.size >= 1000) knownHours.clear()
    knownHours.set(text, (spans = parseHours(text)))
  }
  return spans
}
