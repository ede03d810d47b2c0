import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildPage, isStale } from '#hosts/build-page.ts'
import { projectRoot, temporaryFolder } from '#tests/support/engine.ts'

const folder = temporaryFolder('bundle')
beforeAll(async () => {
  if (isStale(projectRoot)) await buildPage(projectRoot)
})
afterAll(() => folder.remove())

it('the bundled engine of the desktop app starts with its threads, serves a port, and stops', () => {
  const file = join(projectRoot, 'tests/support/fake-shell.ts')
  const { stdout, stderr, status } = spawnSync(process.execPath, [file, join(folder.path, 'station')], {
    cwd: projectRoot,
    encoding: 'utf8',
    timeout: 60_000,
  })
  expect(status, stderr).toBe(0)
  expect(JSON.parse(stdout)).toEqual({
    started: { type: 'ready' },
    role: 'wall',
    refused: 'wall.onlyShows',
    sample: false,
    heard: 0,
  })
})

it('the desktop app contains its threads and nothing of the laboratory', () => {
  const bundle = globSync('out/main/**/*.js', { cwd: projectRoot }).map((file) =>
    readFileSync(join(projectRoot, file), 'utf8'),
  )
  expect(bundle.some((text) => text.includes('electron/engine/intake/'))).toBe(true)
  expect(bundle.filter((text) => /electron\/laboratory\/|wink-sentiment|vader-sentiment/.test(text))).toEqual([])
  // What is optional is looked for beside the app: within it, its binaries would not be found, and the build fails where it is not installed.
  expect(bundle.some((text) => text.includes('import("onnxruntime-node")'))).toBe(true)
})
