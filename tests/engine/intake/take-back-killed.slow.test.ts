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
const LIVE = 200

/** Milliseconds after it began to take back, or a transaction of that: within it, or as soon as it stands. */
type Death = number | `${'inside' | 'after'} ${number}`
const deaths: readonly Death[] = [0, 'inside 1', 'after 1', 183, 'inside 2', 427]

/** Runs a round until it dies so; null: lets it come to its end. */
function run(dir: string, round: number, death: Death | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const itself = typeof death === 'string' ? death.split(' ') : []
    const afterMs = typeof death === 'number' ? death : null
    const child = spawn(process.execPath, [program, dir, String(round), ...itself], { cwd: root })
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
    for (const [round, death] of deaths.entries()) {
      await run(folder.path, round, death)
      const store = openStore({ paths: testPaths(folder.path), clock: systemClock, log: silentLog })
      expect(count(store, 'src_live')).toBe(LIVE * (round + 1))
      const left = count(store, 'src_file')
      if (left % 2000 !== 0) partly++
      expect((await store.verify()).problems, `after round ${round}, ${left} left`).toEqual([])
      await store.close()
    }
    // After the first transaction some are gone and some are not, however fast the machine is.
    expect(partly).toBeGreaterThan(0)
    await run(folder.path, deaths.length, null)
    const store = openStore({ paths: testPaths(folder.path), clock: systemClock, log: silentLog })
    expect(count(store, 'src_file')).toBe(0)
    expect(count(store, 'src_live')).toBe(LIVE * (deaths.length + 1))
    expect((await store.verify()).problems).toEqual([])
    await store.close()
  } finally {
    folder.remove()
  }
}, 600_000)
