import { afterEach, describe, expect, it } from 'vitest'
import { createEngine } from '#engine/engine.ts'
import { stationZone } from '#engine/platform/time-zone.ts'
import { connectionOf } from '#engine/store/connections.ts'
import { temporaryFolder, testDeps } from '#tests/support/engine.ts'
import { startProcess } from '#tests/support/earshot.ts'

const folders: { remove(): void }[] = []
afterEach(() => folders.splice(0).forEach((folder) => folder.remove()))
const newPlace = (): string => {
  const folder = temporaryFolder('zones')
  folders.push(folder)
  return folder.path
}

describe('a zone that the platform does not know', () => {
  it.each([
    [undefined, ':/etc/localtime', ':/etc/localtime'],
    ['', '', '(none)'],
    ['Etc/Unknown', '', 'Etc/Unknown'],
    ['Mars/Olympus', 'Mars/Olympus', 'Mars/Olympus'],
    ['../../etc/passwd', undefined, '../../etc/passwd'],
  ])('%j becomes UTC and is named', (named, TZ, unknown) => {
    // An explicit undefined would be the machine's own.
    expect(stationZone(named ?? '', { TZ })).toEqual({ zone: 'UTC', unknown })
  })

  it.each(['Europe/Berlin', 'Asia/Kathmandu', 'UTC', 'America/Argentina/Ushuaia'])('%s is taken', (zone) => {
    expect(stationZone(zone)).toEqual({ zone, unknown: null })
  })

  it.each(['', 'Etc/Unknown', 'Mars/Olympus'])(
    'a new station in %j opens, and again in a known one',
    async (timeZone) => {
      const dir = newPlace()
      const first = await createEngine(testDeps(dir, { timeZone }))
      expect(
        (await first
          .client()
          .station.hello({ fingerprint: '' } as never)
          .catch(() => null)) ?? {},
      ).toBeDefined()
      expect(first.board.book.desks().every((desk) => desk.hours.timeZone.length > 0)).toBe(true)
      await first.stop()
      const second = await createEngine(testDeps(dir, { timeZone: 'Europe/Berlin' }))
      expect(second.board.book.desks().length).toBeGreaterThan(0)
      await second.stop()
    },
  )

  it('a folder that an earlier start spoiled is read again', async () => {
    const dir = newPlace()
    const first = await createEngine(testDeps(dir))
    const db = connectionOf(first.store)
    db.exec(`UPDATE desks SET body = json_remove(body, '$.hours.timeZone')`)
    await first.stop()
    const second = await createEngine(testDeps(dir))
    expect(new Set(second.board.book.desks().map((desk) => desk.hours.timeZone))).toEqual(new Set(['UTC']))
    await second.stop()
  })
})

describe('a process of its own', () => {
  it('with TZ=:/etc/localtime says UTC, serves, and ends with Ctrl-C', async () => {
    const child = startProcess('electron/hosts/cli.ts', ['serve', '--data', newPlace()], { TZ: ':/etc/localtime' })
    await child.says(/\(:\/etc\/localtime\) is not known here; Earshot uses UTC/)
    await child.says(/"url":"http/)
    child.kill('SIGINT')
    expect(await child.ended).toBe(0)
  })
})
