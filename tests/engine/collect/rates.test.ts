import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { lend } from '#engine/store/connections.ts'
import type { Reads } from '#engine/store/reads.ts'
import { migrations } from '#engine/store/migrations/all.ts'
import { sourceRates } from '#engine/store/queries/source-rates.ts'
import { saveSource } from '#engine/store/queries/sources.ts'

const hour = 3_600_000
const now = Date.parse('2026-11-20T10:30:00Z')

/** A store with one source made at `createdAt`, and hours of it that heard so many. */
function store(
  createdAt: number,
  hours: [backHours: number, count: number][],
  minutes: [back: number, count: number][] = [],
): Reads {
  const file = new Database(':memory:')
  const db = lend(file, file)
  for (const step of migrations) step.up(db)
  saveSource(db, {
    source: { id: 's', connector: 'feed', name: 'S', enabled: true, config: {}, createdAt },
    network: 'feed',
    secretKeys: [],
  })
  db.prepare("INSERT INTO source_no (no, source_id, network) VALUES (7, 's', 'feed')").run()
  const insert = db.prepare(
    'INSERT INTO rollup (step, listen, source, bucket, negative, neutral, positive) VALUES (?, 0, 7, ?, ?, 0, 0)',
  )
  for (const [back, count] of hours) insert.run(60, Math.floor(now / hour) - back, count)
  for (const [back, count] of minutes) insert.run(1, Math.floor(now / 60_000) - back, count)
  return db
}

describe('what a source may be expected to say', () => {
  it('is unknown without a day of history', () => {
    expect(sourceRates(store(now - 20 * hour, [[2, 60]]), 's', now).expectedPerHour).toBeNull()
    expect(sourceRates(store(now - 20 * hour, []), 'nobody', now)).toEqual({ expectedPerHour: null, heardLastHour: 0 })
  })

  it('is what it said at this hour of past days, in its first week', () => {
    const db = store(now - 3 * 24 * hour, [[24, 30], [23, 30], [25, 30], [48, 60], [47, 60], [49, 60], [12, 999]]) // prettier-ignore
    expect(sourceRates(db, 's', now).expectedPerHour).toBeCloseTo((90 + 180) / 7, 0)
  })

  it('is what it said at this hour of past weeks, once there are some', () => {
    const weeks = [1, 2, 3, 4].flatMap((week) => [-1, 0, 1].map((near): [number, number] => [week * 168 + near, 12]))
    const db = store(now - 60 * 24 * hour, [...weeks, [24, 999], [48, 999]])
    expect(sourceRates(db, 's', now).expectedPerHour).toBe(12)
  })

  it('is nothing where it never said anything', () => {
    expect(sourceRates(store(now - 60 * 24 * hour, []), 's', now).expectedPerHour).toBe(0)
  })

  it('counts the last sixty minutes as heard', () => {
    const db = store(now - 60 * 24 * hour, [], [[0, 3], [59, 4], [60, 100]]) // prettier-ignore
    expect(sourceRates(db, 's', now).heardLastHour).toBe(7)
  })
})
