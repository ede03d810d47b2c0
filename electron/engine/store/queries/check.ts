import Database from 'better-sqlite3'
import type { ReadableDb } from '../handles.ts'

/** SQLite's own look at the file: pages, order of keys, free list. Empty: sound. At most 20 findings. */
export const quickCheck = (db: ReadableDb, _input: null): string[] => {
  const found = db.pragma('quick_check(20)') as { quick_check: string }[]
  return found.map((row) => row.quick_check).filter((line) => line !== 'ok')
}

/** The same for another file, e.g. a finished backup. */
export function checkFile(_db: ReadableDb, { file }: { file: string }): string[] {
  const other = new Database(file, { readonly: true, fileMustExist: true })
  try {
    return quickCheck(other as unknown as ReadableDb, null)
  } finally {
    other.close()
  }
}
