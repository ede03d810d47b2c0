import Database from 'better-sqlite3'
import { connectionOf, lend } from '../connections.ts'
import { isDamage } from '../damage.ts'
import type { Reads } from '../reads.ts'

/**
 * SQLite's own look at the file: pages, order of keys, free list. Empty: sound. At most 20 findings. What is so broken that
 * the look itself breaks off is a finding as well.
 */
export const quickCheck = (db: Reads, _input: null): string[] => {
  try {
    // Not of the full-text index beside it: that is made again from the mentions, and its own look errs while it is merged.
    const found = connectionOf(db).pragma('main.quick_check(20)') as { quick_check: string }[]
    return found.map((row) => row.quick_check).filter((line) => line !== 'ok')
  } catch (error) {
    if (!isDamage(error)) throw error
    return [(error as Error).message]
  }
}

/** The same for another file, e.g. a finished backup. */
export function checkFile(_db: Reads, { file }: { file: string }): string[] {
  const other = new Database(file, { readonly: true, fileMustExist: true })
  try {
    return quickCheck(lend(other, other), null)
  } finally {
    other.close()
  }
}
