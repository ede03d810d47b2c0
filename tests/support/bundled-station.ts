import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { rolldown } from 'rolldown'
import { workerEntries } from '#engine/platform/paths.ts'
import { neverInside } from './never-inside.ts'
import { projectRoot } from './root.ts'

/** Names the command line that was bundled for this run to whoever starts stations. */
export const PROGRAM = 'EARSHOT_TEST_PROGRAM'

/**
 * Before the browser tests: the command line and its threads as a few files. A station that starts from the source tree reads
 * and strips a thousand modules, its threads some hundred each: seconds of a processor for each of some forty stations.
 */
export default async function bundleStation(): Promise<() => void> {
  // Two folders below the project's root: as deep as the command line lies in the source tree, which finds its files so.
  const folder = mkdtempSync(join(projectRoot, 'node_modules', '.bundled-'))
  const external = (id: string): boolean => neverInside.test(id)
  const threads = {
    name: 'threads',
    transform: (code: string, id: string) =>
      id.endsWith('platform/paths.ts')
        ? code.replace('join(root, workerEntries[name])', `join(${JSON.stringify(folder)}, \`\${name}.mjs\`)`)
        : null,
  }
  // The sample shift is lived through once for all stations that play it.
  const sample = promisify(execFile)(process.execPath, ['electron/hosts/build-samples.ts', 'en'], { cwd: projectRoot })
  const bundle = await rolldown({
    input: { cli: 'electron/hosts/cli.ts', ...workerEntries },
    cwd: projectRoot,
    platform: 'node',
    external,
    plugins: [threads],
  })
  await bundle.write({ dir: folder, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' })
  await bundle.close()
  await sample
  process.env[PROGRAM] = join(folder, 'cli.mjs')
  return () => rmSync(folder, { recursive: true, force: true })
}
