import { describe, expect, it } from 'vitest'
import { channelFields, initialConfig, missingFields } from '#renderer/features/desks/channelFields.ts'
import {
  deskFaults,
  deskFields,
  emptyDesk,
  freeKeys,
  parseMinutes,
  readDesk,
  tidyDesk,
  waitingFields,
} from '#renderer/features/desks/deskDraft.ts'
import { parseBound, parseValues } from '#renderer/features/desks/factChoices.ts'
import { personFaults, personFields, readPerson } from '#renderer/features/desks/personDraft.ts'
import { emptyRule, parseSkills, skillsText, withDraft } from '#renderer/features/desks/ruleDraft.ts'
import { Desk } from '#shared/model/desk.ts'
import { channelKinds } from '#shared/model/handoff.ts'
import { Rule } from '#shared/model/rule.ts'

const desk = (id: string, key: number, archived = false) =>
  ({ ...emptyDesk([], 'UTC'), id, key, name: id, archived }) as Desk

describe('desk drafts', () => {
  it('offers the keys that nobody has, and always none and its own', () => {
    expect(freeKeys([desk('a', 1), desk('b', 2), desk('c', 3, true)], 'b')).toEqual([0, 2, 3, 4, 5, 6, 7, 8, 9])
  })
  it('starts as a desk that the model accepts once it has a name', () => {
    expect(Desk.safeParse({ ...emptyDesk([desk('a', 1)], 'Europe/Berlin'), id: 'x', name: 'Care' }).success).toBe(true)
    expect(emptyDesk([desk('a', 1)], 'UTC').key).toBe(2)
  })
  it('is sent tidy', () => {
    const draft = { ...emptyDesk([], 'UTC'), name: ' Care ' }
    draft.hours.holidays = ['2026-12-25', '2026-01-01', '2026-12-25']
    expect(tidyDesk(draft)).toMatchObject({ name: 'Care', hours: { holidays: ['2026-01-01', '2026-12-25'] } })
  })
  it.each([
    ['', null],
    ['15', 15],
    ['0', undefined],
    ['1.5', undefined],
    ['x', undefined],
    [' 60 ', 60],
  ])('reads %j minutes as %j', (text, expected) => {
    // prettier-ignore
    expect(parseMinutes(text)).toBe(expected)
  })
})

describe('a desk as a form', () => {
  const full = { ...desk('a', 1), waiting: [{ afterMinutes: 20, do: 'move' as const, deskId: 'b' }, { afterMinutes: 30, do: 'alert' as const, deskId: null }] } // prettier-ignore
  it('gives back what it was filled with', () => {
    expect(Desk.parse(readDesk(full, deskFields(full), waitingFields(full)))).toEqual(full)
  })
  it('names the field of every fault', () => {
    const fields = { ...deskFields(full), urgent: '0', capacity: 'many', warn: '-1' }
    const waiting = [
      { afterMinutes: '', do: 'raise' as const, deskId: null },
      { afterMinutes: '5', do: 'move' as const, deskId: null },
    ]
    expect(deskFaults({ name: ' ' }, fields, waiting).map(({ field }) => field)).toEqual(['name', 'urgent', 'capacity', 'waiting0', 'waitingDesk1', 'warn']) // prettier-ignore
    expect(deskFaults(full, deskFields(full), waitingFields(full))).toEqual([])
  })
  it('sends its steps in order, and a desk only where one is meant', () => {
    const sent = readDesk(full, deskFields(full), [
      { afterMinutes: '30', do: 'alert', deskId: 'left over' },
      { afterMinutes: '10', do: 'move', deskId: 'b' },
    ])
    expect(sent.waiting).toEqual([
      { afterMinutes: 10, do: 'move', deskId: 'b' },
      { afterMinutes: 30, do: 'alert', deskId: null },
    ])
  })
})

describe('a person as a form', () => {
  const person = {
    name: 'Ana',
    email: 'ana@example.org',
    deskIds: [],
    skills: [{ skill: 'payments', level: 3 }],
    languages: ['de', 'en'],
    countries: ['DE'],
    hours: { timeZone: 'UTC', spans: [], holidays: [] },
    capacity: 8,
    presence: 'available' as const,
    archived: false,
  }
  it('gives back what it was filled with, and writes codes as they are kept', () => {
    expect(readPerson(person, personFields(person))).toEqual(person)
    const fields = { ...personFields(person), languages: 'DE; en', countries: 'de, at' }
    expect(readPerson(person, fields)).toMatchObject({ languages: ['de', 'en'], countries: ['DE', 'AT'] })
  })
  it.each([
    [{ capacity: '0' }, 'capacity'],
    [{ capacity: '1001' }, 'capacity'],
    [{ languages: 'german' }, 'languages'],
    [{ countries: 'DEU' }, 'countries'],
  ])('refuses %j', (change, field) => {
    expect(personFaults(person, { ...personFields(person), ...change }).map((one) => one.field)).toEqual([field])
  })
  it.each(['nothing', 'a@', 'a b@c'])('refuses the address %j', (email) => {
    expect(personFaults({ ...person, email }, personFields(person)).map((one) => one.field)).toEqual(['email'])
  })
})

describe('rule drafts', () => {
  const when = { query: 'refund' }
  const rule = (id: string, order: number): Rule => ({ ...emptyRule([]), id, order, name: id, group: 'g', when })
  it('starts at the end, in the last group, and is accepted once it has a name', () => {
    const draft = emptyRule([rule('a', 4), rule('b', 7)])
    expect(draft).toMatchObject({ order: 8, group: 'g' })
    expect(Rule.safeParse({ ...draft, id: 'x', name: 'n' }).success).toBe(true)
  })
  it('stands before the first rule for all the rest, which would leave it nothing', () => {
    const rest = { ...rule('rest', 9), when: { all: [] } }
    const rules = [rest, rule('a', 4), { ...rest, id: 'off', order: 2, enabled: false }]
    expect(emptyRule(rules).order).toBe(9)
    const inOrder = rules.toSorted((a, b) => a.order - b.order)
    const shown = withDraft(inOrder, emptyRule(rules)).map((one) => one.id)
    expect(shown).toEqual(['off', 'a', 'draft', 'rest'])
  })
  it('leaves what it catches to a person until it is said where it goes', () => {
    expect(emptyRule([]).then).toMatchObject({ deskId: null, hold: true, mute: false })
  })
  it('stands in the place of the saved one in a rehearsal, or at the end', () => {
    const rules = [rule('a', 1), rule('b', 2)]
    expect(withDraft(rules, { ...rule('b', 2), name: 'new' }).map((one) => one.name)).toEqual(['a', 'new'])
    expect(withDraft(rules, emptyRule(rules)).map((one) => one.id)).toEqual(['a', 'b', 'draft'])
  })
  it('reads skills with their levels', () => {
    expect(parseSkills('payments 3, german:4; coffee ,payments 2')).toEqual([
      { skill: 'payments', level: 3 },
      { skill: 'german', level: 4 },
      { skill: 'coffee', level: 1 },
    ])
    expect(parseSkills(' , ')).toEqual([])
    expect(parseSkills(skillsText([{ skill: 'first aid', level: 5 }]))).toEqual([{ skill: 'first aid', level: 5 }])
  })
  it('reads values and bounds', () => {
    expect(parseValues('de, at ,de;\nch')).toEqual(['de', 'at', 'ch'])
    expect([parseBound(''), parseBound('0,5'), parseBound('80'), parseBound('x')]).toEqual([null, 0.5, 80, undefined])
  })
})

describe('channels', () => {
  it.each(channelKinds)('%s knows what is missing from a new one', (kind) => {
    const missing = missingFields(kind, initialConfig(kind))
    expect(missing.length).toBeGreaterThan(0)
    const filled = Object.fromEntries(channelFields[kind].config.map((field) => [field.key, 'x']))
    expect(missingFields(kind, filled)).toEqual([])
  })
})
