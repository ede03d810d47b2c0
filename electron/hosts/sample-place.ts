import { createHash } from 'node:crypto'
import { existsSync, globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { PreparedSamples } from '#sample/prepared-sample.ts'
import { programVersion } from './root.ts'

/** What a sample shift is made by and of. */
const made = [
  'electron/{connectors,engine,sample}/**/*.ts',
  'shared/**/*',
  'resources/{concepts,models,sample-shift}/**/*',
  'package-lock.json',
]

/** Of a packaged program its version says it; of a source tree, every file with its time. */
function makerOf(root: string): string {
  const version = programVersion(root)
  if (!existsSync(join(root, 'electron/engine'))) return version
  const hash = createHash('sha256')
  for (const file of globSync(made, { cwd: root }).toSorted()) {
    const { size, mtimeMs } = statSync(join(root, file))
    hash.update(`${file} ${size} ${mtimeMs}\n`)
  }
  return `${version} ${hash.digest('hex').slice(0, 16)}`
}

/** Where a program with this root keeps sample shifts that were lived through beforehand. */
export const samplesUnder = (root: string): PreparedSamples => ({
  folder: join(root, 'out/sample'),
  madeBy: () => makerOf(root),
})
