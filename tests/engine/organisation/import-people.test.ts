import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectionOf } from '#engine/store/connections.ts'
import { importPeople } from '#engine/organisation/import-people.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { parseHours } from '#engine/routing/hours-text.ts'
import { lena, openHouse, type House } from '#tests/engine/cases/house.ts'

let house: House
beforeEach(() => {
  house = openHouse()
})
afterEach(() => house.close())

const csv = [
  'Name,E-Mail,Desks,Skills,Languages,Countries,Hours,Time zone,Capacity,Presence',
  'Petra Kühn,petra@example.org,Care Germany;Technical,payments:4;app=2,de;en,DE;AT,Mo-Fr 09:00-17:00,Europe/Berlin,3,available',
  'Omar Haddad,omar@example.org,Baggage,,en,,24/7,America/New_York,,away',
  'Li Wei,,Baggage,,,,,,,',
].join('\r\n')
const run = (text: string, apply: boolean) => house.board.importPeople(text, apply, lena)
const all = () =>
  house.board.people.page({ search: '', deskId: null, after: null, limit: 100 }).items.map(({ person }) => person)

describe('an organisation from CSV', () => {
  it('leaves what an officer changes while it is being written', async () => {
    await run(csv, true)
    const id = all().find(({ name }) => name === 'Omar Haddad')!.id
    const { store, board, clock } = house
    const { book, people } = board
    // Every transaction takes too long for a second row, and the officer is quick.
    let at = 0
    let acts = 0
    const slow: Clock = {
      now: () => clock.now(),
      monotonic: () => (connectionOf(store).inTransaction ? (at += 1_000) : at),
      after: (ms, call) => clock.after(ms, call),
      sleep() {
        if (acts++ === 0) people.setPresence(id, 'available', lena)
        return Promise.resolve()
      },
    }
    const next = 'Name,E-Mail,Capacity\r\nPetra Kühn,petra@example.org,5\r\nOmar Haddad,omar@example.org,7'
    const plan = await importPeople({ store, clock: slow, book, people, timeZone: 'UTC' }, next, true, lena)
    expect(plan.people).toEqual({ added: 0, changed: 2, same: 0 })
    expect(people.get(id)).toMatchObject({ capacity: 7, presence: 'available' })
    expect(all().map(({ capacity }) => capacity)).toContain(5)
  })

  it('is shown before anything is changed', async () => {
    const plan = await run(csv, false)
    expect(plan).toMatchObject({
      rows: 3,
      people: { added: 3, changed: 0, same: 0 },
      desks: { added: 1 },
      problems: [],
    })
    expect(plan.changes).toContainEqual({ line: 3, name: 'Baggage', what: 'new desk' })
    expect(all()).toEqual([])
    expect(house.board.book.desks().some((desk) => desk.name === 'Baggage')).toBe(false)
  })

  it('is taken in, and a second time changes nothing', async () => {
    await run(csv, true)
    const petra = all().find((person) => person.name === 'Petra Kühn')
    expect(petra).toMatchObject({
      email: 'petra@example.org',
      deskIds: ['desk_care_de', 'desk_technical'],
      skills: [
        { skill: 'payments', level: 4 },
        { skill: 'app', level: 2 },
      ],
      languages: ['de', 'en'],
      countries: ['DE', 'AT'],
      capacity: 3,
      presence: 'available',
      hours: { timeZone: 'Europe/Berlin', spans: [1, 2, 3, 4, 5].map((day) => ({ day, from: 540, to: 1020 })) },
    })
    expect(await run(csv, true)).toMatchObject({ people: { added: 0, changed: 0, same: 3 }, desks: { added: 0 } })
    expect(all()).toHaveLength(3)
    expect(house.board.people.candidates('desk_technical')).toHaveLength(1)
  })

  it('changes what a row says and nothing else', async () => {
    await run(csv, true)
    const plan = await run('email;name;capacity\npetra@example.org;Petra Kühn;9\n', true)
    expect(plan).toMatchObject({
      people: { added: 0, changed: 1, same: 0 },
      changes: [{ line: 2, name: 'Petra Kühn', what: 'capacity' }],
    })
    expect(all().find((person) => person.name === 'Petra Kühn')).toMatchObject({ capacity: 9, languages: ['de', 'en'] })
  })

  it('keeps what can be read and names line and column of what cannot', async () => {
    const bad = [
      'name,email,capacity,hours,countries,skills',
      ',x@y,1,,,',
      'A,not an address,0,Mo 9-99,GER,cooking',
      'B,b@x,2,Mo 9-10,DE,a:3',
      'B again,b@x,2,,,',
    ].join('\n')
    const plan = await run(bad, true)
    expect(plan.problems.map(({ line, column }) => `${line} ${column}`)).toEqual([
      '2 name',
      '3 email',
      '3 skills',
      '3 countries',
      '3 hours',
      '3 capacity',
      '5 null',
    ])
    expect(all().map((person) => person.name)).toEqual(['A', 'B'])
  })

  it.each([
    ['a file without names', 'a,b\n1,2\n', /no column “name”/],
    ['a quote that never ends', 'name,email\n"abc,x@y\n', /cannot be read as CSV/],
  ])('%s is refused with the reason', async (_name, text, message) => {
    await expect(run(text, true)).rejects.toThrow(message)
  })

  it('takes 20,000 people and 400 desks in its stride, page by page', async () => {
    const lines = Array.from(
      { length: 20_000 },
      (_, i) => `Person ${i},p${i}@example.org,Desk ${i % 400},s${i % 9}:${(i % 5) + 1}`,
    )
    const plan = await run(['name,email,desks,skills', ...lines].join('\n'), true)
    expect(plan).toMatchObject({ rows: 20_000, people: { added: 20_000 }, desks: { added: 400 }, problems: [] })
    const { people } = house.board
    const first = people.page({ search: '', deskId: null, after: null, limit: 50 })
    const second = people.page({ search: '', deskId: null, after: first.next, limit: 50 })
    expect(first.total).toBe(20_000)
    expect(new Set([...first.items, ...second.items].map(({ person }) => person.id)).size).toBe(100)
    expect(people.page({ search: 'p777@', deskId: null, after: null, limit: 50 }).items).toHaveLength(1)
    expect(people.page({ search: '100%', deskId: null, after: null, limit: 50 }).items).toHaveLength(0)
    const desk = house.board.book.desks().find((one) => one.name === 'Desk 7')!
    expect(people.candidates(desk.id)).toHaveLength(50)
  })
})

describe('opening hours in words', () => {
  it.each([
    ['Mo-Fr 9-17', 5],
    ['Mon–Sat 09:00–12:30, 14:00-18:00', 12],
    ['Mo-Mi 8:00-12:00; Do 8-20', 4],
    ['Sa-Mo 10-12', 3],
    ['Fr 22:00-06:00', 2],
    ['24/7', 0],
    ['', 0],
  ])('%s', (text, spans) => {
    const parsed = parseHours(text)
    expect(parsed.ok && parsed.value).toHaveLength(spans)
  })
  it.each(['Mo', '9-17', 'Xx 9-17', 'Mo 9', 'Mo 25-26', 'Mo 9:75-10', 'Mo 9-9'])('refuses %s', (text) => {
    expect(parseHours(text).ok).toBe(false)
  })
})
