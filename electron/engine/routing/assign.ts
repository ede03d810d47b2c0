import type { Person } from '#shared/model/person.ts'
import type { RequiredSkill } from '#shared/model/rule.ts'
import { isOpen } from './hours.ts'

/** A person with what they hold now. */
export interface Candidate {
  person: Person
  /** Cases in hand: routed to them or accepted, not answered. */
  open: number
  /** Since when they have had nothing new; earlier is idle for longer. */
  idleSince: number
}

export interface Need {
  skills: readonly RequiredSkill[]
  /** BCP 47 of the mention; null: not known, anybody may answer. */
  lang: string | null
  /** ISO 3166-1 alpha-2 of the author; null: not known. */
  country: string | null
}

export type Assignment =
  | { personId: string; reason: string }
  /** `unfit`: nobody of the desk could take it at all; `away`, `full`: somebody could, later. */
  | { personId: null; reason: 'unfit' | 'away' | 'full' }

const primary = (lang: string): string => (lang.split('-', 1)[0] ?? lang).toLowerCase()

const levelOf = (person: Person, skill: string): number =>
  person.skills.find((one) => one.skill.toLowerCase() === skill.toLowerCase())?.level ?? 0

/** Whether the person may take it at all: every skill at or above its level, the language, the country. */
export function isFit({ skills, lang, country }: Need, person: Person): boolean {
  if (person.archived) return false
  if (!skills.every(({ skill, level }) => levelOf(person, skill) >= level)) return false
  const { languages, countries } = person
  if (
    lang !== null &&
    lang !== 'und' &&
    languages.length > 0 &&
    !languages.some((one) => primary(one) === primary(lang))
  )
    return false
  return country === null || countries.length === 0 || countries.includes(country)
}

export const isPresent = (person: Person, now: number): boolean =>
  person.presence === 'available' && isOpen(person.hours, now)

/**
 * Who gets it: of those who have every required skill at or above its level and are available now with room, the one with
 * the highest level, then the most free capacity, then idle longest. Nobody is given more than their capacity.
 * `present`: who is there; a rehearsal knows it of a past moment.
 */
export function assign(
  candidates: readonly Candidate[],
  need: Need,
  now: number,
  isThere: (person: Person, now: number) => boolean = isPresent,
): Assignment {
  const fit = candidates.filter(({ person }) => isFit(need, person))
  if (fit.length === 0) return { personId: null, reason: 'unfit' }
  const present = fit.filter(({ person }) => isThere(person, now))
  if (present.length === 0) return { personId: null, reason: 'away' }
  const free = present.filter(({ person, open }) => open < person.capacity)
  if (free.length === 0) return { personId: null, reason: 'full' }
  const level = ({ person }: Candidate): number =>
    need.skills.reduce((sum, { skill }) => sum + levelOf(person, skill), 0)
  const room = ({ person, open }: Candidate): number => person.capacity - open
  let best = free[0] as Candidate
  for (const candidate of free.slice(1)) {
    const better =
      level(candidate) - level(best) ||
      room(candidate) - room(best) ||
      best.idleSince - candidate.idleSince ||
      // Ids are unique: the order never depends on the order of the list.
      (candidate.person.id < best.person.id ? 1 : -1)
    if (better > 0) best = candidate
  }
  const levels = need.skills.map(({ skill }) => `${skill} ${levelOf(best.person, skill)}`).join(', ')
  const reason = `${levels === '' ? '' : `${levels}; `}room for ${room(best)} of ${best.person.capacity}; ${free.length} of ${fit.length} free`
  return { personId: best.person.id, reason }
}

/** One level less of everything; what was asked at level 1 is not asked any more. */
export const relaxed = (skills: readonly RequiredSkill[]): RequiredSkill[] =>
  skills.filter(({ level }) => level > 1).map(({ skill, level }) => ({ skill, level: level - 1 }))
