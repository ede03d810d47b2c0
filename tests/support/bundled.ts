import { mkdtempSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { rolldown } from 'rolldown'
import { afterAll } from 'vitest'
import { projectRoot } from './root.ts'

/**
 * A program of the tests as one file beside the packages that it needs, until the tests of the file that asks have run: one
 * that is started and killed fifty times spends most of its life with reading a thousand modules otherwise.
 */
export async function bundled(program: string): Promise<string> {
  const folder = mkdtempSync(join(projectRoot, 'node_modules', '.bundled-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, `${basename(program, '.ts')}.mjs`)
  const isPackage = (id: string): boolean => !/^(?:[#./]|[A-Za-z]:)/.test(id)
  const bundle = await rolldown({ input: program, cwd: projectRoot, platform: 'node', external: isPackage })
  await bundle.write({ file, format: 'esm', codeSplitting: false })
  await bundle.close()
  return file
}
