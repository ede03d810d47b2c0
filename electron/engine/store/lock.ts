import { userFailure } from '#engine/platform/failure.ts'
import Database from 'better-sqlite3'

/**
 * One engine a data folder: row numbers and look-up tables are partly held in memory, so a second writer would collide.
 * The lock is the operating system's, through SQLite: it ends with the process, however that ends.
 */
export function takeLock(file: string): () => void {
  const lock = new Database(`${file}.lock`, { timeout: 250 })
  try {
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if ((error as { code?: string }).code === 'SQLITE_BUSY') {
      throw userFailure('store.inUse', { file }, error)
    }
    throw error
  }
  return () => lock.close()
}
