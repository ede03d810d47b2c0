import Database from 'better-sqlite3'
import { connectionOf, lend } from '../connections.ts'
import type { Reads } from '../reads.ts'

/** SQLite's own look at the file: pages, order of keys, free list. Empty: sound. At most 20 findings. */
export const quickCheck = (db: Reads, _input: null): string[] => {
  const found = connectionOf(db).pragma('quick_check(20)') as { quick_check: string }[]
  return found.map((row) => row.quick_check).filter((line) => line !== 'ok')
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
