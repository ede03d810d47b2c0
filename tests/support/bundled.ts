import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { rolldown, type Plugin } from 'rolldown'
import { afterAll } from 'vitest'
import { neverInside } from './never-inside.ts'
import { WORKERS } from './paths.ts'
import { projectRoot } from './root.ts'

/** What Node compiled is kept from the first life on: it would be kept when a process ends by itself, which those that are killed never do. */
const keepCompiled = "import { flushCompileCache } from 'node:module'; setImmediate(flushCompileCache);"

/** A program finds its threads as they were bundled for this run: one of the source tree reads some hundred modules first. */
const threadsIn = (folder: string): Plugin => ({
  name: 'threads',
  transform: (code, id) =>
    id.endsWith('platform/paths.ts')
      ? code.replace('join(root, workerEntries[name])', `join(${JSON.stringify(folder)}, \`\${name}.mjs\`)`)
      : null,
})

/**
 * A program of the tests as one file, with the packages that it needs: one that is started and killed fifty times spends most
 * of its life with reading a thousand modules otherwise. Made once for all files of tests that ask for it, and gone with the
 * threads of the tests.
 */
export async function bundled(program: string): Promise<string> {
  const name = `${program.replaceAll('/', '-').replace(/\.ts$/, '')}.mjs`
  const shared = process.env[WORKERS]
  const kept = shared === undefined ? null : join(shared, name)
  if (kept !== null && existsSync(kept)) return kept
  const folder = mkdtempSync(join(projectRoot, 'node_modules', '.bundled-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, name)
  const external = (id: string): boolean => neverInside.test(id)
  const plugins = shared === undefined ? [] : [threadsIn(shared)]
  const bundle = await rolldown({ input: program, cwd: projectRoot, platform: 'node', external, plugins })
  await bundle.write({ file, format: 'esm', codeSplitting: false, intro: keepCompiled })
  await bundle.close()
  if (kept === null) return file
  // Whole or not at all: another worker may look for it now.
  renameSync(file, kept)
  return kept
}
