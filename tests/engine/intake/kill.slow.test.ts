import Database from 'better-sqlite3'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { itself, recordSource } from '#engine/collect/record-source.ts'
import { silentLog } from '#engine/platform/log.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { openStore } from '#engine/store/open.ts'
import { bundled } from '#tests/support/bundled.ts'
import { newFolder, root } from '#tests/support/folder.ts'
import { testPaths } from '#tests/support/paths.ts'

const program = await bundled('tests/engine/intake/killed-station.ts')
const KILLS = 50
/** Of each source, and as much again whenever a station came to its end before it was killed. */
const END = 20_000

/** Runs the station and kills it `afterMs` after it said `word`; true: it came to its end before. */
function run(dir: string, end: number, word: string, afterMs: number | null): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, dir, String(end)], { cwd: root })
    let printed = ''
    let complaint = ''
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
    child.stdout.on('data', (chunk: Buffer) => {
      const said = printed.includes(word)
      printed += chunk.toString()
      if (!said && printed.includes(word) && afterMs !== null) setTimeout(() => child.kill('SIGKILL'), afterMs)
    })
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve(false)
      else if (code === 0 && printed.includes('done')) resolve(true)
      else reject(new Error(`The station ended with ${code}: ${complaint}`))
    })
  })
}

/** What a killed station left: every post before a cursor is there, none is there twice. */
function check(dir: string): number {
  const db = new Database(join(dir, 'earshot.db'))
  try {
    let total = 0
    for (const source of ['src_a', 'src_b']) {
      const found = db
        .prepare('SELECT CAST(substr(external_id, 2) AS INTEGER) FROM mention WHERE source_id = ?')
        .pluck()
        .all(source) as number[]
      const cursor = Number(db.prepare('SELECT cursor FROM cursors WHERE source_id = ?').pluck().get(source) ?? 0)
      const numbers = new Set(found)
      expect(numbers.size, `${source}: doubled`).toBe(found.length)
      for (let n = 0; n < cursor; n++)
        if (!numbers.has(n)) throw new Error(`${source}: ${n} is missing before ${cursor}`)
      // Rows of a push whose last part was not committed are ahead of the cursor; never more than one round of them.
      expect(found.length).toBeLessThanOrEqual(cursor + 3000)
      total += found.length
    }
    return total
  } finally {
    db.close()
  }
}

it('killed fifty times in the middle of ingest, nothing is lost, nothing is doubled, cursors are right', async () => {
  const folder = newFolder('killed')
  try {
    const prepared = openStore({ paths: testPaths(folder.path), clock: systemClock, log: silentLog })
    for (const id of ['src_a', 'src_b']) {
      const source = { id, connector: 'mastodon', name: id, enabled: true, config: {}, createdAt: 1 }
      const stored = { source, network: 'mastodon', secretKeys: [] }
      prepared.transaction(() => recordSource({ store: prepared, clock: systemClock }, null, stored, itself))
    }
    await prepared.close()
    let seen = 0
    let killed = 0
    let end = END
    for (let round = 0; killed < KILLS; round++) {
      // Spread over the whole life: start-up, first batches, merges, checkpoints, the end.
      const finished = await run(folder.path, end, round % 6 === 0 ? 'ready' : 'stored', (round * 37) % 700)
      if (finished) end += END
      else killed++
      const now = check(folder.path)
      expect(now).toBeGreaterThanOrEqual(seen)
      seen = now
    }
    expect(seen).toBeGreaterThan(1000)
    expect(await run(folder.path, end, 'ready', null)).toBe(true)
    expect(check(folder.path)).toBe(end * 2)
    const store = openStore({ paths: testPaths(folder.path), clock: systemClock, log: silentLog })
    const report = await store.verify()
    await store.close()
    expect(report.problems).toEqual([])
    expect(report.mentions).toBe(end * 2)
  } finally {
    folder.remove()
  }
}, 600_000)
