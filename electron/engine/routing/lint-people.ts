import { said } from '#shared/words/said.ts'
import type { Desk } from '#shared/model/desk.ts'
import type { Person } from '#shared/model/person.ts'
import type { Rule } from '#shared/model/rule.ts'
import type { RuleProblem } from './lint.ts'

/** People as the lint needs them: a house of 100,000 is counted by the store, not read. */
export interface PeopleSeen {
  /** Of one desk; read only for desks that rules ask skills of. */
  ofDesk(deskId: string): readonly Person[]
  /** How many people each desk has. */
  counts: ReadonlyMap<string, number>
  /** Those who belong to no desk at all, and the names of the first few. */
  withoutDesk: { count: number; names: readonly string[] }
}

const EXAMPLES = 3

/** Rules that ask for what nobody has, and people whom nothing reaches. */
export function lintPeople(rules: readonly Rule[], desks: readonly Desk[], people: PeopleSeen): RuleProblem[] {
  const problems: RuleProblem[] = []
  const byId = new Map(desks.map((desk) => [desk.id, desk]))
  const tell = (one: Pick<RuleProblem, 'ruleId' | 'deskId' | 'severity' | 'code' | 'message'>): void => {
    problems.push({ ...one, otherId: null })
  }
  const reached = new Set<string>()
  for (const rule of rules) {
    const { deskId, skills } = rule.then
    if (!rule.enabled || deskId === null) continue
    reached.add(deskId)
    const desk = byId.get(deskId)
    if (!desk || skills.length === 0 || (people.counts.get(deskId) ?? 0) === 0) continue
    const staff = people.ofDesk(deskId).filter(({ archived }) => !archived)
    const level = (person: Person, skill: string): number =>
      person.skills.find((one) => one.skill.toLowerCase() === skill.toLowerCase())?.level ?? 0
    const has =
      ({ skill, level: least }: (typeof skills)[number]) =>
      (person: Person) =>
        level(person, skill) >= least
    const lacking = skills.filter((skill) => !staff.some(has(skill)))
    const words = (some: typeof skills): string => some.map(({ skill, level: least }) => `${skill} ${least}`).join(', ')
    if (lacking.length > 0) {
      tell({ ruleId: rule.id, deskId, severity: 'warning', code: 'unmet-skills', message: said('lint.skillsNobody', { rule: rule.name, skills: words(lacking), desk: desk.name }) }) // prettier-ignore
    } else if (!staff.some((person) => skills.every((skill) => has(skill)(person)))) {
      tell({ ruleId: rule.id, deskId, severity: 'warning', code: 'unmet-skills', message: said('lint.skillsNotTogether', { rule: rule.name, skills: words(skills), desk: desk.name }) }) // prettier-ignore
    }
  }
  // What waits or runs out of time is passed on, too; a set also comes to what is added while it is walked.
  for (const deskId of reached) {
    const desk = byId.get(deskId)
    for (const to of [desk?.escalateTo ?? null, ...(desk?.waiting ?? []).map((action) => action.deskId)])
      if (to !== null) reached.add(to)
  }
  for (const desk of desks) {
    const count = people.counts.get(desk.id) ?? 0
    if (count === 0 || (reached.has(desk.id) && !desk.archived)) continue
    const one = desk.archived ? 'lint.oneAtArchived' : 'lint.oneUnreached'
    const many = desk.archived ? 'lint.manyAtArchived' : 'lint.manyUnreached'
    const message = said(count === 1 ? one : many, { ...(count !== 1 && { n: count }), desk: desk.name })
    tell({ ruleId: null, deskId: desk.id, severity: 'hint', code: 'unreached-people', message })
  }
  const { count, names } = people.withoutDesk
  if (count > 0) {
    const some = names.slice(0, EXAMPLES).join(', ')
    const message =
      count === 1
        ? said('lint.namedWithoutDesk', { name: some })
        : said('lint.manyWithoutDesk', { n: count, names: count > EXAMPLES ? `${some} …` : some })
    tell({ ruleId: null, deskId: null, severity: 'hint', code: 'unreached-people', message })
  }
  return problems
}
