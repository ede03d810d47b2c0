import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  copyFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { silentLog } from '#engine/platform/log.ts'
import { keepDailyBackups } from '#engine/store/daily-backup.ts'
import { migrations } from '#engine/store/migrations/all.ts'
import { openStore } from '#engine/store/open.ts'
import { restoreStore } from '#engine/store/restore.ts'
import { mentionCount } from '#engine/store/queries/rollup-reads.ts'
import { draft, noon, openTestStation, type TestStation } from '#tests/engine/store/station.ts'
import { newFolder } from '#tests/support/folder.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import { saying } from '#tests/support/saying.ts'
import { testPaths } from '#tests/support/paths.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
function folder(): string {
  const made = newFolder('backups')
  closing.push(() => made.remove())
  return made.path
}
function station(dir = folder()): TestStation {
  const opened = openTestStation({ dir })
  closing.push(() => opened.close())
  return opened
}
const close = async (one: TestStation): Promise<void> => {
  await one.intake.close()
  await one.store.close()
}
const backups = (dir: string): string[] => readdirSync(join(dir, 'backups')).sort()
const restore = (dir: string) => restoreStore({ paths: testPaths(dir), clock: new ManualClock(noon) }, null)

/** A station with two mentions, of which a backup was made, closed again. */
async function withBackup(): Promise<{ dir: string; file: string }> {
  const one = station()
  await one.push([draft(), draft()])
  const { file } = await one.store.backup()
  await close(one)
  return { dir: one.dir, file }
}

describe('an empty or torn file is no backup', () => {
  const torn: [string, (file: string, whole: string) => void][] = [
    ['of no bytes', (file) => writeFileSync(file, '')],
    ['of a header alone', (file, whole) => (copyFileSync(whole, file), truncateSync(file, 100))],
    [
      'cut inside a page',
      (file, whole) => (copyFileSync(whole, file), truncateSync(file, statSync(whole).size - 1000)),
    ],
    ['of another kind', (file) => writeFileSync(file, 'PK\u0003\u0004 not a database '.repeat(500))],
    ['that is a folder', (file) => mkdirSync(file)],
  ]
  it.each(torn)('%s, newest by name', async (_, make) => {
    const { dir, file } = await withBackup()
    make(join(dir, 'backups', 'earshot-20261120-120500.db'), file)
    expect(restore(dir)).toMatchObject({ from: file, mentions: 2 })
    const again = station(dir)
    expect(again.store.lastBackupAt).toBe(Date.UTC(2026, 10, 20, 12))
  })

  it('what a killed backup left is swept at the next start', async () => {
    const { dir } = await withBackup()
    writeFileSync(join(dir, 'backups', 'earshot-20261120-130000.db.part'), 'half')
    station(dir)
    expect(backups(dir).filter((name) => name.includes('.part'))).toEqual([])
  })
})

describe('a backup dated ahead', () => {
  it('neither stops the daily ones nor is preferred, is said, and goes in time', async () => {
    const one = station()
    await one.push([draft(), draft()])
    const { file } = await one.store.backup()
    const ahead = join(one.dir, 'backups', 'earshot-21200101-000000.db')
    copyFileSync(file, ahead)
    await one.push([draft()])
    const end = keepDailyBackups({ store: one.store, clock: one.clock, log: silentLog })
    closing.push(end)
    for (let day = 0; day < 9; day++) {
      const before = one.store.lastBackupAt
      one.clock.advance(25 * 3_600_000)
      await vi.waitFor(() => expect(one.store.lastBackupAt).not.toBe(before), { timeout: 60_000 })
      if (day === 0) expect(one.store.problem).toEqual(saying(/has a date that is still to come/))
    }
    await vi.waitFor(() => expect(existsSync(ahead)).toBe(false), { timeout: 60_000 })
    expect(backups(one.dir)).toHaveLength(7)
  })

  it('is restored only when nothing else is sound', async () => {
    const { dir, file } = await withBackup()
    const ahead = join(dir, 'backups', 'earshot-20990704-000000.db')
    copyFileSync(file, ahead)
    expect(restore(dir).from).toBe(file)
    writeFileSync(file, '')
    expect(restore(dir).from).toBe(ahead)
  })
})

describe('a migration that fails', () => {
  const failing = [
    ...migrations,
    {
      version: 99_990,
      name: 'fails',
      up() {
        throw new Error('a step that fails')
      },
    },
  ]

  it('at twelve starts makes one copy, and the backups from before it stay', async () => {
    const { dir, file } = await withBackup()
    const one = station(dir)
    await one.push([draft()])
    await close(one)
    const clock = new ManualClock(Date.UTC(2026, 10, 21))
    for (let start = 0; start < 12; start++) {
      clock.advance(60_000)
      const open = () => openStore({ paths: testPaths(dir), clock, log: silentLog, migrations: failing })
      expect(open).toThrow(/Step 99990/)
    }
    expect(backups(dir)).toHaveLength(2)
    expect(existsSync(file)).toBe(true)
    const after = station(dir)
    expect(mentionCount(after.store)).toBe(3)
  })
})

describe('a store that is gone beside its backups', () => {
  it.each([
    ['removed', (file: string) => rmSync(file)],
    ['emptied', (file: string) => truncateSync(file, 0)],
  ])('%s: the backup takes its place and it is said', async (_, spoil) => {
    const { dir } = await withBackup()
    spoil(join(dir, 'earshot.db'))
    const again = station(dir)
    expect(mentionCount(again.store)).toBe(2)
    expect(again.store.problem).toEqual(saying(/was gone or empty\. The backup of 2026-11-20 12:00 UTC was restored/))
  })

  it('with none that can be read begins empty, says so, and pushes nothing out', async () => {
    const { dir, file } = await withBackup()
    rmSync(join(dir, 'earshot.db'))
    const kept = join(dir, 'elsewhere.db')
    copyFileSync(file, kept)
    // Long enough for its header, and unreadable behind it.
    writeFileSync(file, Buffer.concat([Buffer.alloc(0)]))
    const again = station(dir)
    expect(again.store.problem).toBeNull()
    expect(mentionCount(again.store)).toBe(0)
    copyFileSync(kept, join(dir, 'backups', 'earshot-20261101-000000.db'))
    await again.push([draft()])
    for (let n = 0; n < 9; n++) {
      again.clock.advance(1000)
      await again.store.backup()
    }
    expect(existsSync(join(dir, 'backups', 'earshot-20261101-000000.db'))).toBe(true)
  })
})

describe('a folder made with 0755', () => {
  it('keeps its files for their owner', async () => {
    const dir = folder()
    chmodSync(dir, 0o755)
    const one = station(dir)
    await one.push([draft()])
    await one.store.indexed()
    const { file } = await one.store.backup()
    const rights = (path: string): string => (statSync(path).mode & 0o777).toString(8)
    const files = readdirSync(dir).filter((name) => statSync(join(dir, name)).isFile())
    expect(files.length).toBeGreaterThan(3)
    expect(files.map((name) => [name, rights(join(dir, name))])).toEqual(files.map((name) => [name, '600']))
    expect([rights(dir), rights(join(dir, 'backups')), rights(file)]).toEqual(['700', '700', '600'])
  })

  it('and what an earlier version left readable is closed at the next start', async () => {
    const { dir, file } = await withBackup()
    for (const open of [file, join(dir, 'earshot.db'), join(dir, 'earshot.search.db')]) chmodSync(open, 0o644)
    station(dir)
    expect(
      [file, join(dir, 'earshot.db'), join(dir, 'earshot.search.db')].map((path) => statSync(path).mode & 0o777),
    ).toEqual([0o600, 0o600, 0o600])
  })
})

describe('a second station', () => {
  it('is refused though the file of the lock was removed', async () => {
    const one = station()
    await one.push([draft()])
    const open = () => openStore({ paths: testPaths(one.dir), clock: new ManualClock(), log: silentLog })
    rmSync(join(one.dir, 'earshot.db.lock'))
    expect(open).toThrow(/in use by another running Earshot/)
    rmSync(join(one.dir, 'earshot.db.lock'), { force: true })
    expect(open).toThrow(/in use by another running Earshot/)
    await one.push([draft()])
    expect(mentionCount(one.store)).toBe(2)
  })
})
