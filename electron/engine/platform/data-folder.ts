import { accessSync, constants, existsSync, lstatSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
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
  refuseStrangers(folder)
  ownOnly(folder, belongsToStation)
}

const files = [
  ...['earshot.db', 'earshot.search.db'].flatMap((name) => ['', '-wal', '-shm', '-journal'].map((end) => name + end)),
  ...['.lock', '.is-damaged', '.restoring'].map((end) => 'earshot.db' + end),
  ...['station-keys.json', 'walls.json', 'secrets.sealed'].flatMap((name) => [name, `${name}.new`]),
  'logs/earshot.log',
]
/** Backups may lie on another disk, by a link: a station starts without it and says so when it wants to make one. */
const folders = [
  { name: 'backups', mayBeAway: true },
  { name: 'logs', mayBeAway: false },
  { name: 'entry-links', mayBeAway: false },
]

/**
 * What stands where a file of ours should and is none: a folder, a device, a link that leads nowhere, or a pipe, on which whoever opens it
 * waits for ever and hears no Ctrl-C. Throws a Failure that names it.
 */
function refuseStrangers(folder: string): void {
  for (const { name, mayBeAway } of folders) {
    const path = join(folder, name)
    const is = kindAt(path)
    if (is === 'nowhere' && mayBeAway) continue
    if (is !== 'folder' && is !== 'nothing') throw userFailure('store.shouldBeFolder', { path })
  }
  for (const name of files) {
    const path = join(folder, name)
    const is = kindAt(path)
    if (is !== 'file' && is !== 'nothing') throw userFailure('store.shouldBeFile', { path })
  }
}

/** Behind links. `nowhere`: a link without an end. */
function kindAt(path: string): 'nothing' | 'file' | 'folder' | 'nowhere' | 'other' {
  try {
    const at = statSync(path)
    return at.isFile() ? 'file' : at.isDirectory() ? 'folder' : 'other'
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ELOOP') return 'nowhere'
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ? 'nowhere' : 'nothing'
  }
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
