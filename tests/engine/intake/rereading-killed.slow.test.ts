import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { silentLog } from '#engine/platform/log.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { connectionOf } from '#engine/store/connections.ts'
import { openStore } from '#engine/store/open.ts'
import { bundled } from '#tests/support/bundled.ts'
import { newFolder, root } from '#tests/support/folder.ts'
import { testPaths } from '#tests/support/paths.ts'

const program = await bundled('tests/engine/intake/rereading-station.ts')

/** The models, and where it dies: in the transaction that remembers the beginning (0), or that of a slice. */
const rounds: readonly (readonly [edition: string, ...death: [] | [where: string, step: number]])[] = [
  ['models 2', 'inside', 0],
  ['models 2', 'after', 0],
  ['models 2', 'inside', 2],
  ['models 2', 'after', 0],
  ['models 2'],
  ['models 3', 'after', 2],
  ['models 3', 'inside', 1],
  ['models 4', 'inside', 2],
  ['models 4'],
]

it('killed in the middle of reading again what is stored, panes and charts follow from the mentions and nothing is missed', async () => {
  const folder = newFolder('reread')
  try {
    for (const [edition, ...death] of rounds) {
      const told = death.map(String)
      const { status, signal, stdout, stderr } = spawnSync(process.execPath, [program, folder.path, edition, ...told], {
        cwd: root,
        encoding: 'utf8',
      })
      expect(
        death.length > 0 ? (signal ?? `${status} ${stderr}`) : `${status} ${stdout.trim()}`,
        `${edition} ${told.join(' ')}`,
      ).toBe(death.length > 0 ? 'SIGKILL' : '0 done')
      const store = openStore({ paths: testPaths(folder.path), clock: systemClock, log: silentLog })
      expect((await store.verify()).problems, `${edition}, ${told.join(' ')}`).toEqual([])
      if (death.length === 0) {
        const others = `SELECT count(*) FROM mention m JOIN model_no n ON n.no = m.model
          WHERE n.model <> ? AND m.seq <= (SELECT from_seq FROM rereading)`
        expect(connectionOf(store).prepare(others).pluck().get(edition)).toBe(0)
      }
      await store.close()
    }
  } finally {
    folder.remove()
  }
}, 600_000)
