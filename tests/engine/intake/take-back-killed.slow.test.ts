import { spawn } from 'node:child_process'
import { expect, it } from 'vitest'
import { silentLog } from '#engine/platform/log.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { connectionOf } from '#engine/store/connections.ts'
import { openStore } from '#engine/store/open.ts'
import { bundled } from '#tests/support/bundled.ts'
import { newFolder, root } from '#tests/support/folder.ts'
import { testPaths } from '#tests/support/paths.ts'

const program = await bundled('tests/engine/intake/undoing-station.ts')
const KILLS = 6
const LIVE = 200

/** Runs a round and kills it `afterMs` after it began to take back; null: lets it come to its end. */
function run(dir: string, round: number, afterMs: number | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, dir, String(round)], { cwd: root })
    let printed = ''
    let complaint = ''
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
    child.stdout.on('data', (chunk: Buffer) => {
      const said = printed.includes('going')
      printed += chunk.toString()
      if (!said && printed.includes('going') && afterMs !== null) setTimeout(() => child.kill('SIGKILL'), afterMs)
    })
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      if (signal === 'SIGKILL' || (code === 0 && printed.includes('done'))) resolve()
      else reject(new Error(`The station ended with ${code}: ${complaint}`))
    })
  })
}

const count = (store: ReturnType<typeof openStore>, sourceId: string): number =>
  connectionOf(store).prepare('SELECT count(*) FROM mention WHERE source_id = ?').pluck().get(sourceId) as number

it('killed in the middle of taking imports back, nothing else is lost and nothing of them stays', async () => {
  const folder = newFolder('undone')
  try {
    let partly = 0
    for (let round = 0; round < KILLS; round++) {
      await run(folder.path, round, (round * 61) % 500)
      const store = openStore({ paths: testPaths(folder.path), clock: systemClock, log: silentLog })
      expect(count(store, 'src_live')).toBe(LIVE * (round + 1))
      const left = count(store, 'src_file')
      if (left % 2000 !== 0) partly++
      expect((await store.verify()).problems, `after round ${round}, ${left} left`).toEqual([])
      await store.close()
    }
    expect(partly).toBeGreaterThan(0)
    await run(folder.path, KILLS, null)
    const store = openStore({ paths: testPaths(folder.path), clock: systemClock, log: silentLog })
    expect(count(store, 'src_file')).toBe(0)
    expect(count(store, 'src_live')).toBe(LIVE * (KILLS + 1))
    expect((await store.verify()).problems).toEqual([])
    await store.close()
  } finally {
    folder.remove()
  }
}, 600_000)
