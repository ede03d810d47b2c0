import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { sourceTreePaths, type Paths } from '#engine/platform/paths.ts'
import { projectRoot } from './root.ts'

/** Names the folder of the bundled threads, also to the processes that tests start. */
export const WORKERS = 'EARSHOT_TEST_WORKERS'

/** As of the source tree, with the threads that were bundled for this run, if they were (tests/support/bundled-workers.ts). */
export function testPaths(dataDir: string): Paths {
  const folder = process.env[WORKERS]
  const paths = sourceTreePaths(projectRoot, dataDir)
  return folder === undefined ? paths : { ...paths, worker: (name) => pathToFileURL(join(folder, `${name}.mjs`)) }
}
