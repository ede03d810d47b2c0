import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { userFailure } from './failure.ts'
import { ownOnly } from './own-only.ts'

/** SQLite takes paths of 512 bytes; the longest name beside the store's takes some of them. */
const MAX_FOLDER_BYTES = 440

/**
 * Makes the folder of a station's data, for its owner alone. Throws a Failure that says what stands in the way: Node's own
 * error names a missing folder where a disk is read-only, and SQLite's a folder without rights where the path is too long.
 */
export function makeDataFolder(folder: string): void {
  if (Buffer.byteLength(folder) > MAX_FOLDER_BYTES) {
    throw userFailure('store.pathTooLong', { folder, bytes: Buffer.byteLength(folder), most: MAX_FOLDER_BYTES })
  }
  try {
    make(folder)
    accessSync(folder, constants.W_OK | constants.X_OK)
  } catch (error) {
    const code = codeAbove(folder) ?? (error as NodeJS.ErrnoException).code ?? 'unknown reason'
    if (code === 'EROFS') throw userFailure('store.folderReadOnly', { folder }, error)
    if (code === 'ENOTDIR') throw userFailure('store.folderIsFile', { folder }, error)
    if (code === 'ENAMETOOLONG') throw userFailure('store.nameTooLong', { folder }, error)
    throw userFailure('store.folderRefused', { folder, why: code }, error)
  }
  ownOnly(folder, belongsToStation)
}

/** Each missing folder once: Node's own `recursive` tries for ever where a file system says of a new folder that it does not exist (/proc). */
function make(folder: string): void {
  if (existsSync(folder)) return
  if (dirname(folder) !== folder) make(dirname(folder))
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    // Another process made it meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !existsSync(folder)) throw error
  }
}

/** Of the nearest folder above that exists: why nothing can be made in it. null: it takes more. */
function codeAbove(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    try {
      if (!statSync(at).isDirectory()) return 'ENOTDIR'
      accessSync(at, constants.W_OK | constants.X_OK)
      return null
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'ENOENT') return code ?? null
      if (dirname(at) === at) return null
    }
  }
}

const belongsToStation = (name: string): boolean =>
  name.startsWith('earshot.') || ['backups', 'logs', 'station-keys.json'].includes(name)
