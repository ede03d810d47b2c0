import Database from 'better-sqlite3'
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'

const magic = 'SQLite format 3\0'

/**
 * Whether a file is as long as its own header says, see https://sqlite.org/fileformat.html#the_database_header. One read:
 * tells an empty or torn copy from a whole one without going through its pages.
 */
export function isWhole(file: string): boolean {
  let handle: number | null = null
  try {
    // Whoever opens a pipe waits for ever.
    if (!statSync(file).isFile()) return false
    handle = openSync(file, 'r')
    const header = Buffer.alloc(100)
    if (readSync(handle, header, 0, 100, 0) < 100 || header.toString('latin1', 0, 16) !== magic) return false
    const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16)
    const pages = header.readUInt32BE(28)
    // Older writers left the number of pages as it was.
    const told = header.readUInt32BE(24) === header.readUInt32BE(92) && pages > 0
    const { size } = fstatSync(handle)
    return told ? size >= pages * pageSize : size >= pageSize
  } catch {
    return false
  } finally {
    if (handle !== null) closeSync(handle)
  }
}

/** Whose a backup is and what it holds. */
export interface Contents {
  stationId: string
  schema: number
  lastSeq: number
  lastEntry: number
}

/** Of an open store. Throws where it is none of Earshot's or cannot be read. */
export function contentsOf(db: Database.Database): Contents {
  const value = <T>(sql: string): T => db.prepare(sql).pluck().get() as T
  return {
    stationId: value('SELECT station_id FROM station'),
    schema: Number(db.pragma('user_version', { simple: true })),
    lastSeq: value('SELECT coalesce(max(seq), 0) FROM mention'),
    lastEntry: value('SELECT coalesce(max(seq), 0) FROM journal'),
  }
}

/** null: it cannot be read, or is none of Earshot's. */
export function contentsOfFile(file: string): Contents | null {
  let db: Database.Database | null = null
  try {
    db = new Database(file, { readonly: true, fileMustExist: true })
    return contentsOf(db)
  } catch {
    return null
  } finally {
    db?.close()
  }
}
