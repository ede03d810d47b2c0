import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import type { TestProject } from 'vitest/node'
import { workerEntries } from '#engine/platform/paths.ts'
import { neverInside } from './never-inside.ts'
import { projectRoot } from './root.ts'
import { WORKERS } from './paths.ts'

/**
 * Before the tests: the threads of a station as files of their own, found by `testPaths`. A thread of the source tree reads
 * some hundred modules each time it begins (350 ms of a processor), and the tests begin thousands. Not while somebody watches:
 * what is bundled does not follow an edit.
 */
export default async function bundleWorkers({ config }: TestProject): Promise<(() => void) | undefined> {
  if (config.watch || process.env[WORKERS] !== undefined) return undefined
  const folder = mkdtempSync(join(projectRoot, 'node_modules', '.bundled-'))
  const external = (id: string): boolean => neverInside.test(id)
  const bundle = await rolldown({ input: { ...workerEntries }, cwd: projectRoot, platform: 'node', external })
  await bundle.write({ dir: folder, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' })
  await bundle.close()
  process.env[WORKERS] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
