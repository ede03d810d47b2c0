import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** Of the checkout. */
export const root = resolve(import.meta.dirname, '../..')

/** A folder under the system's temporary one; `remove` deletes it. */
export function newFolder(name: string): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), `earshot-${name}-`))
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }) }
}
