import { inEnglish } from '#shared/words/words.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lintPeople, type PeopleSeen } from '#engine/routing/lint-people.ts'
import { MinHeap } from '#engine/routing/min-heap.ts'
import { PeopleRun, type Arrival } from '#engine/rehearsal/rehearse-people.ts'
import { stretchAt } from '#engine/routing/hours.ts'
import { starterDesks } from '#engine/starters/desks.ts'
import { starterRules } from '#engine/starters/rules.ts'
import type { BusinessHours, Desk } from '#shared/model/desk.ts'
import type { Person } from '#shared/model/person.ts'
import type { RequiredSkill } from '#shared/model/rule.ts'

const at = (time: string): number => Date.parse(`2026-11-20T${time}:00Z`)
const always: BusinessHours = { timeZone: 'UTC', spans: [], holidays: [] }
const office: BusinessHours = { timeZone: 'UTC', spans: [1, 2, 3, 4, 5].map((day) => ({ day, from: 540, to: 1020 })), holidays: [] } // prettier-ignore
const person = (id: string, more: Partial<Person> = {}): Person => ({
  id,
  name: id,
  email: '',
  deskIds: ['care'],
  skills: [],
  languages: [],
  countries: [],
  hours: always,
  capacity: 1,
  presence: 'available',
  archived: false,
  ...more,
})
const [starter] = starterDesks('UTC')
const desk = (id: string, more: Partial<Desk> = {}): Desk => ({ ...starter!, id, name: id, hours: always, waiting: [], ...more }) // prettier-ignore
const arrival = (mentionId: string, time: number, more: Partial<Arrival> = {}): Arrival => ({
  mentionId,
  at: time,
  deskId: 'care',
  priority: 'normal',
  skills: [],
  lang: 'en',
  country: null,
  minutes: 10,
  ...more,
})

function play(people: Person[], arrivals: Arrival[], desks: Desk[] = [desk('care')], until = at('23:00')) {
  const run = new PeopleRun({
    desks: new Map(desks.map((one) => [one.id, one])),
    peopleOf: (id) => people.filter(({ deskIds }) => deskIds.includes(id)),
    from: at('00:00'),
    to: until,
    buckets: 24,
  })
  for (const one of arrivals) run.arrive(one)
  run.finish()
  const who = Object.fromEntries(run.results().map(({ mentionId, placed }) => [mentionId, placed]))
  return { run, who }
}

describe('cases played through people', () => {
  it('wait in the queue while everybody is busy, and go on when somebody has room', () => {
    const { run, who } = play([person('ana')], [arrival('a', at('10:00')), arrival('b', at('10:02'))])
    expect(who).toMatchObject({
      a: { personId: 'ana', waitMinutes: 0 },
      b: { personId: 'ana', waitMinutes: 8 },
    })
    expect(run.queues).toEqual([{ deskId: 'care', longest: 1, waited: 1 }])
    expect(run.queueOverTime[10]).toBe(1)
    expect(run.queueOverTime[12]).toBe(0)
  })

  it('wait for the morning, and the clock that ran out in the night counts', () => {
    const evening = arrival('late', at('20:00'), { priority: 'urgent' })
    const { who } = play([person('ana', { hours: office })], [evening], [desk('care')], at('23:00') + 4 * 86_400_000)
    // Friday evening: Monday at nine.
    expect(who.late).toMatchObject({ personId: 'ana', waitMinutes: (2 * 24 + 13) * 60, breached: true })
  })

  it('take the most urgent first out of the queue', () => {
    const { who } = play(
      [person('ana')],
      [
        arrival('first', at('10:00'), { minutes: 30 }),
        arrival('low', at('10:01'), { priority: 'low' }),
        arrival('urgent', at('10:02'), { priority: 'urgent' }),
      ],
    )
    expect(who.urgent!.waitMinutes).toBe(28)
    expect(who.low!.waitMinutes).toBe(39)
  })

  it('have what the desk does about long waiting: less skill, more urgency, another desk', () => {
    const skilled = arrival('a', at('10:00'), { skills: [{ skill: 'app', level: 1 }] })
    const relax = desk('care', { waiting: [{ afterMinutes: 15, do: 'relax', deskId: null }] })
    expect(play([person('ana')], [skilled], [relax])).toMatchObject({
      who: { a: { personId: 'ana', waitMinutes: 15 } },
    })
    const move = desk('care', { waiting: [{ afterMinutes: 20, do: 'move', deskId: 'tech' }] })
    const tom = person('tom', { deskIds: ['tech'], skills: [{ skill: 'app', level: 3 }] })
    const moved = play([person('ana'), tom], [skilled], [move, desk('tech')])
    expect(moved.who.a).toMatchObject({ personId: 'tom', waitMinutes: 20 })
    expect(moved.run.unfit).toBe(1)
    const mailbox = play([person('ana')], [skilled], [move, desk('tech')])
    expect([mailbox.who.a!.personId, mailbox.run.unplaced]).toEqual([null, 0])
  })

  it('that nobody can ever take stay where they are, and are counted', () => {
    const { run, who } = play([person('ana', { languages: ['de'] })], [arrival('a', at('10:00'))])
    expect(who.a).toMatchObject({ personId: null, waitMinutes: null })
    expect([run.unplaced, run.unfit]).toEqual([1, 1])
  })

  it('never go over anybody’s capacity, nor to who is not there or not fit, and none is lost', () => {
    const people = fc.uniqueArray(
      fc.record({
        id: fc.constantFrom('p1', 'p2', 'p3', 'p4'),
        capacity: fc.integer({ min: 1, max: 3 }),
        hours: fc.constantFrom(always, office),
        languages: fc.constantFrom<string[][]>([], ['de'], ['en']),
        skills: fc.constantFrom<RequiredSkill[][]>([], [{ skill: 'app', level: 2 }]),
        deskIds: fc.constantFrom<string[][]>(['care'], ['tech'], ['care', 'tech']),
      }),
      { selector: ({ id }) => id, minLength: 1 },
    )
    const arrivals = fc.array(
      fc.record({
        minute: fc.integer({ min: 0, max: 1_200 }),
        deskId: fc.constantFrom('care', 'tech'),
        priority: fc.constantFrom('urgent' as const, 'high' as const, 'low' as const),
        skills: fc.constantFrom<RequiredSkill[][]>([], [{ skill: 'app', level: 2 }]),
        lang: fc.constantFrom('en', 'de', 'und'),
        minutes: fc.integer({ min: 1, max: 300 }),
      }),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(people, arrivals, (staff, coming) => {
        const house = staff.map((one) => person(one.id, one))
        const cases = coming
          .filter(({ deskId }) => house.some(({ deskIds }) => deskIds.includes(deskId)))
          .sort((a, b) => a.minute - b.minute)
          .map(({ minute, ...one }, i) => arrival(`m${i}`, at('00:00') + minute * 60_000, one))
        const { run, who } = play(house, cases, [desk('care', { waiting: [{ afterMinutes: 60, do: 'raise', deskId: null }] }), desk('tech')]) // prettier-ignore
        expect(run.results()).toHaveLength(cases.length)
        for (const hand of run.people) expect(hand.busiest).toBeLessThanOrEqual(hand.person.capacity)
        for (const one of cases) {
          const { personId, waitMinutes } = who[one.mentionId]!
          if (personId === null) continue
          const taker = house.find(({ id }) => id === personId)!
          expect(taker.deskIds).toContain(one.deskId)
          expect(stretchAt(taker.hours, one.at + waitMinutes! * 60_000).open).toBe(true)
          if (one.skills.length > 0) expect(taker.skills).toHaveLength(1)
          if (one.lang !== 'und' && taker.languages.length > 0) expect(taker.languages).toContain(one.lang)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('are never left waiting while somebody who may take them has nothing to do', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 40 }), fc.integer({ min: 1, max: 4 }), (minutes, capacity) => {
        const times = minutes.sort((a, b) => a - b)
        const { who } = play([person('ana', { capacity })], times.map((minute, i) => arrival(`m${i}`, at('08:00') + minute * 60_000))) // prettier-ignore
        // One desk, one kind of case, ten minutes each: a queue with so many servers, told by its own recurrence.
        const free = new Array<number>(capacity).fill(0)
        times.forEach((minute, i) => {
          free.sort((a, b) => a - b)
          const starts = Math.max(minute, free[0]!)
          free[0] = starts + 10
          expect(who[`m${i}`]!.waitMinutes).toBe(starts - minute)
        })
      }), // prettier-ignore
    )
  })
})

describe('a heap', () => {
  it('gives what it was given, smallest first, equal ones in order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (keys) => {
        const heap = new MinHeap<{ key: number; no: number }>(({ key }) => key)
        keys.forEach((key, no) => heap.push({ key, no }))
        const out: { key: number; no: number }[] = []
        while (heap.size > 0) out.push(heap.pop()!)
        expect(out).toEqual(keys.map((key, no) => ({ key, no })).sort((a, b) => a.key - b.key || a.no - b.no))
        expect(heap.pop()).toBeUndefined()
      }),
    )
  })
})

describe('the lint of people', () => {
  const desks = starterDesks('UTC')
  const rules = starterRules()
  const seen = (people: Person[], loose: string[] = []): PeopleSeen => ({
    ofDesk: (id) => people.filter(({ deskIds }) => deskIds.includes(id)),
    counts: new Map(desks.map(({ id }) => [id, people.filter(({ deskIds }) => deskIds.includes(id)).length])),
    withoutDesk: { count: loose.length, names: loose.slice(0, 3) },
  })
  const asking = (...skills: [string, number][]) =>
    rules.map((rule) => (rule.id === 'rule_fault' ? { ...rule, then: { ...rule.then, skills: skills.map(([skill, level]) => ({ skill, level })) } } : rule)) // prettier-ignore
  const codes = (people: Person[], some = rules, loose: string[] = []) =>
    lintPeople(some, desks, seen(people, loose)).map(({ code, message }) => `${code}: ${inEnglish(message)}`)
  const tech = (id: string, ...skills: [string, number][]) =>
    person(id, { deskIds: ['desk_technical'], skills: skills.map(([skill, level]) => ({ skill, level })) })

  it('says nothing of a house without people, nor of one that fits', () => {
    expect(codes([])).toEqual([])
    expect(codes([tech('tom', ['app', 3])], asking(['App', 3]))).toEqual([])
  })

  it('names skills that nobody has, or nobody has together', () => {
    expect(codes([tech('tom', ['app', 2])], asking(['app', 3]))).toEqual([
      'unmet-skills: “Something does not work” asks for app 3, which nobody at Technical has: its cases wait in the queue.',
    ])
    expect(codes([tech('tom', ['app', 5]), tech('eva', ['card', 5])], asking(['app', 3], ['card', 3]))).toEqual([
      'unmet-skills: “Something does not work” asks for app 3, card 3, which no one person at Technical has together: its cases wait in the queue.',
    ])
  })

  it('names people whom no case reaches', () => {
    const off = rules.map((rule) => (rule.then.deskId === 'desk_technical' ? { ...rule, enabled: false } : rule))
    expect(codes([tech('tom')], off)).toEqual([
      'unreached-people: One person belongs to Technical, which no rule sends to: nothing reaches them there.',
    ])
    expect(codes([], rules, ['Ana', 'Ben', 'Cem', 'Dia'])).toEqual([
      'unreached-people: 4 people (Ana, Ben, Cem …) belong to no desk: no case reaches them.',
    ])
  })
})
