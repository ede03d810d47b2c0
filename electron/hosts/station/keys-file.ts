import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AccessKeys, newAccessKeys } from './access.ts'

/**
 * The station's keys, made at the first start and kept, so that a wall that runs for weeks finds its station again after
 * a restart. `renew` makes new ones and so locks out everybody who was let in. A file that cannot be read as keys is replaced:
 * nothing but open sessions depends on it. `before`: it is of a version whose walls had no names.
 */
export function accessKeys(dataDir: string, renew = false): { keys: AccessKeys; before: boolean } {
  const file = join(dataDir, 'station-keys.json')
  if (!renew) {
    try {
      const found: unknown = JSON.parse(readFileSync(file, 'utf8'))
      const kept = AccessKeys.safeParse(found)
      if (kept.success) return { keys: kept.data, before: 'wallToken' in (found as object) }
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code !== undefined && code !== 'ENOENT') throw error
    }
  }
  const keys = newAccessKeys()
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(`${file}.new`, JSON.stringify(keys), { mode: 0o600 })
  chmodSync(`${file}.new`, 0o600)
  renameSync(`${file}.new`, file)
  return { keys, before: false }
}
