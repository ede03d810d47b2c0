import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeDataFolder } from '#engine/platform/data-folder.ts'
import { isSound, listBackups } from '#engine/store/damage.ts'
import { isWhole } from '#engine/store/whole-file.ts'
import { entrancesOf } from '#hosts/station/entrances.ts'
import { draft, noon, openTestStation } from '#tests/engine/store/station.ts'
import { bundled } from '#tests/support/bundled.ts'
import { earshot } from '#tests/support/earshot.ts'
import { temporaryFolder } from '#tests/support/engine.ts'
import { newFolder } from '#tests/support/folder.ts'
import { saying } from '#tests/support/saying.ts'

/** A pipe that nobody writes to: whoever opens it waits for ever. */
const pipe = (path: string): void => void execFileSync('mkfifo', [path])
const strange: [what: string, make: (path: string) => void][] = [
  ['a pipe', pipe],
  ['a link to a device', (path) => symlinkSync('/dev/zero', path)],
  ['a link that leads nowhere', (path) => symlinkSync('/nowhere/at/all', path)],
  ['a link to itself', (path) => symlinkSync(path, path)],
]

const sound = newFolder('sound')
let dir = ''
const folders: { remove(): void }[] = []
beforeAll(async () => {
  const station = openTestStation({ dir: sound.path })
  await station.push([draft(), draft()])
  await station.store.backup()
  await station.close()
  entrancesOf(sound.path)
  mkdirSync(join(sound.path, 'logs'))
})
beforeEach(() => {
  const folder = newFolder('strangers')
  folders.push(folder)
  dir = folder.path
  cpSync(sound.path, dir, { recursive: true })
})
afterAll(() => [sound, ...folders].forEach((folder) => folder.remove()))

/** What stood there is replaced. */
function put(name: string, make: (path: string) => void): string {
  const path = join(dir, name)
  rmSync(path, { recursive: true, force: true })
  make(path)
  return path
}
/** Names and kinds of all that is there. */
const all = (): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .map((entry) => `${entry.parentPath}/${entry.name} ${entry.isFile()} ${entry.isDirectory()}`)
    .toSorted()

const ours = [
  'earshot.db',
  'earshot.db-wal',
  'earshot.db-shm',
  'earshot.db-journal',
  'earshot.db.lock',
  'earshot.db.is-damaged',
  'earshot.search.db',
  'earshot.search.db-wal',
  'station-keys.json',
  'station-keys.json.new',
  'walls.json',
  'secrets.sealed',
  'logs/earshot.log',
]

describe.each([...strange, ['a folder', (path: string) => mkdirSync(path)] as const])(
  '%s in the place of a file of the station',
  (_what, make) => {
    it.each(ours)('%s is named before anything is opened or changed', (name) => {
      const path = put(name, make)
      const before = all()
      expect(() => makeDataFolder(dir)).toThrow(
        expect.objectContaining({ kind: 'user', said: saying(new RegExp(`^${path} is in the way: a file`)) }),
      )
      expect(all()).toEqual(before)
    })
  },
)

describe.each([...strange.slice(0, 2), ['a file', (path: string) => writeFileSync(path, 'x')] as const])(
  '%s in the place of a folder of the station',
  (_what, make) => {
    it.each(['backups', 'logs', 'entry-links'])('%s is named', (name) => {
      const path = put(name, make)
      expect(() => makeDataFolder(dir)).toThrow(
        expect.objectContaining({ kind: 'user', said: saying(new RegExp(`^${path} is in the way: a folder`)) }),
      )
    })
  },
)

it('a folder of backups on a disk that is not there keeps no station from starting', async () => {
  put('backups', (path) => symlinkSync('/media/vanished', path))
  const station = openTestStation({ dir })
  await station.push([draft()])
  await expect(station.store.backup()).rejects.toThrow()
  expect((await station.store.verify()).problems).toEqual([])
  await station.close()
  expect(existsSync('/media/vanished')).toBe(false)
})

it('what a person keeps beside it, under a name like ours, is nobody else’s business', () => {
  for (const name of ['earshot.old', 'earshot.db.copy', 'earshot']) mkdirSync(join(dir, name))
  pipe(join(dir, 'my.pipe'))
  expect(() => makeDataFolder(dir)).not.toThrow()
})

describe('in the place of the newest backup', () => {
  it.each([...strange, ['a link to a file that is none', (path: string) => symlinkSync('/etc/passwd', path)] as const])(
    '%s is none, and the sound one is restored',
    async (_what, make) => {
      const strange = put('backups/earshot-20261120-130000.db', make)
      expect([isWhole(strange), isSound(strange)]).toEqual([false, false])
      expect(listBackups(join(dir, 'backups'), noon + 86_400_000)).toHaveLength(1)
      rmSync(join(dir, 'earshot.db'))
      const station = openTestStation({ dir })
      expect(station.store.problem).toEqual(saying(/The backup of 2026-11-20 12:00 UTC was restored/))
      await station.push([draft()])
      const { mentions } = await station.store.reader.ask('store.stats', null)
      expect(mentions).toBe(3)
      await station.close()
    },
  )

  it('a link to another store of somebody is not overwritten by a backup of this one', async () => {
    const other = temporaryFolder('other')
    const theirs = join(other.path, 'theirs.db')
    writeFileSync(theirs, 'theirs')
    put('backups/earshot-20261120-120000.db.part', (path) => symlinkSync(theirs, path))
    put('backups/earshot-20261120-120000-2.db.part', (path) => symlinkSync(theirs, path))
    const station = openTestStation({ dir })
    await station.store.backup()
    await station.close()
    expect(execFileSync('cat', [theirs]).toString()).toBe('theirs')
    other.remove()
  })
})

describe('a command on such a folder', () => {
  it('ends at once with one sentence', async () => {
    const program = await bundled('electron/hosts/cli.ts')
    put('station-keys.json', pipe)
    for (const words of [['stats'], ['serve', '--port', '0'], ['verify']]) {
      const { code, stdout, stderr } = await earshot([...words, '--data', dir], {}, program)
      expect([code, stdout]).toEqual([2, ''])
      const said = stderr.replace(/^Building the page.*\n/m, '').trim()
      expect(said).toMatch(/station-keys\.json is in the way: a file of the station belongs there\./)
      expect(said.split('\n')).toHaveLength(1)
    }
  })
})
