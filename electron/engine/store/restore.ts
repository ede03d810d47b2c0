import { said } from '#shared/words/said.ts'
import { Failure, userFailure } from '#engine/platform/failure.ts'
import Database from 'better-sqlite3'
import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Clock } from '#engine/platform/clock.ts'
import type { Paths } from '#engine/platform/paths.ts'
import { contentsOfFile } from './whole-file.ts'
import { isSound, listBackups, putBackup, setAside } from './damage.ts'
import { takeLock } from './lock.ts'

export interface RestoreReport {
  /** The backup that was used. */
  from: string
  mentions: number
  /** Where the store is now that was there before; null: there was none. */
  setAside: string | null
}

/**
 * Puts a backup (null: the newest sound one) in the place of the station's store, which must not be in use. What was
 * there is set aside under a dated name. Throws a Failure when there is nothing sound to restore; then nothing changed.
 */
export function restoreStore(deps: { paths: Paths; clock: Clock }, backup: string | null): RestoreReport {
  const file = join(deps.paths.dataDir, 'earshot.db')
  const folder = join(dirname(file), 'backups')
  if (backup !== null && !existsSync(backup)) throw userFailure('file.missing', { file: backup })
  mkdirSync(dirname(file), { recursive: true })
  const unlock = takeLock(file)
  try {
    const candidates = backup === null ? listBackups(folder, deps.clock.now()).map((found) => found.file) : [backup]
    // Of those that nobody named, only Earshot's own.
    const from = candidates.find((file) => isSound(file) && (backup !== null || contentsOfFile(file) !== null))
    if (from === undefined) {
      throw new Failure(
        'user',
        backup === null ? said('store.noBackup', { folder }) : said('store.unsoundBackup', { file: backup }),
      )
    }
    const mentions = mentionsIn(from)
    const aside = existsSync(file) ? setAside(file, deps.clock.now(), 'replaced') : null
    putBackup(from, file)
    return { from, mentions, setAside: aside }
  } finally {
    unlock()
  }
}

function mentionsIn(file: string): number {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  try {
    return db.prepare('SELECT count(*) FROM mention').pluck().get() as number
  } catch (cause) {
    throw userFailure('store.foreignDatabase', { file }, cause)
  } finally {
    db.close()
  }
}
