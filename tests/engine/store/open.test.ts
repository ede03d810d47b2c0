import { saying } from '#tests/support/saying.ts'
import Database from 'better-sqlite3'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { connectionOf } from '#engine/store/connections.ts'
import { Failure } from '#engine/platform/failure.ts'
import { silentLog } from '#engine/platform/log.ts'
import type { Migration } from '#engine/store/migrations/migration.ts'
import { openStore } from '#engine/store/open.ts'
import type { Store } from '#engine/store/store.ts'
import { newFolder } from '#tests/support/folder.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import { draft, openTestStation, type TestStation } from './station.ts'
import { testPaths } from '#tests/support/paths.ts'

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const station = (dir?: string): TestStation => {
  const opened = openTestStation(dir === undefined ? {} : { dir })
  closing.push(() => opened.close())
  return opened
}
function storeIn(dir: string): Store {
  const store = openStore({ paths: testPaths(dir), clock: new ManualClock(), log: silentLog })
  closing.push(() => store.close())
  return store
}
function folder(): string {
  const made = newFolder('open')
  closing.push(() => made.remove())
  return made.path
}

describe('the indexing thread', () => {
  const without = (dir: string) => {
    const paths = testPaths(dir)
    const failed: string[] = []
    const log = { ...silentLog, log: (_: unknown, line: string) => void failed.push(line), child: () => log }
    const worker: typeof paths.worker = (name) =>
      name === 'indexer' ? new URL('data:text/javascript,throw new Error("begun")') : paths.worker(name)
    const store = openStore({ paths: { ...paths, worker }, clock: new ManualClock(), log })
    closing.push(() => store.close())
    return { store, failed }
  }

  it('is not begun for a store that is only read', async () => {
    const first = station()
    await first.push([draft({ text: 'a lost suitcase' })])
    await first.store.indexed()
    await first.intake.close()
    await first.store.close()
    const { store, failed } = without(first.dir)
    await store.indexed()
    const words = connectionOf(store.readable).prepare(
      "SELECT rowid FROM mention_fts WHERE mention_fts MATCH 'suitcase'",
    )
    expect(words.all()).toHaveLength(1)
    await store.close()
    expect(failed).toEqual([])
  })

  it('is begun at once for one whose index is behind', async () => {
    const first = station()
    await first.push([draft({ text: 'a lost suitcase' })])
    await first.intake.close()
    await first.store.close()
    writeFileSync(first.store.searchFile, 'broken '.repeat(1000))
    const { failed } = without(first.dir)
    await expect.poll(() => failed).toContain('The indexing thread failed')
  })
})

describe('a new store', () => {
  it('makes its folder and keeps its station id', async () => {
    const dir = join(folder(), 'deep', 'down')
    const store = storeIn(dir)
    expect(store.stationId).toMatch(/^[0-9a-hjkmnp-tv-z]{5}$/)
    expect(store.problem).toBeNull()
    const { stationId, hashSeed } = store
    await store.close()
    const again = storeIn(dir)
    expect(again.stationId).toBe(stationId)
    expect(again.hashSeed).toBe(hashSeed)
  })

  it('writes ahead and checks references', () => {
    const db = connectionOf(storeIn(folder()))
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(db.pragma('synchronous', { simple: true })).toBe(1)
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
  })
})

describe('a second Earshot on the same folder', () => {
  it('is told so, and may come when the first has gone', async () => {
    const dir = folder()
    const first = storeIn(dir)
    expect(() => storeIn(dir)).toThrow(/in use by another running Earshot/)
    await first.close()
    expect(storeIn(dir).stationId).toBe(first.stationId)
  })
})

describe('a folder that cannot be used', () => {
  it('says which and what to do', () => {
    const file = join(folder(), 'file')
    writeFileSync(file, 'not a folder')
    expect(() => storeIn(join(file, 'data'))).toThrow(Failure)
    expect(() => storeIn(join(file, 'data'))).toThrow(/is a file or lies in one.*Choose another folder/)
  })

  it('says so when something else stands in its place', () => {
    const dir = folder()
    mkdirSync(join(dir, 'earshot.db'))
    expect(() => storeIn(dir)).toThrow(/is in the way: a file .*Nothing was changed/)
  })
})

describe('a disk without room', () => {
  it('is named, and the folder is free again for the next try', () => {
    const dir = folder()
    const full = {
      version: 10,
      name: 'full',
      up() {
        throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
      },
    }
    const open = (migrations?: Migration[]): Store =>
      openStore({
        paths: testPaths(dir),
        clock: new ManualClock(),
        log: silentLog,
        ...(migrations && { migrations }),
      })
    expect(() => open([full])).toThrow(Failure)
    expect(() => open([full])).toThrow(/is full or does not take writes\. Free some space/)
    const store = open()
    closing.push(() => store.close())
    expect(store.problem).toBeNull()
  })
})

describe('a file from a newer Earshot', () => {
  it('is refused and left alone', async () => {
    const dir = folder()
    const store = storeIn(dir)
    connectionOf(store).pragma('user_version = 99999')
    await store.close()
    const before = readFileSync(join(dir, 'earshot.db'))
    expect(() => storeIn(dir)).toThrow(/newer Earshot/)
    expect(readFileSync(join(dir, 'earshot.db')).equals(before)).toBe(true)
    expect(readdirSync(dir).filter((name) => name.includes('damaged'))).toEqual([])
  })
})

describe('a damaged file', () => {
  const spoil = (dir: string): void => {
    const file = join(dir, 'earshot.db')
    const bytes = readFileSync(file)
    bytes.fill(0x5a, 4096 * 3, 4096 * 20)
    writeFileSync(file, bytes)
  }

  it('is set aside, the last backup takes its place, and the store says so', async () => {
    const first = station()
    await first.push([draft({ externalId: 'kept' })])
    const { file } = await first.store.backup()
    await first.push([draft({ externalId: 'lost' })])
    const { dir } = first
    await first.intake.close()
    await first.store.close()
    spoil(dir)

    const second = station(dir)
    expect(second.store.problem).toEqual(
      saying(/earshot\.db was damaged\. It was kept as earshot\.db\.damaged-\d{8}-\d{6}/),
    )
    expect(second.store.problem).toEqual(saying(/the backup of 2026-11-20 12:00 UTC was restored/))
    expect(readdirSync(dir).some((name) => name.startsWith('earshot.db.damaged-'))).toBe(true)
    expect(existsSync(file)).toBe(true)
    // What the backup has is known; what came after it is fetched again.
    const result = await second.push([draft({ externalId: 'kept' }), draft({ externalId: 'lost' })])
    expect(result).toMatchObject({ stored: 1, duplicates: 1 })
    expect((await second.store.verify()).problems).toEqual([])
  })

  it('without a backup gives way to an empty store; nothing is deleted', async () => {
    const dir = folder()
    writeFileSync(join(dir, 'earshot.db'), 'this is not a database, and long enough to be looked at '.repeat(200))
    const store = storeIn(dir)
    expect(store.problem).toEqual(saying(/There was no backup, so an empty store was begun/))
    const aside = readdirSync(dir).find((name) => name.includes('damaged'))!
    expect(readFileSync(join(dir, aside), 'utf8')).toMatch(/^this is not a database/)
  })

  it('takes an older backup when the newest is damaged too', async () => {
    const first = station()
    await first.push([draft({ externalId: 'old' })])
    await first.store.backup()
    first.clock.advance(60_000)
    await first.push([draft({ externalId: 'new' })])
    const newest = await first.store.backup()
    truncateSync(newest.file, statSync(newest.file).size / 2)
    await first.intake.close()
    await first.store.close()
    spoil(first.dir)
    const second = station(first.dir)
    const count = connectionOf(second.store).prepare('SELECT count(*) FROM mention').pluck().get()
    expect(second.store.problem).toEqual(saying(/12:00 UTC was restored/))
    expect(count).toBe(1)
  })

  it('that was found damaged while in use is set aside at the next start', async () => {
    const first = station()
    await first.push([draft({ externalId: 'kept' })])
    await first.store.backup()
    await first.push([draft({ externalId: 'later', text: 'gone with the file' })])
    await first.store.indexed()
    first.store.damaged()
    expect(first.store.problem).toEqual(
      saying(/start it again: it will keep the file aside and restore the backup of 2026-11-20 12:00 UTC/),
    )
    await first.intake.close()
    await first.store.close()
    const second = station(first.dir)
    expect(second.store.problem).toEqual(saying(/was damaged\. It was kept as .* was restored/))
    await second.push([draft({ externalId: 'new', text: 'comes instead' })])
    await second.store.indexed()
    // The index was ahead of the restored rows: what it knew of row 2 is not said of the new one.
    const found = (word: string) =>
      connectionOf(second.store.readable).prepare('SELECT rowid FROM mention_fts WHERE mention_fts MATCH ?').all(word)
    expect(found('gone')).toEqual([])
    expect(found('instead')).toHaveLength(1)
    expect((await second.store.verify()).problems).toEqual([])
    await second.intake.close()
    await second.store.close()
    expect(station(first.dir).store.problem).toBeNull()
  })

  it('the index alone is made again from the mentions', async () => {
    const first = station()
    await first.push([draft({ text: 'a lost suitcase' })])
    await first.store.indexed()
    await first.intake.close()
    await first.store.close()
    writeFileSync(first.store.searchFile, 'broken '.repeat(1000))
    const second = station(first.dir)
    await second.store.indexed()
    expect(second.store.problem).toBeNull()
    expect(
      connectionOf(second.store.readable)
        .prepare("SELECT rowid FROM mention_fts WHERE mention_fts MATCH 'suitcase'")
        .all(),
    ).toHaveLength(1)
  })
})

describe('a backup', () => {
  it('is a whole store by itself, and only so many are kept', async () => {
    const one = station()
    await one.push(Array.from({ length: 50 }, () => draft()))
    for (let i = 0; i < 9; i++) {
      one.clock.advance(1000)
      const { file, mentions } = await one.store.backup()
      expect(mentions).toBe(50)
      const copy = new Database(file, { readonly: true })
      expect(copy.pragma('integrity_check', { simple: true })).toBe('ok')
      expect(copy.prepare('SELECT count(*) FROM mention').pluck().get()).toBe(50)
      copy.close()
    }
    const files = readdirSync(join(one.dir, 'backups'))
    expect(files).toHaveLength(7)
    expect(files.every((name) => /^earshot-\d{8}-\d{6}\.db$/.test(name))).toBe(true)
    expect(one.store.lastBackupAt).toBe(one.clock.now())
  })
})
