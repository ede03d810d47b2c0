import Database from 'better-sqlite3'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { connectionOf } from '#engine/store/connections.ts'
import { LONG_LOG } from '#engine/store/indexing.ts'
import { draft, openTestStation, type TestStation } from '#tests/engine/store/station.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
function opened(): TestStation {
  const station = openTestStation()
  closing.push(() => station.close())
  return station
}
const sizeOf = (station: TestStation, name: string): number => statSync(join(station.dir, `${name}-wal`)).size
/** As an export, a backup or another program does: it sees the state of its beginning until it ends. */
function longReader(station: TestStation, name: string): () => void {
  const db = new Database(join(station.dir, name), { readonly: true })
  closing.push(() => db.close())
  db.exec('BEGIN')
  db.prepare('SELECT count(*) FROM sqlite_schema').get()
  return () => db.close()
}
const fill = (db: Pick<Database.Database, 'exec'>): void => {
  db.exec('CREATE TABLE filled (bytes BLOB)')
  for (let n = 0; n < 80; n++) db.exec('INSERT INTO filled VALUES (zeroblob(1048576))')
}

describe('the log of writes', () => {
  it('that a long reader let grow is cut off once that reader has ended, with nothing else to do', async () => {
    const station = opened()
    await station.push([draft()])
    await station.store.indexed()
    const end = longReader(station, 'earshot.db')
    fill(connectionOf(station.store))
    await station.push([draft()])
    await station.store.indexed()
    expect(sizeOf(station, 'earshot.db')).toBeGreaterThan(LONG_LOG)
    // Held by the reader, it holds up nobody.
    await station.push([draft()])
    end()
    await expect.poll(() => sizeOf(station, 'earshot.db')).toBeLessThanOrEqual(LONG_LOG)
    await station.push([draft()])
    await station.restart()
    const { mentions } = await station.store.reader.ask('store.stats', null)
    expect(mentions).toBe(4)
    expect((await station.store.verify()).problems).toEqual([])
  })

  it('of the index is cut off as well', async () => {
    const station = opened()
    await station.push([draft()])
    await station.store.indexed()
    const index = new Database(station.store.searchFile)
    closing.push(() => index.close())
    index.pragma('wal_autocheckpoint = 0')
    fill(index)
    expect(sizeOf(station, 'earshot.search.db')).toBeGreaterThan(LONG_LOG)
    await station.push([draft()])
    await expect.poll(() => sizeOf(station, 'earshot.search.db')).toBeLessThanOrEqual(LONG_LOG)
  })

  it('is cut after much writing without any reader, and as short as it was is left alone', async () => {
    const station = opened()
    await station.push([draft()])
    await station.store.indexed()
    const before = sizeOf(station, 'earshot.db')
    expect(before).toBeGreaterThan(0)
    fill(connectionOf(station.store))
    await station.push([draft()])
    await expect.poll(() => sizeOf(station, 'earshot.db')).toBeLessThanOrEqual(LONG_LOG)
  })
})
