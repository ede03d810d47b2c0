import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The folder of package.json when Node runs the source tree. A bundle is told its root by the shell instead. */
export const sourceRoot = resolve(import.meta.dirname, '../..')

export const programVersion = (root: string): string =>
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version
