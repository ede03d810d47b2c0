import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { lend, type Connection } from '#engine/store/connections.ts'
import {
  beside,
  fixed,
  flag,
  initially,
  json,
  named,
  placeIn,
  plain,
  shape,
  table,
  tableOf,
} from '#engine/store/table.ts'

const Person = z.object({ name: z.string() })
const people = table('people', ['team', 'id'], {
  id: plain<string>(),
  team: named('team_name', plain<string>()),
  body: shape(Person),
  active: flag(),
  tags: initially<string[]>([], json()),
  madeAt: fixed(plain<number>()),
  rank: placeIn(['high', 'low'], 'low'),
})
const notes = tableOf<{ id: number; text: string }, { row: number | null }>()('notes', ['id'], {
  id: plain(),
  text: plain(),
  row: beside(),
})

let db: Connection
beforeEach(() => {
  const file = new Database(':memory:')
  file.exec(`
    CREATE TABLE people (id TEXT, team_name TEXT, body TEXT, active INTEGER, tags TEXT, made_at INTEGER, rank INTEGER,
      PRIMARY KEY (team_name, id)) STRICT;
    CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT, row INTEGER) STRICT`)
  db = lend(file, file)
})
afterEach(() => void db.close())

const ada = {
  id: 'a',
  team: 'red',
  body: { name: 'Ada' },
  active: true,
  tags: ['x'],
  madeAt: 1,
  rank: 'high',
} as const
const written = (): typeof ada => structuredClone(ada)

describe('a table that is said once', () => {
  it('gives back what was put in, under its fields', () => {
    expect(people.insert(db, written() as never)).toBe(true)
    expect(people.get(db, 'red', 'a')).toEqual(ada)
    expect(people.all(db, 'WHERE active = 1')).toEqual([ada])
    expect([...people.each(db, '')]).toEqual([ada])
    expect(people.get(db, 'red', 'b')).toBeUndefined()
    expect(people.get(db, 'a', 'red')).toBeUndefined()
  })
  it('keeps numbers and JSON', () => {
    people.put(db, written() as never)
    expect(db.prepare('SELECT * FROM people').get()).toEqual({
      id: 'a',
      team_name: 'red',
      body: '{"name":"Ada"}',
      active: 1,
      tags: '["x"]',
      made_at: 1,
      rank: 0,
    })
  })
  it('replaces what is not fixed, leaves the row that it was given alone', () => {
    const row = written() as never
    people.put(db, row)
    people.put(db, { ...(row as typeof ada), madeAt: 9, active: false } as never)
    expect(people.get(db, 'red', 'a')).toMatchObject({ madeAt: 1, active: false })
    expect(row).toEqual(ada)
  })
  it('refuses or ignores a second row of the same key', () => {
    people.insert(db, written() as never)
    expect(() => people.insert(db, written() as never)).toThrow(/UNIQUE/)
    expect(people.insert(db, written() as never, 'IGNORE')).toBe(false)
    expect(people.insert(db, { ...ada, madeAt: 5 } as never, 'REPLACE')).toBe(true)
    expect(people.get(db, 'red', 'a')?.madeAt).toBe(5)
  })
  it('removes by its key, and says whether there was one', () => {
    people.insert(db, written() as never)
    expect(people.remove(db, 'a', 'red')).toBe(false)
    expect(people.remove(db, 'red', 'a')).toBe(true)
    expect(people.remove(db, 'red', 'a')).toBe(false)
  })
  it('knows the next of a number', () => {
    expect(people.nextOf(db, 'madeAt')).toBe(1)
    people.insert(db, { ...ada, madeAt: 41 } as never)
    expect(people.nextOf(db, 'madeAt')).toBe(42)
  })
  it('holds a shape to its schema when it is read', () => {
    people.insert(db, { ...ada, body: { name: 7 } } as never)
    expect(() => people.get(db, 'red', 'a')).toThrow()
  })
  it('says what a new row begins with', () => {
    expect(people.initial).toEqual({ tags: [] })
  })
  it('keeps beside a row what its readers do not see', () => {
    notes.insert(db, { id: 1, text: 'hello', row: 7 })
    expect(notes.get(db, 1)).toEqual({ id: 1, text: 'hello' })
    expect(db.prepare('SELECT row FROM notes').pluck().get()).toBe(7)
  })
})
