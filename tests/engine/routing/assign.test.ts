import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assign, isFit, isPresent, relaxed, type Candidate, type Need } from '#engine/routing/assign.ts'
import type { Person } from '#shared/model/person.ts'

const NOW = Date.parse('2026-11-20T10:00:00Z') // a Friday, 11:00 in Berlin

export const person = (id: string, about: Partial<Person> = {}): Person => ({
  id,
  name: id,
  email: '',
  deskIds: ['desk_care'],
  skills: [],
  languages: [],
  countries: [],
  hours: { timeZone: 'Europe/Berlin', spans: [], holidays: [] },
  capacity: 3,
  presence: 'available',
  archived: false,
  ...about,
})
const nobody: Need = { skills: [], lang: null, country: null }
const has = (p: Person, open = 0, idleSince = 0): Candidate => ({ person: p, open, idleSince })
const chosen = (candidates: Candidate[], need: Need = nobody) => assign(candidates, need, NOW)

describe('who gets it', () => {
  const payments = { ...nobody, skills: [{ skill: 'payments', level: 3 }] }
  const skilled = (id: string, level: number, about: Partial<Person> = {}) =>
    person(id, { skills: [{ skill: 'Payments', level }], ...about })

  it('every required skill at or above its level', () => {
    expect(chosen([has(skilled('low', 2)), has(skilled('right', 3))], payments).personId).toBe('right')
    expect(chosen([has(skilled('low', 2))], payments)).toEqual({ personId: null, reason: 'unfit' })
  })
  it('then the highest level, before free capacity', () => {
    expect(chosen([has(skilled('free', 3)), has(skilled('best', 5), 2)], payments).personId).toBe('best')
  })
  it('then the most free capacity, before idleness', () => {
    expect(chosen([has(person('idle'), 1, 0), has(person('free'), 0, NOW)]).personId).toBe('free')
  })
  it('then idle longest', () => {
    expect(chosen([has(person('a'), 1, 500), has(person('b'), 1, 100)]).personId).toBe('b')
  })
  it('nobody who is away, out of hours, or full', () => {
    expect(chosen([has(person('a', { presence: 'away' }))])).toEqual({ personId: null, reason: 'away' })
    const evening = { timeZone: 'Europe/Berlin', spans: [{ day: 5, from: 1080, to: 1200 }], holidays: [] }
    expect(chosen([has(person('a', { hours: evening }))])).toEqual({ personId: null, reason: 'away' })
    expect(chosen([has(person('a'), 3)])).toEqual({ personId: null, reason: 'full' })
  })
  it('language and country decide, where they are known', () => {
    const german = person('de', { languages: ['de'], countries: ['DE'] })
    expect(chosen([has(german)], { ...nobody, lang: 'en' }).reason).toBe('unfit')
    expect(chosen([has(german)], { ...nobody, lang: 'de-AT', country: 'DE' }).personId).toBe('de')
    expect(chosen([has(german)], { ...nobody, lang: 'und', country: null }).personId).toBe('de')
    expect(chosen([has(german)], { ...nobody, country: 'FR' }).reason).toBe('unfit')
  })
  it('says why', () => {
    expect(chosen([has(skilled('x', 4), 1)], payments).reason).toBe('payments 4; room for 2 of 3; 1 of 1 free')
  })
  it('asks a little less when skills are relaxed', () => {
    expect(
      relaxed([
        { skill: 'a', level: 3 },
        { skill: 'b', level: 1 },
      ]),
    ).toEqual([{ skill: 'a', level: 2 }])
  })
})

const anyPerson = fc
  .record({
    id: fc.uuid(),
    skills: fc.uniqueArray(
      fc.record({ skill: fc.constantFrom('a', 'b', 'c'), level: fc.integer({ min: 1, max: 5 }) }),
      { selector: (s) => s.skill },
    ),
    languages: fc.subarray(['de', 'en']),
    presence: fc.constantFrom('available' as const, 'away' as const, 'off' as const),
    capacity: fc.integer({ min: 1, max: 4 }),
    open: fc.integer({ min: 0, max: 5 }),
    idleSince: fc.integer({ min: 0, max: 5 }),
  })
  .map(({ open, idleSince, id, ...about }) => has(person(id, about), open, idleSince))
const anyNeed = fc.record({
  skills: fc.uniqueArray(fc.record({ skill: fc.constantFrom('a', 'b'), level: fc.integer({ min: 1, max: 5 }) }), {
    selector: (s) => s.skill,
  }),
  lang: fc.constantFrom(null, 'de', 'en'),
  country: fc.constant(null),
})
const people = fc.uniqueArray(anyPerson, { maxLength: 12, selector: (c) => c.person.id })

describe('the order of assignment', () => {
  const rank = (need: Need, c: Candidate): number[] => [
    need.skills.reduce((sum, { skill }) => sum + (c.person.skills.find((s) => s.skill === skill)?.level ?? 0), 0),
    c.person.capacity - c.open,
    -c.idleSince,
  ]
  const compare = (a: number[], b: number[]): number => a.map((x, i) => x - b[i]!).find((d) => d !== 0) ?? 0

  it('never goes over capacity, past a skill, or to somebody who is not there', () => {
    fc.assert(
      fc.property(people, anyNeed, (candidates, need) => {
        const { personId } = assign(candidates, need, NOW)
        if (personId === null) return
        const { person: p, open } = candidates.find((c) => c.person.id === personId)!
        expect(open).toBeLessThan(p.capacity)
        expect(p.presence).toBe('available')
        for (const { skill, level } of need.skills)
          expect(p.skills.find((s) => s.skill === skill)!.level).toBeGreaterThanOrEqual(level)
      }),
      { numRuns: 1000 },
    )
  })

  it('gives it to nobody only when nobody can', () => {
    fc.assert(
      fc.property(people, anyNeed, (candidates, need) => {
        const able = candidates.filter(
          (c) => isFit(need, c.person) && isPresent(c.person, NOW) && c.open < c.person.capacity,
        )
        expect(assign(candidates, need, NOW).personId === null).toBe(able.length === 0)
      }),
      { numRuns: 1000 },
    )
  })

  it('prefers nobody to the one who is chosen, in whatever order people are listed', () => {
    fc.assert(
      fc.property(people, anyNeed, fc.func(fc.nat()), (candidates, need, shuffle) => {
        const { personId } = assign(candidates, need, NOW)
        const mixed = [...candidates].sort((a, b) => shuffle(a.person.id) - shuffle(b.person.id))
        expect(assign(mixed, need, NOW).personId).toBe(personId)
        if (personId === null) return
        const best = rank(
          need,
          candidates.find((c) => c.person.id === personId)!,
        )
        for (const c of candidates) {
          if (!isFit(need, c.person) || !isPresent(c.person, NOW) || c.open >= c.person.capacity) continue
          expect(compare(rank(need, c), best)).toBeLessThanOrEqual(0)
        }
      }),
      { numRuns: 1000 },
    )
  })
})
