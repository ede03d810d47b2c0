import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { afterAll } from 'vitest'
import { neverInside } from './never-inside.ts'
import { WORKERS } from './paths.ts'
import { projectRoot } from './root.ts'

/**
 * A program of the tests as one file beside the packages that it needs: one that is started and killed fifty times spends most
 * of its life with reading a thousand modules otherwise. With `packages` the file holds these too, which takes a second more to
 * make and halves each start. Made once for all files of tests that ask for it, and gone with the threads of the tests.
 */
export async function bundled(program: string, { packages = false } = {}): Promise<string> {
  const name = `${packages ? 'whole' : 'program'}-${program.replaceAll('/', '-').replace(/\.ts$/, '')}.mjs`
  const shared = process.env[WORKERS]
  const kept = shared === undefined ? null : join(shared, name)
  if (kept !== null && existsSync(kept)) return kept
  const folder = mkdtempSync(join(projectRoot, 'node_modules', '.bundled-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, name)
  const isPackage = (id: string): boolean => !/^(?:[#./]|[A-Za-z]:)/.test(id)
  const external = packages ? (id: string): boolean => neverInside.test(id) : isPackage
  const bundle = await rolldown({ input: program, cwd: projectRoot, platform: 'node', external })
  await bundle.write({ file, format: 'esm', codeSplitting: false })
  await bundle.close()
  if (kept === null) return file
  // Whole or not at all: another worker may look for it now.
  renameSync(file, kept)
  return kept
}
