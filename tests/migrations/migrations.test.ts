import Database from 'better-sqlite3'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { migrations } from '#engine/store/migrations/all.ts'
import { migrate, versionOf } from '#engine/store/migrations/migrate.ts'
import type { Migration } from '#engine/store/migrations/migration.ts'
import { Failure } from '#engine/platform/failure.ts'
import { root } from '#tests/support/folder.ts'

const folder = join(root, 'electron/engine/store/migrations')
const opened: Database.Database[] = []
const memory = (): Database.Database => {
  const db = new Database(':memory:')
  opened.push(db)
  return db
}
afterEach(() => {
  for (const db of opened.splice(0)) db.close()
})
const schema = (db: Database.Database): unknown[] =>
  db.prepare("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name").all()

describe('the steps of the schema', () => {
  it('ascend, and none is given twice', () => {
    const versions = migrations.map((step) => step.version)
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b))
  })

  it('are one file each, named by their number, and all of them are listed', () => {
    const files = readdirSync(folder).filter((name) => /^\d/.test(name))
    const numbers = files.map((name) => Number(name.slice(0, 4))).sort((a, b) => a - b)
    expect(numbers).toEqual(migrations.map((step) => step.version))
  })

  it.each(migrations.map((step, i) => [step.version, step.name, i] as const))(
    'lead from before %i (%s) to the newest',
    (version, _name, i) => {
      const db = memory()
      if (i > 0) migrate(db, migrations.slice(0, i), 'test.db')
      expect(versionOf(db)).toBe(i > 0 ? migrations[i - 1]!.version : 0)
      migrate(db, migrations, 'test.db')
      expect(versionOf(db)).toBe(migrations.at(-1)!.version)
      const whole = memory()
      migrate(whole, migrations, 'test.db')
      expect(schema(db)).toEqual(schema(whole))
      expect(db.prepare('SELECT count(*) FROM migration WHERE version = ?').pluck().get(version)).toBe(1)
    },
  )

  it('make STRICT tables only', () => {
    const db = memory()
    migrate(db, migrations, 'test.db')
    const loose = db
      .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0")
      .pluck()
      .all()
      .filter((name) => !String(name).startsWith('sqlite_'))
    expect(loose).toEqual([])
  })

  it('run once', () => {
    const db = memory()
    migrate(db, migrations, 'test.db')
    const before = schema(db)
    migrate(db, migrations, 'test.db')
    expect(schema(db)).toEqual(before)
  })
})

describe('a step that fails', () => {
  const good: Migration = { version: 10, name: 'good', up: (db) => void db.exec('CREATE TABLE a (x INTEGER) STRICT') }
  const bad: Migration = {
    version: 20,
    name: 'bad',
    up(db) {
      db.exec('CREATE TABLE half (x INTEGER) STRICT')
      db.exec('CREATE TABLE a (x INTEGER) STRICT')
    },
  }

  it('leaves the file as the step before left it, and is tried again', () => {
    const db = memory()
    expect(() => migrate(db, [good, bad], 'test.db')).toThrow(/Step 20 \(bad\) of the schema failed on test\.db/)
    expect(versionOf(db)).toBe(10)
    expect(db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").pluck().get()).toBe(0)
    migrate(db, [good, { ...bad, up: (to) => void to.exec('CREATE TABLE b (x INTEGER) STRICT') }], 'test.db')
    expect(versionOf(db)).toBe(20)
  })
})

describe('a file from the future', () => {
  it('is refused and not changed', () => {
    const db = memory()
    migrate(db, migrations, 'test.db')
    db.pragma('user_version = 99999')
    expect(() => migrate(db, migrations, '/data/earshot.db')).toThrow(Failure)
    expect(() => migrate(db, migrations, '/data/earshot.db')).toThrow(/newer Earshot .*Install the newer version/)
    expect(versionOf(db)).toBe(99999)
  })
})
