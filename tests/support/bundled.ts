import { mkdtempSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { rolldown } from 'rolldown'
import { afterAll } from 'vitest'
import { neverInside } from './never-inside.ts'
import { projectRoot } from './root.ts'

/**
 * A program of the tests as one file beside the packages that it needs, until the tests of the file that asks have run: one
 * that is started and killed fifty times spends most of its life with reading a thousand modules otherwise. With `packages`
 * the file holds these too, which takes a second more to make and halves each start.
 */
export async function bundled(program: string, { packages = false } = {}): Promise<string> {
  const folder = mkdtempSync(join(projectRoot, 'node_modules', '.bundled-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, `${basename(program, '.ts')}.mjs`)
  const isPackage = (id: string): boolean => !/^(?:[#./]|[A-Za-z]:)/.test(id)
  const external = packages ? (id: string): boolean => neverInside.test(id) : isPackage
  const bundle = await rolldown({ input: program, cwd: projectRoot, platform: 'node', external })
  await bundle.write({ file, format: 'esm', codeSplitting: false })
  await bundle.close()
  return file
}
