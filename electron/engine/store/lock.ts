import { userFailure } from '#engine/platform/failure.ts'
import Database from 'better-sqlite3'
import { existsSync } from 'node:fs'
import { makeOwnFile } from '#engine/platform/own-only.ts'
import { damageMark } from './damage.ts'

/**
 * One engine a data folder: row numbers and look-up tables are partly held in memory, so a second writer would collide.
 * The lock is the operating system's, through SQLite: it ends with the process, however that ends. The lock's file may be
 * removed while a station runs (tools that tidy or copy folders do); then the store itself says whether somebody has it open.
 */
export function takeLock(file: string): () => void {
  const isNew = !existsSync(`${file}.lock`)
  makeOwnFile(`${file}.lock`)
  const lock = new Database(`${file}.lock`, { timeout: 250 })
  try {
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
    if ((isNew || existsSync(`${file}-wal`)) && !existsSync(damageMark(file)) && isOpenElsewhere(file))
      throw userFailure('store.inUse', { file })
  } catch (error) {
    lock.close()
    if ((error as { code?: string }).code === 'SQLITE_BUSY') {
      throw userFailure('store.inUse', { file }, error)
    }
    throw error
  }
  return () => lock.close()
}

/**
 * Every open connection holds a shared lock on the database while it lives, so that one which wants all of it is refused. Not
 * asked after an ordinary end: then there is no log of writes, and the lock's own file answers.
 */
function isOpenElsewhere(file: string): boolean {
  if (!existsSync(file)) return false
  let probe: Database.Database | null = null
  try {
    probe = new Database(file, { fileMustExist: true, timeout: 100 })
    probe.pragma('locking_mode = EXCLUSIVE')
    probe.prepare('SELECT count(*) FROM sqlite_schema').get()
    probe.exec('BEGIN EXCLUSIVE')
    probe.exec('ROLLBACK')
    return false
  } catch (error) {
    // Whatever else is wrong with it is said when it is opened.
    return String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')
  } finally {
    probe?.close()
  }
}
