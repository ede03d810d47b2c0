import { saying } from '#tests/support/saying.ts'
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { silentLog } from '#engine/platform/log.ts'
import { keepDailyBackups } from '#engine/store/daily-backup.ts'
import { draft, openTestStation, type TestStation } from './station.ts'

let station: TestStation
let end: () => void
afterEach(async () => {
  end()
  await station.close()
})
const patient = { timeout: 60_000 }
const HOUR = 3_600_000
const files = (): string[] => {
  const dir = join(station.dir, 'backups')
  return existsSync(dir) ? readdirSync(dir).filter((name) => name.endsWith('.db')) : []
}
const open = (): void => {
  station = openTestStation()
  end = keepDailyBackups({ store: station.store, clock: station.clock, log: silentLog })
}

it('makes one a day, and none of an empty store', async () => {
  open()
  station.clock.advance(2 * HOUR)
  expect(files()).toEqual([])
  await station.push([draft()])
  station.clock.advance(HOUR)
  await vi.waitFor(() => expect(files()).toHaveLength(1), patient)
  station.clock.advance(20 * HOUR)
  expect(files()).toHaveLength(1)
  station.clock.advance(5 * HOUR)
  await vi.waitFor(() => expect(files()).toHaveLength(2), patient)
})

it('says when it cannot, and takes it back when it can again', async () => {
  open()
  await station.push([draft()])
  writeFileSync(join(station.dir, 'backups'), 'in the way')
  station.clock.advance(2 * HOUR)
  await vi.waitFor(() => expect(station.store.problem).toEqual(saying(/daily backup could not be made/)), patient)
  rmSync(join(station.dir, 'backups'))
  station.clock.advance(2 * HOUR)
  await vi.waitFor(() => expect(station.store.problem).toBeNull(), patient)
  expect(files()).toHaveLength(1)
})
